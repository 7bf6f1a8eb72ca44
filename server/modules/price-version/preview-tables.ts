import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { formatAmount } from '../../money.ts';
import { cursorPage, numberOf, readCursor } from '../../paging.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { PricePreview } from './entity.ts';
import type { LargestChange } from './schemas.ts';

/** Which rows of a preview are asked for: what its lists and its file have in common. */
export const previewFilter = z.object({
  id: z.string().max(60),
  /** Only what rises by more than so many basis points. */
  risesOverBp: z.int().min(0).optional(),
  /** Only what ends under a floor or under cost. */
  flagged: z.boolean().default(false),
  /** Only resellers who have no e-mail address for the notice, and what is theirs. */
  withoutEmail: z.boolean().default(false),
  resellerId: z.string().max(60).optional(),
  cursor: z.string().max(400).optional(),
});
export type PreviewRequest = z.output<typeof previewFilter> & { limit: number };

interface Table {
  from: string;
  columns: string;
  key: string;
  size: string;
  filters: string[];
  parameters: unknown[];
}

/** A page of a table of the preview, the largest change first. `filters` and `columns` are our own SQL. @throws not_found */
async function readPage<Row extends { size: number; key: string }>(
  { em }: ServiceContext,
  request: PreviewRequest,
  table: Table,
) {
  if ((await em.count(PricePreview, { id: request.id })) === 0) {
    throw new ServiceError('not_found', 'There is no such preview.', '/id');
  }
  const filters = ['t.preview_id = ?', ...table.filters];
  const parameters: unknown[] = [request.id, ...table.parameters];
  if (request.risesOverBp !== undefined) {
    filters.push(`t.${table.size} > ?`);
    parameters.push(request.risesOverBp);
  }
  const [count] = await em.execute<{ n: number }[]>(
    `select count(*)::int as n from ${table.from} t where ${filters.join(' and ')}`,
    parameters,
  );
  const after = readCursor(request.cursor);
  if (after) {
    filters.push(`(-abs(t.${table.size}), ${table.key}) > (-(?::int), ?)`);
    parameters.push(numberOf(after), after.id);
  }
  const found = await em.execute<Row[]>(
    `select ${table.columns}, abs(t.${table.size}) as size, ${table.key} as key from ${table.from} t
      where ${filters.join(' and ')} order by abs(t.${table.size}) desc, ${table.key} limit ?`,
    [...parameters, request.limit + 1],
  );
  return cursorPage(found, request.limit, count?.n ?? 0, ({ size, key }) => ({ key: String(size), id: key }));
}

const FLAGGED = '(t.below_floor > 0 or t.below_cost > 0)';

/** Filters by reseller, on the column that says whose a row is. */
function ofResellers({ resellerId, withoutEmail }: PreviewRequest, column: 'reseller_id' | 'group_number') {
  const chosen = (condition: string) =>
    `t.${column} in (select r.${column} from price_preview_reseller r where r.preview_id = t.preview_id and ${condition})`;
  return {
    filters: [
      ...(resellerId === undefined ? [] : [chosen('r.reseller_id = ?')]),
      ...(withoutEmail ? [chosen('not r.has_email')] : []),
    ],
    parameters: resellerId === undefined ? [] : [resellerId],
  };
}

interface ResellerFound {
  size: number;
  key: string;
  company: string;
  has_email: boolean;
  lines_up: number;
  lines_down: number;
  below_floor: number;
  below_cost: number;
  at_floor: number;
  largest_bp: number;
  services: number;
  monthly: { currency: string; before: string; dearer: string; cheaper: string }[];
}

