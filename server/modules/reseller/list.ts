import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import { cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { filterSql, resellerFilter } from './filter.ts';
import { findResellerRows, RESELLER_TABLES } from './find-rows.ts';

const money = (column: string) => `coalesce((select ${column} from reseller_total z
  where z.reseller_id = r.id and z.currency = {currency}), 0)`;
/** What can be sorted by. Money is compared within one currency, the one that is asked for. */
const sorts = {
  company: 'lower(r.company)',
  createdAt: 'r.created_at',
  status: 'r.status',
  tier: 't.position',
  discount: 'coalesce(r.own_discount_bp, t.discount_bp, g.discount_bp)',
  customers: 'coalesce(n.customers, 0)',
  services: 'coalesce(n.services_running, 0)',
  revenue: money('revenue'),
  recent: money('recent'),
  change: `${money('recent')} - ${money('previous')}`,
  outstanding: `coalesce((select sum(i.total::numeric) from invoice i
    where i.reseller_id = r.id and i.status = 'unpaid' and i.currency = {currency}), 0)`,
  lastOrder: `coalesce((select o.placed_at from reseller_order o where o.reseller_id = r.id order by o.placed_at desc limit 1), '-infinity')`,
} as const;
type Sort = keyof typeof sorts;
const keys = Object.keys(sorts) as Sort[];
const sort = z.enum([...keys, ...keys.map((key) => `-${key}` as const)] as [Sort | `-${Sort}`, ...`-${Sort}`[]]);

/**
 * Resellers with their figures, filtered, sorted and paged here. Figures come from rollups that are kept with each
 * booking; money is sorted within one currency (the given one, else the programme's).
 */
export const listResellers = verb({
  procedure: 'resellers.list',
  permission: 'resellers:read',
  mode: 'read',
  input: resellerFilter.extend({
    sort: sort.default('company'),
    /** The currency by which money is sorted. */
    currency: currencyCode.optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em }, input) => {
    const { where, parameters } = filterSql(input);
    const descending = input.sort.startsWith('-');
    const [setting] = await em.execute<{ currency: string | null; until: string }[]>(
      `select t.currency, w.until::text as until from tier_rules t cross join figure_window w where t.id = 1`,
    );
    const currency = input.currency ?? setting?.currency ?? 'USD';
    // A code of three capital letters, checked by its schema: it may stand in the text.
    const expression = sorts[input.sort.replace('-', '') as Sort].replaceAll('{currency}', `'${currency}'`);
    const [count] = await em.execute<{ total: number }[]>(
      `select count(*)::int as total from ${RESELLER_TABLES} where ${where}`,
      parameters,
    );
    const after = readCursor(input.cursor);
    // The key in a cursor is the value itself as PostgreSQL writes it, so nothing is lost by reading it back.
    const position = await em.execute<{ id: string; key: string }[]>(
      `select id, key::text as key from (select r.id, ${expression} as key from ${RESELLER_TABLES} where ${where}) k
        ${after ? `where (key, id) ${descending ? '<' : '>'} (${literalLike(expression)}, ?)` : ''}
        order by k.key ${descending ? 'desc' : 'asc'}, id ${descending ? 'desc' : 'asc'} limit ?`,
      [...parameters, ...(after ? [after.key, after.id] : []), input.limit + 1],
    );
    const ids = position.map(({ id }) => id);
    const rows =
      ids.length === 0
        ? []
        : await findResellerRows(em, { where: 'r.id in (?)', parameters: [ids], limit: ids.length });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const keyOf = new Map(position.map(({ id, key }) => [id, key]));
    const page = cursorPage(
      ids.flatMap((id) => byId.get(id) ?? []),
      input.limit,
      count?.total ?? 0,
      ({ id }) => ({ key: keyOf.get(id) ?? '', id }),
    );
    return { ...page, currency, recentUntil: setting?.until ?? null };
  },
});

/** A bound text with the type of what it is compared with. */
function literalLike(expression: string): string {
  if (expression.includes('placed_at') || expression.includes('created_at')) return '?::timestamptz';
  if (expression.includes('lower(') || expression === 'r.status') return '?::text';
  return '?::numeric';
}
