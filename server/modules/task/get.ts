import { z } from 'zod';
import { verb } from '../../verb.ts';
import { findTask } from './find.ts';
import { taskRow } from './row.ts';

/** How far a task is, and what came of it. Each task says who may see it. @throws not_found */
export const getTask = verb({
  procedure: 'tasks.get',
  permission: null,
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => taskRow(await findTask(ctx, id)),
});
