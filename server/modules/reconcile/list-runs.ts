import type { FilterQuery } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { countEntities, cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { ReconcileRun } from './entity.ts';

/** Comparisons with the host, newest first, with cursor paging; `finishedAt` is null while one is under way. */
export const listReconcileRuns = verb({
  procedure: 'reconcile.runs',
  permission: 'problems:read',
  mode: 'read',
  input: z.object({
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em }, { cursor, limit }) => {
    const total = await countEntities(em, ReconcileRun, {});
    const after = readCursor(cursor);
    const startedAt = after && new Date(after.key);
    const where: FilterQuery<ReconcileRun> = after
      ? { $or: [{ startedAt: { $lt: startedAt! } }, { startedAt: startedAt!, id: { $lt: after.id } }] }
      : {};
    const found = await em.find(ReconcileRun, where, { orderBy: { startedAt: 'desc', id: 'desc' }, limit: limit + 1 });
    const page = cursorPage(found, limit, total, (run) => ({ key: run.startedAt.toISOString(), id: run.id }));
    return {
      ...page,
      rows: page.rows.map(({ id, startedAt: at, finishedAt, error }) => ({
        id,
        startedAt: at.toISOString(),
        finishedAt: finishedAt?.toISOString() ?? null,
        error: error ?? null,
      })),
    };
  },
});
