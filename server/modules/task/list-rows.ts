import { z } from 'zod';
import { cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { findTask } from './find.ts';

export interface Row {
  position: number;
  subjectId: string;
  detail: unknown;
  /** Null while it waits. */
  outcome: 'would_change' | 'changed' | 'unchanged' | 'refused' | null;
  message: string | null;
}

/** What a task says about each object, in its order. @throws not_found */
export const listTaskRows = verb({
  procedure: 'tasks.rows',
  permission: null,
  mode: 'read',
  input: z.object({
    id: z.string().max(60),
    outcome: z.enum(['would_change', 'changed', 'unchanged', 'refused']).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(50),
  }),
  run: async (ctx, { id, outcome, cursor, limit }) => {
    const task = await findTask(ctx, id);
    const where = `task_id = ? ${outcome ? 'and outcome = ?' : ''}`;
    const parameters = [task.id, ...(outcome ? [outcome] : [])];
    const [count] = await ctx.em.execute<{ total: number }[]>(
      `select count(*)::int as total from task_row where ${where}`,
      parameters,
    );
    const after = readCursor(cursor);
    const found = await ctx.em.execute<Row[]>(
      `select position, subject_id as "subjectId", detail, outcome, message from task_row
        where ${where} ${after ? 'and position > ?::integer' : ''} order by position limit ?`,
      [...parameters, ...(after ? [after.key] : []), limit + 1],
    );
    return cursorPage(found, limit, count?.total ?? 0, (row) => ({ key: `${row.position}`, id: row.subjectId }));
  },
});
