import type { EntityManager } from '@mikro-orm/postgresql';
import { formatAmount, parseAmount } from '../../money.ts';
import type { CatalogueMeta, Product } from '../../pricing/formats/catalogue.ts';
import { changeBp, type ComparedCharge } from '../../pricing/inspect-product.ts';
import { monthlyEquivalent } from '../../pricing/monthly.ts';
import { comparedLines, type PreviewGroup } from './preview-groups.ts';

const PAGE = 1000;

/** Minor units a month of one currency: what running services cost, and what moving them would add and take off. */
export interface MonthlyFigures {
  before: bigint;
  dearer: bigint;
  cheaper: bigint;
}
export type Monthly = Map<string, MonthlyFigures>;

interface Running {
  id: string;
  reseller_id: string;
  title: string;
  product: string;
  term: string;
  currency: string;
  quantity: number;
  unit_price: string;
  components: { component: string; quantity: number }[];
}

/** A running service whose price the version would move. */
export interface MovedService {
  service: Running;
  newPrice: string;
  bp: number;
}

/**
 * Goes through the running services of a group's resellers on products that change, page by page. Those whose
 * components cost the same before and after keep their lock whatever it is (pricing.md rule 21).
 */
export async function* movedServices(
  em: EntityManager,
  meta: CatalogueMeta,
  group: PreviewGroup,
  products: ReadonlyMap<string, Product>,
): AsyncGenerator<MovedService[]> {
  const digits = new Map(meta.currencies.map((currency) => [currency.code, currency.digits]));
  const lines = new Map<string, ComparedCharge[]>();
  const linesOf = (id: string): ComparedCharge[] => {
    let known = lines.get(id);
    if (!known) {
      const product = products.get(id);
      known = (product && comparedLines(meta, product, group)) ?? [];
      lines.set(id, known);
    }
    return known;
  };
  for (let last = ''; products.size > 0;) {
    const rows = await em.execute<Running[]>(
      `select s.id, s.reseller_id, s.title, s.product, l.term, l.currency, l.quantity, l.unit_price, l.components
         from service s join price_lock l on l.host_service_id = s.host_service_id and l.status in ('pending', 'active')
        where s.reseller_id in (?) and s.product in (?) and s.status <> 'cancelled' and s.id > ? order by s.id limit ?`,
      [group.resellers, [...products.keys()], last, PAGE],
    );
    yield rows.flatMap((service) => {
      const sums = sumLines(service, linesOf(service.product));
      if (!sums || sums.before === sums.after) return [];
      const places = digits.get(service.currency) ?? 2;
      const old = parseAmount(service.unit_price, places);
      if (old === sums.after) return [];
      return [{ service, newPrice: formatAmount(sums.after, places), bp: changeBp(old, sums.after) }];
    });
    const next = rows.at(-1)?.id;
    if (next === undefined || rows.length < PAGE) return;
    last = next;
  }
}

/** The recurring price of a service's components before and after; null when one of them is not sold any more. */
function sumLines({ term, currency, components }: Running, lines: readonly ComparedCharge[]) {
  if (components.length === 0) return null;
  let before = 0n;
  let after = 0n;
  for (const { component, quantity } of components) {
    const line = lines.find(
      (each) =>
        each.component === component && each.term === term && each.currency === currency && each.charge === 'price',
    );
    if (!line?.before || !line.after) return null;
    before += line.before.wholesale * BigInt(quantity);
    after += line.after.wholesale * BigInt(quantity);
  }
  return { before, after };
}

/** What all running services of these resellers cost in a month, by reseller and currency. */
export async function monthlyOfRunning(
  em: EntityManager,
  meta: CatalogueMeta,
  resellerIds: string[],
): Promise<Map<string, Monthly>> {
  const result = new Map<string, Monthly>();
  if (resellerIds.length === 0) return result;
  const rows = await em.execute<{ reseller_id: string; currency: string; term: string; total: string }[]>(
    `select s.reseller_id, l.currency, l.term, sum(l.unit_price::numeric * l.quantity)::text as total
       from service s join price_lock l on l.host_service_id = s.host_service_id and l.status in ('pending', 'active')
      where s.reseller_id in (?) and s.status <> 'cancelled' group by 1, 2, 3`,
    [resellerIds],
  );
  for (const { reseller_id, currency, term, total } of rows) {
    const digits = meta.currencies.find(({ code }) => code === currency)?.digits ?? 2;
    const monthly = monthlyEquivalent(parseAmount(total, digits), term);
    if (monthly !== null) figuresOf(result, reseller_id, currency).before += monthly;
  }
  return result;
}

/** Adds what moving a service does to its reseller's month. */
export function addMove(all: Map<string, Monthly>, { service, newPrice }: MovedService, digits: number): void {
  const delta = (parseAmount(newPrice, digits) - parseAmount(service.unit_price, digits)) * BigInt(service.quantity);
  const monthly = monthlyEquivalent(delta, service.term);
  if (monthly === null) return;
  const figures = figuresOf(all, service.reseller_id, service.currency);
  if (monthly > 0n) figures.dearer += monthly;
  else figures.cheaper += monthly;
}

function figuresOf(all: Map<string, Monthly>, resellerId: string, currency: string): MonthlyFigures {
  const monthly = all.get(resellerId) ?? new Map<string, MonthlyFigures>();
  all.set(resellerId, monthly);
  const figures = monthly.get(currency) ?? { before: 0n, dearer: 0n, cheaper: 0n };
  monthly.set(currency, figures);
  return figures;
}
