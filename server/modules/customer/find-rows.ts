import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { likePattern, prefixPattern, readCursor } from '../../paging.ts';
import { Conditions } from '../../platform/database/conditions.ts';
import { ownRows, requireOneReseller } from '../../tenant.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { type Days, FIGURE_COLUMNS, FIGURES, type FoundFigures, figureValues, showFigures } from './figures.ts';
import { customerStatus } from './schemas.ts';

/** By what customers can be found, for the list, its totals and its export. */
export const customerFilter = z.object({
  search: z.string().trim().max(100).optional(),
  status: customerStatus.optional(),
  /** growing: paid more in the last 30 complete days than in the 30 before. */
  view: z.enum(['all', 'growing', 'no_active_service', 'overdue']).default('all'),
  /** Customers with a service of this product that is not cancelled. */
  product: z.string().max(120).optional(),
  /** Customers since this day, until and with that one (UTC). */
  sinceFrom: z.iso.date().optional(),
  sinceUntil: z.iso.date().optional(),
  /** Days back from today that `revenue` counts. */
  days: z.int().min(1).max(3660).default(365),
  /** For an admin: customers of this reseller. */
  resellerId: z.string().max(60).optional(),
});
export type CustomerFilter = z.output<typeof customerFilter>;

/** Sorts by columns of the customer itself page by index; those by figures work out all of one reseller's. */
const sorts = {
  name: { key: 'lower(c.name)', type: 'text', figures: false },
  createdAt: { key: 'c.created_at', type: 'timestamptz', figures: false },
  revenue: { key: 'e.own', type: 'numeric', figures: true },
  growth: { key: '(e.recent - e.before)', type: 'numeric', figures: true },
  services: { key: 's.running', type: 'integer', figures: true },
  lastOrder: { key: `coalesce(o.last_order_at, 'epoch'::timestamptz)`, type: 'timestamptz', figures: true },
} as const;
type SortName = keyof typeof sorts;
type Sort = SortName | `-${SortName}`;
export const customerSort = z.enum((Object.keys(sorts) as SortName[]).flatMap((name): Sort[] => [name, `-${name}`]));

interface Found extends FoundFigures {
  id: string;
  reseller_id: string;
  reseller: string;
  name: string;
  company: string | null;
  email: string;
  external_reference: string | null;
  host_client_id: string | null;
  phone: string | null;
  country: string | null;
  language: string | null;
  note: string | null;
  status: 'active' | 'archived';
  created_at: string;
  version: number;
  sort_key: string;
}

/** Conditions on customer c. @throws forbidden for who has no rows at all */
export function customerConditions(ctx: ServiceContext, filter: CustomerFilter, id?: string) {
  const resellerId = ownRows(ctx).resellerId ?? filter.resellerId;
  const conditions = new Conditions()
    .add('c.id = ?', id)
    .add('c.reseller_id = ?', resellerId)
    .add('c.status = ?', filter.status)
    .add('c.created_at >= ?::date', filter.sinceFrom)
    .add(`c.created_at < ?::date + 1`, filter.sinceUntil)
    .add(
      `exists (select from service x where x.customer_id = c.id and x.product = ? and x.status <> 'cancelled')`,
      filter.product,
    );
  if (filter.search && resellerId !== undefined) {
    const pattern = likePattern(filter.search);
    conditions.add(
      '(c.name ilike ? or c.company ilike ? or c.email ilike ? or c.external_reference ilike ?)',
      pattern,
      pattern,
      pattern,
      pattern,
    );
  } else if (filter.search) {
    // Over all resellers only beginnings of names, and whole ids, are found: those have an index.
    conditions.add(
      '(lower(c.name) like ? or c.id = ? or c.host_client_id = ?)',
      prefixPattern(filter.search),
      filter.search,
      filter.search,
    );
  }
  return { resellerId, conditions };
}

/** Which customers a view shows, by their figures. */
const views: Record<CustomerFilter['view'], string | null> = {
  all: null,
  growing: 'e.recent > e.before',
  no_active_service: 's.running = 0',
  overdue: 'u.overdue',
};

/** Conditions on the figures of a filter; null when it asks for none. @throws bad_input over all resellers at once */
export function figureCondition(
  filter: CustomerFilter,
  resellerId: string | undefined,
  needed = views[filter.view] !== null,
): string | null {
  const condition = views[filter.view];
  if (needed) requireOneReseller(resellerId);
  return condition;
}

/** Customers with their figures, one more than `limit` when there are more. */
export async function findCustomerRows(
  ctx: ServiceContext,
  filter: CustomerFilter,
  page: { sort: string; cursor?: string | undefined; limit: number; days: Days; id?: string },
) {
  const { em } = ctx;
  const descending = page.sort.startsWith('-');
  const sort = sorts[(descending ? page.sort.slice(1) : page.sort) as SortName];
  const { resellerId, conditions } = customerConditions(ctx, filter, page.id);
  if (sort.figures) requireOneReseller(resellerId);
  const byFigures = figureCondition(filter, resellerId);
  const [direction, beyond] = descending ? ['desc', '<'] : ['asc', '>'];
  const after = readCursor(page.cursor);
  const past = new Conditions();
  if (after) past.add(`(${sort.key}, c.id) ${beyond} (?::${sort.type}, ?)`, after.key, after.id);
  const order = `${sort.key} ${direction}, c.id ${direction} limit ${page.limit + 1}`;
  // Without figures to choose by, the page is cut before any are worked out.
  const cutFirst = !sort.figures && byFigures === null;
  const inner = cutFirst ? `and ${past.text} order by ${order}` : '';
  const outer = cutFirst ? 'true' : `${byFigures ?? 'true'} and ${past.text}`;
  const found = await em.execute<Found[]>(
    `with c as materialized (select c.* from customer c where ${conditions.text} ${inner})
     select c.*, r.company as reseller, (${sort.key})::text as sort_key, ${FIGURE_COLUMNS}
       from c ${FIGURES} where ${outer} order by ${order}`,
    [
      ...conditions.values,
      ...(cutFirst ? past.values : []),
      ...figureValues(page.days),
      ...(cutFirst ? [] : past.values),
    ],
  );
  const digits = await digitsOf(em);
  return found.map((row) => ({
    sortKey: row.sort_key,
    note: row.note,
    own: BigInt(row.own),
    row: {
      id: row.id,
      resellerId: row.reseller_id,
      reseller: row.reseller,
      name: row.name,
      company: row.company,
      email: row.email,
      externalReference: row.external_reference,
      hostClientId: row.host_client_id,
      phone: row.phone,
      country: row.country,
      language: row.language,
      status: row.status,
      createdAt: new Date(row.created_at).toISOString(),
      version: row.version,
      ...showFigures(row, digits),
    },
  }));
}