/** Whom a draft touches and how. Amounts as decimal text, changes in basis points. @throws not_found */
export async function readResellers(ctx: ServiceContext, request: PreviewRequest) {
  const { filters, parameters } = ofResellers(request, 'reseller_id');
  const page = await readPage<ResellerFound>(ctx, request, {
    from: 'price_preview_reseller',
    columns:
      't.company, t.has_email, t.lines_up, t.lines_down, t.below_floor, t.below_cost, t.at_floor, t.largest_bp, t.services, t.monthly',
    key: 't.reseller_id',
    size: 'largest_bp',
    filters: [...(request.flagged ? [FLAGGED] : []), ...filters],
    parameters,
  });
  const digits = await digitsOf(ctx.em);
  const rows = page.rows.map((row) => ({
    resellerId: row.key,
    company: row.company,
    hasEmail: row.has_email,
    linesUp: row.lines_up,
    linesDown: row.lines_down,
    belowFloor: row.below_floor,
    belowCost: row.below_cost,
    atFloor: row.at_floor,
    largestBp: row.largest_bp,
    services: row.services,
    monthly: row.monthly.map(({ currency, before, dearer, cheaper }) => {
      const text = (minor: bigint) => formatAmount(minor, digits(currency));
      const [up, down] = [BigInt(dearer), BigInt(cheaper)];
      return {
        currency,
        before: text(BigInt(before)),
        dearer: text(up),
        cheaper: text(down),
        effect: text(up + down),
      };
    }),
  }));
  return { ...page, rows };
}

interface ProductFound {
  size: number;
  key: string;
  group_number: number;
  product: string;
  title: string | null;
  lines_up: number;
  lines_down: number;
  lines_same: number;
  below_floor: number;
  below_cost: number;
  at_floor: number;
  largest_bp: number;
  largest: LargestChange | null;
  resellers: number;
}

/** Which products change, for each group of resellers whose prices change alike; `company` is one of them. @throws not_found */
export async function readProducts(ctx: ServiceContext, request: PreviewRequest) {
  const { filters, parameters } = ofResellers(request, 'group_number');
  const page = await readPage<ProductFound>(ctx, request, {
    from: 'price_preview_product',
    columns: `t.group_number, t.product, t.lines_up, t.lines_down, t.lines_same, t.below_floor, t.below_cost, t.at_floor, t.largest_bp, t.largest, t.resellers,
      (select p.display ->> 'title' from catalogue_product p where p.id = t.product) as title`,
    key: "lpad(t.group_number::text, 9, '0') || ' ' || t.product",
    size: 'largest_bp',
    filters: [...(request.flagged ? [FLAGGED] : []), ...filters],
    parameters,
  });
  const companies = await firstOfGroups(
    ctx,
    request.id,
    page.rows.map((row) => row.group_number),
  );
  const rows = page.rows.map((row) => ({
    group: row.group_number,
    product: row.product,
    title: row.title ?? row.product,
    linesUp: row.lines_up,
    linesDown: row.lines_down,
    linesSame: row.lines_same,
    belowFloor: row.below_floor,
    belowCost: row.below_cost,
    atFloor: row.at_floor,
    largestBp: row.largest_bp,
    largest: row.largest,
    resellers: row.resellers,
    company: companies.get(row.group_number) ?? '',
  }));
  return { ...page, rows };
}

/** The first company of each group by name. */
async function firstOfGroups({ em }: ServiceContext, previewId: string, groups: number[]) {
  if (groups.length === 0) return new Map<number, string>();
  const rows = await em.execute<{ n: number; company: string }[]>(
    `select group_number as n, min(company) as company from price_preview_reseller
      where preview_id = ? and group_number in (?) group by 1`,
    [previewId, [...new Set(groups)]],
  );
  return new Map(rows.map(({ n, company }) => [n, company]));
}

interface ServiceFound {
  size: number;
  key: string;
  reseller_id: string;
  company: string | null;
  title: string;
  product: string;
  term: string;
  currency: string;
  quantity: number;
  old_price: string;
  new_price: string;
  change_bp: number;
}

/** Running services whose price would change if they move, old and new per unit and term. @throws not_found */
export async function readServices(ctx: ServiceContext, request: PreviewRequest) {
  const page = await readPage<ServiceFound>(ctx, request, {
    from: 'price_preview_service',
    columns: `t.reseller_id, t.title, t.product, t.term, t.currency, t.quantity, t.old_price, t.new_price, t.change_bp,
      (select r.company from reseller r where r.id = t.reseller_id) as company`,
    key: 't.service_id',
    size: 'change_bp',
    ...ofResellers(request, 'reseller_id'),
  });
  const rows = page.rows.map((row) => ({
    serviceId: row.key,
    resellerId: row.reseller_id,
    company: row.company ?? '',
    title: row.title,
    product: row.product,
    term: row.term,
    currency: row.currency,
    quantity: row.quantity,
    oldPrice: row.old_price,
    newPrice: row.new_price,
    changeBp: row.change_bp,
  }));
  return { ...page, rows };
}
