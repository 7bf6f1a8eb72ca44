import { runTask } from '../../server/modules/task/run.ts';
import { taskHandlers } from '../../server/tasks.ts';
import { getTask } from '../../server/modules/task/get.ts';
import type { Programme } from './programme.ts';

/** Runs a queued task to its end and answers it. */
export async function finished(it: Pick<Programme, 'system' | 'admin'>, task: { id: string }) {
  await runTask(it.system(), taskHandlers, { taskId: task.id });
  return getTask(it.admin(), { id: task.id });
}
