import { type EntityManager, type EntityName, type FilterQuery, type QBFilterQuery, raw } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { ServiceError } from './errors.ts';
import { unstorableAt } from './storable.ts';

const cursorContent = z.object({ key: z.string().max(300), id: z.string().max(80) });
export type CursorPosition = z.infer<typeof cursorContent>;

const unknownCursor = () =>
  new ServiceError('bad_input', 'This cursor is unknown. Start again without one.', '/cursor');

/** Where a page ended, from its opaque cursor. @throws bad_input for a cursor that no list made */
export function readCursor(cursor: string | undefined): CursorPosition | null {
  if (cursor === undefined) return null;
  try {
    const position = cursorContent.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (unstorableAt(position) === null) return position;
  } catch {
    // Said below: what it holds is nobody's business.
  }
  throw unknownCursor();
}

/** The key of a list that is sorted by a moment. @throws bad_input for the cursor of another list */
export function momentOf({ key }: Pick<CursorPosition, 'key'>): Date {
  const moment = new Date(key);
  if (Number.isNaN(moment.getTime())) throw unknownCursor();
  return moment;
}

/** The key of a list that is sorted by a whole number. @throws bad_input for the cursor of another list */
export function numberOf({ key }: Pick<CursorPosition, 'key'>): number {
  if (!/^-?\d{1,15}$/.test(key)) throw unknownCursor();
  return Number(key);
}

/** A page of rows: `found` holds one row more than the page when there is a next one. */
export function cursorPage<Row>(found: Row[], limit: number, total: number, position: (row: Row) => CursorPosition) {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const cursor =
    found.length > limit && last ? Buffer.from(JSON.stringify(position(last))).toString('base64url') : null;
  return { rows, total, cursor };
}

/** Most rows that a list counts: beyond it says "10,000+" (screens 1.1), since counting would read every row. */
const COUNT_MOST = 10_001;

/** How many rows there are, counted up to COUNT_MOST. `from` is our own SQL: a table with its filters. */
export async function countUpTo(em: EntityManager, from: string, parameters: unknown[]): Promise<number> {
  const [row] = await em.execute<{ total: number }[]>(
    `select count(*)::int as total from (select from ${from} limit ${COUNT_MOST}) counted`,
    parameters,
  );
  return row?.total ?? 0;
}

/** How many of an entity there are, counted up to COUNT_MOST. */
export async function countEntities<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  where: FilterQuery<Entity>,
): Promise<number> {
  const counted = em
    .createQueryBuilder(entity, 'e')
    .select(raw('1'))
    .where(where as QBFilterQuery<Entity>)
    .limit(COUNT_MOST);
  return countUpTo(em, `(${counted.getQuery()}) e`, [...counted.getParams()]);
}

/** A text to look for anywhere in a column, with the wildcards of LIKE taken literally. */
export function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** Lists count no further than this: it would cost more than the page itself. */
const COUNT_LIMIT = 10_000;

/** How many rows a list has, exactly up to 10,000. `from` is our own SQL from its table on, never input. */
export async function countRows(
  em: EntityManager,
  from: string,
  values: unknown[],
): Promise<{ total: number; totalIsExact: boolean }> {
  const [row] = await em.execute<{ n: number }[]>(
    `select count(*)::int as n from (select 1 from ${from} limit ${COUNT_LIMIT + 1}) counted`,
    values,
  );
  const counted = row?.n ?? 0;
  return { total: Math.min(counted, COUNT_LIMIT), totalIsExact: counted <= COUNT_LIMIT };
}

/** A text to look for at the beginning of a column in lower case, with the wildcards of LIKE taken literally. */
export function prefixPattern(text: string): string {
  return likePattern(text.toLowerCase()).slice(1);
}
