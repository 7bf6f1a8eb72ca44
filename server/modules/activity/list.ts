import { z } from 'zod';
import { countUpTo, cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { activityFilters, activityWhere } from './filters.ts';
import { findActivity } from './find-rows.ts';

/**
 * The activity log, newest first, with cursor paging: all of it for an admin, its own part for a reseller, with the times
 * an admin viewed its portal. `total` stops at 10,001.
 */
export const listActivity = verb({
  procedure: 'activity.list',
  permission: 'activity:read',
  mode: 'read',
  input: activityFilters.extend({
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { cursor, limit, ...filters }) => {
    const rows = await findActivity(ctx, filters, readCursor(cursor), limit + 1);
    const { where, parameters } = activityWhere(ctx, filters);
    const total = await countUpTo(ctx.em, `activity a where ${where}`, parameters);
    return cursorPage(rows, limit, total, ({ at, id }) => ({ key: at, id }));
  },
});
