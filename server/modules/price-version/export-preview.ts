import { z } from 'zod';
import { writeCsvPart } from '../../csv-file.ts';
import { verb } from '../../verb.ts';
import { previewFilter, readProducts, readResellers, readServices } from './preview-tables.ts';

/** Rows in one part of a file: it is fetched part by part, so that any number of them is a short call each. */
const PART = 2000;

/**
 * One of the lists of a preview as CSV, by the same filters: changes in basis points, amounts as decimal text, what moving
 * does to a month in a line for each currency. `cursor` fetches the next part, which is appended as it is; null: that was
 * the last. @throws not_found
 */
export const exportPreview = verb({
  procedure: 'prices.exportPreview',
  permission: 'prices:write',
  mode: 'read',
  input: previewFilter.extend({ of: z.enum(['resellers', 'products', 'services']) }),
  run: async (ctx, { of, ...filter }) => {
    const request = { ...filter, limit: PART };
    const first = filter.cursor === undefined;
    if (of === 'resellers') {
      const { rows, cursor } = await readResellers(ctx, request);
      return { cursor, csv: writeCsvPart(RESELLERS, rows.flatMap(resellerLines), { first }) };
    }
    if (of === 'products') {
      const { rows, cursor } = await readProducts(ctx, request);
      return { cursor, csv: writeCsvPart(PRODUCTS, rows.map(productLine), { first }) };
    }
    const { rows, cursor } = await readServices(ctx, request);
    return { cursor, csv: writeCsvPart(SERVICES, rows.map(serviceLine), { first }) };
  },
});

type RowOf<Read extends (...input: never[]) => Promise<{ rows: unknown[] }>> = Awaited<
  ReturnType<Read>
>['rows'][number];

const LINES = ['lines_up', 'lines_down', 'at_floor', 'below_floor', 'below_cost'] as const;
const RESELLERS = [
  'reseller',
  'company',
  'has_email',
  ...LINES,
  'largest_change_bp',
  'services',
  'currency',
  'monthly_now',
  'monthly_dearer',
  'monthly_cheaper',
  'monthly_effect',
];
const PRODUCTS = [
  'product',
  'title',
  'group',
  'company',
  'resellers',
  ...LINES,
  'lines_same',
  'largest_change_bp',
  'component',
  'term',
  'charge',
  'currency',
  'old_price',
  'new_price',
];
const SERVICES = [
  'service',
  'title',
  'reseller',
  'company',
  'product',
  'term',
  'quantity',
  'currency',
  'old_price',
  'new_price',
  'change_bp',
];

const linesOf = (row: RowOf<typeof readResellers> | RowOf<typeof readProducts>) => ({
  lines_up: row.linesUp,
  lines_down: row.linesDown,
  at_floor: row.atFloor,
  below_floor: row.belowFloor,
  below_cost: row.belowCost,
  largest_change_bp: row.largestBp,
});

function resellerLines(row: RowOf<typeof readResellers>) {
  const months = row.monthly.length > 0 ? row.monthly : [null];
  return months.map((month) => ({
    reseller: row.resellerId,
    company: row.company,
    has_email: row.hasEmail ? 'yes' : 'no',
    ...linesOf(row),
    services: row.services,
    currency: month?.currency ?? null,
    monthly_now: month?.before ?? null,
    monthly_dearer: month?.dearer ?? null,
    monthly_cheaper: month?.cheaper ?? null,
    monthly_effect: month?.effect ?? null,
  }));
}

/** `company` is one of the resellers whose prices change alike, named by `group`. */
function productLine(row: RowOf<typeof readProducts>) {
  return {
    product: row.product,
    title: row.title,
    group: row.group,
    company: row.company,
    resellers: row.resellers,
    ...linesOf(row),
    lines_same: row.linesSame,
    component: row.largest?.component ?? null,
    term: row.largest?.term ?? null,
    charge: row.largest?.charge ?? null,
    currency: row.largest?.currency ?? null,
    old_price: row.largest?.before ?? null,
    new_price: row.largest?.after ?? null,
  };
}

function serviceLine(row: RowOf<typeof readServices>) {
  return {
    service: row.serviceId,
    title: row.title,
    reseller: row.resellerId,
    company: row.company,
    product: row.product,
    term: row.term,
    quantity: row.quantity,
    currency: row.currency,
    old_price: row.oldPrice,
    new_price: row.newPrice,
    change_bp: row.changeBp,
  };
}
