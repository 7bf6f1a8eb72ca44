import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { readCursor } from '../../paging.ts';
import { Conditions } from '../../platform/database/conditions.ts';
import { requireOneReseller } from '../../tenant.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { CALLED } from './called.ts';
import { type Days, FIGURE_COLUMNS, FIGURES, type FoundFigures, figureValues, showFigures } from './figures.ts';
import { customerConditions, type CustomerFilter, figureCondition } from './filter.ts';

/** Sorts by columns of the customer itself page by index; those by figures work out all of one reseller's. */
const sorts = {
  name: { key: `lower(${CALLED})`, type: 'text', figures: false },
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
