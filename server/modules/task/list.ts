import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { countEntities, cursorPage, momentOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { Task } from './entity.ts';
import { taskRow } from './row.ts';

/** Tasks that the actor may see, the newest first, without their results: work that was left is found again here. */
export const listTasks = verb({
  procedure: 'tasks.list',
  permission: null,
  mode: 'read',
  input: z.object({
    kind: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em, actor }, { kind, cursor, limit }) => {
    const own = tenantOf(actor);
    const filters: object[] = [
      { permission: { $in: [...actor.permissions] } },
      ...(own === null ? [] : [{ resellerId: own }]),
      ...(kind === undefined ? [] : [{ kind }]),
    ];
    const total = await countEntities(em, Task, { $and: filters });
    const after = readCursor(cursor);
    if (after) {
      const createdAt = momentOf(after);
      filters.push({ $or: [{ createdAt: { $lt: createdAt } }, { createdAt, id: { $lt: after.id } }] });
    }
    const found = await em.find(
      Task,
      { $and: filters },
      { orderBy: { createdAt: 'desc', id: 'desc' }, limit: limit + 1 },
    );
    return cursorPage(
      found.map((task) => ({ ...taskRow(task), result: null })),
      limit,
      total,
      (row) => ({ key: row.createdAt, id: row.id }),
    );
  },
});
