import type { ServiceContext } from '../../context.ts';
import type { CursorPosition } from '../../paging.ts';
import { type ActivityFilters, activityWhere } from './filters.ts';
import { ACTIVITY_COLUMNS, ACTIVITY_JOINS, type FoundActivity } from './row.ts';

/** Entries that fit, newest first, after a position; activityRow makes of them what whoever asks may see. */
export function findActivity(
  ctx: ServiceContext,
  filters: ActivityFilters,
  after: CursorPosition | null,
  limit: number,
): Promise<FoundActivity[]> {
  const { where, parameters } = activityWhere(ctx, filters);
  return ctx.em.execute<FoundActivity[]>(
    `select ${ACTIVITY_COLUMNS}
       from (select * from activity a where ${where} ${after ? 'and (a.at, a.id) < (?, ?)' : ''}
              order by a.at desc, a.id desc limit ?) a ${ACTIVITY_JOINS}
      order by a.at desc, a.id desc`,
    [...parameters, ...(after ? [after.key, after.id] : []), limit],
  );
}
