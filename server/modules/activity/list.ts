import { z } from 'zod';
import { countUpTo, cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { activityFilters, activityWhere } from './filters.ts';
import { findActivity } from './find-rows.ts';
import { namesOfActors } from './names.ts';
import { type ActivityRow, activityRow } from './row.ts';

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
    const found = await findActivity(ctx, filters, readCursor(cursor), limit + 1);
    const rows = found.map((row) => activityRow(ctx, row));
    const { where, parameters } = activityWhere(ctx, filters);
    const total = await countUpTo(ctx.em, `activity a where ${where}`, parameters);
    const name = await namesOfActors(ctx.em, rows.flatMap(actorIdsIn));
    const named = rows.map((row) => ({
      ...row,
      /** What the actors that this entry names by their ids are called. */
      names: Object.fromEntries(actorIdsIn(row).map((id) => [id, name(id)])),
    }));
    return cursorPage(named, limit, total, ({ at, id }) => ({ key: at, id }));
  },
});

const ACTOR_ID = /^(?:admin|client):./;
/** Ids of people in an entry; who did it only where it kept no name. */
const actorIdsIn = ({ actor, before, after }: ActivityRow): string[] =>
  [
    actor.name === undefined || actor.name === actor.id ? actor.id : null,
    actor.actingAdmin,
    ...[before, after].flatMap((values) => Object.values(values ?? {}) as unknown[]),
  ].filter((value) => typeof value === 'string' && ACTOR_ID.test(value)) as string[];
