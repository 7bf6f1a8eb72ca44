import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { cursorPage, likePattern, numberOf, readCursor } from '../../paging.ts';
import type { CatalogueMeta } from '../../pricing/formats/catalogue.ts';
import { amountText, changeBp, type InspectedCharge } from '../../pricing/inspect-product.ts';
import { monthlyEquivalent } from '../../pricing/monthly.ts';
import { SOURCES } from '../../pricing/sources.ts';
import { CatalogueHead, Product } from '../catalogue/entity.ts';
import { componentTitle } from '../catalogue/reader.ts';
import { readingOrder } from '../catalogue/reading-order.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { missingLines } from './missing-lines.ts';
import { pricerFor, whose } from './pricer.ts';
import { findStaleCharges, staleKey } from './stale-books.ts';

/** Products looked through for one page when a filter drops most of them. */
const MOST_PRODUCTS = 500;

/**
 * By what a line may be found: where its price comes from, what acted on it last, what it lies below, a fixed price that
 * retail left behind, and what is not offered at all.
 */
const filters = [...SOURCES, 'floor', 'retail_cap', 'below_floor', 'below_cost', 'stale', 'missing'] as const;

/** Which prices are asked for: what the explorer and its file have in common. */
export const priceQuestion = whose.extend({
  currency: currencyCode,
  at: z.iso.datetime().optional(),
  /** Somebody else, another version, or the same at another moment: at the retail and on the terms of today. */
  compare: whose.extend({ at: z.iso.datetime().optional() }).optional(),
  differing: z.boolean().default(false),
  search: z.string().max(100).optional(),
  group: z.string().max(500).optional(),
  /** These products only. */
  products: z.array(z.string().max(500)).max(200).optional(),
  term: z.string().max(10).optional(),
  source: z.enum(filters).optional(),
  cursor: z.string().max(400).optional(),
});
type Question = z.output<typeof priceQuestion> & { limit: number };

/** A page of prices; see `explorePrices`. @throws not_found, prices_missing */
export async function findPrices(ctx: ServiceContext, input: Question) {
  const { em } = ctx;
  const at = input.at === undefined ? undefined : new Date(input.at);
  const catalogue = await loadCatalogue(em, []);
  if (!catalogue) throw new ServiceError('prices_missing', 'The catalogue has not been read from the host yet.');
  const mine = await pricerFor(ctx, catalogue, input, at);
  const { compare } = input;
  const besideAt = compare?.at === undefined ? at : new Date(compare.at);
  const theirs = compare ? await pricerFor(ctx, catalogue, compare, besideAt) : null;
  // Of the books as they are: a draft's changes of a fixed price are measured by the retail of today.
  const current = input.versionId === undefined && at === undefined;
  const stale = current
    ? await findStaleCharges(em, ctx.now, { reseller: mine.resellerId ?? '', tier: mine.tierId }, input.currency)
    : new Set<string>();
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
        .map((line) => {
          const isStale = stale.has(staleKey({ ...line, product: product.id }));
          return { ...lineRow(product, line, beside.get(nameOf(line))), stale: isStale };
        })
        .filter((line) => fits(line, input.source))
        .filter((line) => !input.differing || line.compared?.wholesale !== line.wholesale)
        .toSorted(readingOrder(product.display ?? null, product.product.components));
      const missing = input.source === 'missing' ? missingRows(catalogue, product, input) : [];
      if (lines.length + missing.length === 0) continue;
      const title = product.display?.title ?? product.id;
      rows.push({ product: product.id, title, group: product.groupId, position: product.position, lines, missing });
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
}

/** What comes after a product in the host's order. */
function behind({ position, id }: { position: number; id: string }) {
  return { $or: [{ position: { $gt: position } }, { position, id: { $gt: id } }] };
}

function nameOf({ component, term, currency, charge }: InspectedCharge): string {
  return `${component}\t${term}\t${currency}\t${charge}`;
}

type Fitting = Pick<InspectedCharge, 'source' | 'adjusted' | 'belowFloor' | 'belowCost'> & { stale: boolean };

function fits(line: Fitting, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (wanted === 'stale') return line.stale;
  if (wanted === 'below_floor') return line.belowFloor;
  if (wanted === 'below_cost') return line.belowCost;
  return line.adjusted === wanted || (line.adjusted === null && line.source === wanted);
}

function missingRows(meta: CatalogueMeta, { display, product }: Product, { currency, term }: Question) {
  return missingLines(meta, product, currency)
    .filter((line) => !term || line.term === term)
    .map((line) => ({ ...line, title: titleOf({ display, product }, line.component) }));
}

function titleOf({ display, product }: Pick<Product, 'display' | 'product'>, component: string): string {
  const shape = product.components.find(({ id }) => id === component) ?? { id: component };
  return componentTitle(display ?? null, shape as Parameters<typeof componentTitle>[1]);
}

function lineRow({ display, product }: Product, line: InspectedCharge, other: InspectedCharge | undefined) {
  const { digits, retail, wholesale, floor, term } = line;
  const text = (minor: bigint) => amountText(line, minor);
  const monthly = line.charge === 'price' ? monthlyEquivalent(wholesale, term) : null;
  return {
    component: line.component,
    title: titleOf({ display, product }, line.component),
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
