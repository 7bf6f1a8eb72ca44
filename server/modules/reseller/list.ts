import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import { cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { filterSql, resellerFilter } from './filter.ts';
import { findResellerRows, RESELLER_TABLES } from './find-rows.ts';
import { catchUp } from '../figures/catch-up.ts';

/** What is sorted by of a rollup `z`, with an index for each. In those of money who has no row there has 0. */
const rollups = {
  revenue: { table: 'reseller_total', key: 'z.revenue', type: 'bigint' },
  recent: { table: 'reseller_total', key: 'z.recent', type: 'bigint' },
  change: { table: 'reseller_total', key: '(z.recent - z.previous)', type: 'bigint' },
  outstanding: { table: 'reseller_unpaid', key: 'z.amount', type: 'numeric' },
  services: { table: 'reseller_count', key: 'z.services_running', type: 'integer' },
  customers: { table: 'reseller_count', key: 'z.customers', type: 'integer' },
  lastOrder: { table: 'reseller_count', key: 'z.last_order_at', type: 'timestamptz' },
} as const;
/** What can be sorted by. Money is compared within one currency, the one that is asked for. */
const sorts = {
  company: 'lower(r.company)',
  createdAt: 'r.created_at',
  status: 'r.status',
  tier: 't.position',
  discount: 'coalesce(r.own_discount_bp, t.discount_bp, g.discount_bp)',
} as const;
type Sort = keyof typeof sorts | keyof typeof rollups;
const keys = [...Object.keys(sorts), ...Object.keys(rollups)] as Sort[];
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
    await catchUp(em);
    const { where, parameters } = filterSql(input);
    const descending = input.sort.startsWith('-');
    const [setting] = await em.execute<{ currency: string | null; until: string }[]>(
      `select t.currency, w.until::text as until from tier_rules t cross join figure_window w where t.id = 1`,
    );
    const currency = input.currency ?? setting?.currency ?? 'USD';
    // A code of three capital letters, checked by its schema: it may stand in the text.
    const from = positions(input.sort.replace('-', '') as Sort, where, currency);
    const [count] = await em.execute<{ total: number }[]>(
      `select count(*)::int as total from ${RESELLER_TABLES} where ${where}`,
      parameters,
    );
    const after = readCursor(input.cursor);
    // The key in a cursor is the value itself as PostgreSQL writes it, so nothing is lost by reading it back.
    const [direction, beyond] = descending ? ['desc', '<'] : ['asc', '>'];
    // Each part is cut by itself, along its index, before they are put together.
    const parts = from.map(
      ({ text, key, type }) => `(select r.id, ${key} as key ${text}
        ${after ? `and (${key}, r.id) ${beyond} (?::${type}, ?)` : ''} order by 2 ${direction}, 1 ${direction} limit ?)`,
    );
    const position = await em.execute<{ id: string; key: string }[]>(
      `select id, key::text as key from (${parts.join(' union all ')}) k order by k.key ${direction}, id ${direction} limit ?`,
      [
        ...from.flatMap(() => [...parameters, ...(after ? [after.key, after.id] : []), input.limit + 1]),
        input.limit + 1,
      ],
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

/** Where the rows in the order of a sort come from: keys, with what they are compared as. Our own SQL, never input. */
function positions(sort: Sort, where: string, currency: string): { text: string; key: string; type: string }[] {
  if (sort in rollups) {
    const { table, key, type } = rollups[sort as keyof typeof rollups];
    if (table === 'reseller_count')
      return [{ text: `from ${RESELLER_TABLES} join ${table} z on z.reseller_id = r.id where ${where}`, key, type }];
    const own = `z.reseller_id = r.id and z.currency = '${currency}'`;
    return [
      { text: `from ${RESELLER_TABLES} join ${table} z on ${own} where ${where}`, key, type },
      {
        text: `from ${RESELLER_TABLES} where ${where} and not exists (select from ${table} z where ${own})`,
        key: `0::${type}`,
        type,
      },
    ];
  }
  const key = sorts[sort as keyof typeof sorts];
  return [{ text: `from ${RESELLER_TABLES} where ${where}`, key, type: typeOf(key) }];
}

/** The type of a key that a cursor holds as text. */
function typeOf(expression: string): string {
  if (expression.includes('created_at')) return 'timestamptz';
  return expression.includes('lower(') || expression === 'r.status' ? 'text' : 'numeric';
}
