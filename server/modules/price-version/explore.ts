import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { cursorPage, likePattern, numberOf, readCursor } from '../../paging.ts';
import { amountText, changeBp, type InspectedCharge } from '../../pricing/inspect-product.ts';
import { monthlyEquivalent } from '../../pricing/monthly.ts';
import { SOURCES } from '../../pricing/sources.ts';
import { verb } from '../../verb.ts';
import { CatalogueHead, Product } from '../catalogue/entity.ts';
import { componentTitle } from '../catalogue/reader.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { pricerFor, whose } from './pricer.ts';

/** Products looked through for one page when a filter drops most of them. */
const MOST_PRODUCTS = 500;

/** By what a line may be found: where its price comes from, what acted on it last, and what it lies below. */
const filters = [...SOURCES, 'floor', 'retail_cap', 'below_floor', 'below_cost'] as const;

/**
 * Every price as it is now, or at a moment, worked out by the evaluation that compiles the lists: product by product in the
 * host's order, with where it comes from, floor and cost, how many running services are locked on the product, and what it
 * is for somebody else beside it. With `differing`, only lines that differ. @throws not_found, prices_missing
 */
export const explorePrices = verb({
  procedure: 'prices.explore',
  permission: 'prices:write',
  mode: 'read',
  input: whose.extend({
    currency: currencyCode,
    at: z.iso.datetime().optional(),
    compare: whose.optional(),
    differing: z.boolean().default(false),
    search: z.string().max(100).optional(),
    group: z.string().max(500).optional(),
    /** These products only. */
    products: z.array(z.string().max(500)).max(200).optional(),
    term: z.string().max(10).optional(),
    source: z.enum(filters).optional(),
    cursor: z.string().max(400).optional(),
    /** Products on a page. */
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const at = input.at === undefined ? undefined : new Date(input.at);
    const catalogue = await loadCatalogue(em, []);
    if (!catalogue) throw new ServiceError('prices_missing', 'The catalogue has not been read from the host yet.');
    const mine = await pricerFor(ctx, catalogue, input, at);
    const theirs = input.compare ? await pricerFor(ctx, catalogue, input.compare, at) : null;
    const wanted: object[] = [{ removedAt: null, offered: true }];
    if (input.group !== undefined) wanted.push({ groupId: input.group });
    if (input.products) wanted.push({ id: { $in: input.products } });
    if (input.search) {
      const pattern = likePattern(input.search);
      wanted.push({ $or: [{ id: { $ilike: pattern } }, { display: { title: { $ilike: pattern } } }] });
    }
    const total = await em.count(Product, { $and: wanted });
    const after = readCursor(input.cursor);
    const rows = [];
    let looked = 0;
    let last: { position: number; id: string } | undefined = after
      ? { position: numberOf(after), id: after.id }
      : undefined;
    let more = true;
    // Most pages are full after the first reading; where a filter drops most products the readings get larger.
    for (let size = input.limit + 1; more && rows.length <= input.limit && looked < MOST_PRODUCTS; size *= 4) {
      const some = Math.min(size, MOST_PRODUCTS - looked);
      const found: Product[] = await em.find(
        Product,
        { $and: [...wanted, ...(last ? [behind(last)] : [])] },
        { orderBy: { position: 'asc', id: 'asc' }, limit: some, disableIdentityMap: true },
      );
      for (const product of found) {
        last = { position: product.position, id: product.id };
        looked += 1;
        const beside = new Map(theirs?.lines(product.product).map((line) => [nameOf(line), line]));
        const lines = mine
          .lines(product.product)
          .filter((line) => line.currency === input.currency && (!input.term || line.term === input.term))
          .filter((line) => fits(line, input.source))
          .map((line) => lineRow(product, line, beside.get(nameOf(line))))
          .filter((line) => !input.differing || line.compared?.wholesale !== line.wholesale);
        if (lines.length === 0) continue;
        const title = product.display?.title ?? product.id;
        rows.push({ product: product.id, title, group: product.groupId, position: product.position, lines });
        if (rows.length > input.limit) break;
      }
      more = found.length === some;
    }
    // Nothing more was found among many products: the next page goes on behind the last one looked at.
    const page = cursorPage(rows, input.limit, total, ({ position, product }) => ({
      key: String(position),
      id: product,
    }));
    const cursor =
      page.cursor ??
      (more && looked >= MOST_PRODUCTS && last
        ? Buffer.from(JSON.stringify({ key: String(last.position), id: last.id })).toString('base64url')
        : null);
    const locked = await countLocked(
      ctx,
      mine.resellerId,
      page.rows.map(({ product }) => product),
    );
    const head = await em.findOneOrFail(CatalogueHead, 1);
    return {
      currency: input.currency,
      /** What a screen offers to choose from. */
      currencies: head.currencies.map(({ code }) => code),
      groups: head.groups,
      sources: filters,
      at: mine.moment.toISOString(),
      /** When these rules change next; null = nothing is known to come. */
      nextChange: mine.until?.toISOString() ?? null,
      total,
      cursor,
      rows: page.rows.map((row) => ({ ...row, lockedServices: locked.get(row.product) ?? 0 })),
    };
  },
});

/** What comes after a product in the host's order. */
function behind({ position, id }: { position: number; id: string }) {
  return { $or: [{ position: { $gt: position } }, { position, id: { $gt: id } }] };
}

function nameOf({ component, term, currency, charge }: InspectedCharge): string {
  return `${component}\t${term}\t${currency}\t${charge}`;
}

function fits(line: InspectedCharge, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (wanted === 'below_floor') return line.belowFloor;
  if (wanted === 'below_cost') return line.belowCost;
  return line.adjusted === wanted || (line.adjusted === null && line.source === wanted);
}

function lineRow({ display, product }: Product, line: InspectedCharge, other: InspectedCharge | undefined) {
  const { digits, retail, wholesale, floor, term } = line;
  const text = (minor: bigint) => amountText(line, minor);
  const monthly = line.charge === 'price' ? monthlyEquivalent(wholesale, term) : null;
  const shape = product.components.find(({ id }) => id === line.component) ?? { id: line.component };
  return {
    component: line.component,
    title: componentTitle(display ?? null, shape as Parameters<typeof componentTitle>[1]),
    term,
    charge: line.charge,
    digits,
    retail: text(retail),
    wholesale: text(wholesale),
    source: line.source,
    bp: line.bp,
    adjusted: line.adjusted,
    monthly: monthly === null ? null : text(monthly),
    margin: text(retail - wholesale),
    /** What retail is above wholesale, in basis points of retail. */
    marginBp: -changeBp(retail, wholesale),
    floor: floor === null ? null : text(floor),
    floorDistance: floor === null ? null : text(wholesale - floor),
    cost: line.cost,
    belowFloor: line.belowFloor,
    belowCost: line.belowCost,
    compared: other
      ? { wholesale: text(other.wholesale), source: other.source, bp: other.bp, adjusted: other.adjusted }
      : null,
  };
}

async function countLocked(
  { em }: ServiceContext,
  resellerId: string | null,
  products: string[],
): Promise<Map<string, number>> {
  if (products.length === 0) return new Map();
  const rows = await em.execute<{ product: string; n: number }[]>(
    `select product, count(*)::int as n from service
      where product in (?) and status <> 'cancelled' ${resellerId === null ? '' : 'and reseller_id = ?'} group by product`,
    resellerId === null ? [products] : [products, resellerId],
  );
  return new Map(rows.map((row) => [row.product, row.n]));
}
