import type { ServiceContext } from '../../context.ts';
import type { CursorPosition } from '../../paging.ts';
import { type ActivityFilters, activityWhere } from './filters.ts';
import { ACTIVITY_COLUMNS, ACTIVITY_JOINS, type ActivityRow, activityRow } from './row.ts';

/** Entries that fit, newest first, after a position. */
export async function findActivity(
  ctx: ServiceContext,
  filters: ActivityFilters,
  after: CursorPosition | null,
  limit: number,
): Promise<ActivityRow[]> {
  const { where, parameters } = activityWhere(ctx, filters);
  const found = await ctx.em.execute<Parameters<typeof activityRow>[1][]>(
    `select ${ACTIVITY_COLUMNS}
       from (select * from activity a where ${where} ${after ? 'and (a.at, a.id) < (?, ?)' : ''}
              order by a.at desc, a.id desc limit ?) a ${ACTIVITY_JOINS}
      order by a.at desc, a.id desc`,
    [...parameters, ...(after ? [after.key, after.id] : []), limit],
  );
  return found.map((row) => activityRow(ctx, row));
}
