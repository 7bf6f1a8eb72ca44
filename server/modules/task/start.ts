import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { recordedActor } from '../activity/record.ts';
import { Task } from './entity.ts';
import { taskRow } from './row.ts';

/** Queues long work in the caller's transaction. Whoever may see it is named with it. */
export async function startTask(
  ctx: ServiceContext,
  task: Pick<Task, 'kind' | 'permission' | 'input'> & { resellerId: string | null },
) {
  const { em, now } = ctx;
  const { kind, id } = recordedActor(ctx);
  const made = em.create(Task, {
    id: newId('tsk'),
    ...task,
    status: 'queued',
    result: null,
    createdBy: { kind, id },
    createdAt: now,
  });
  await em.flush();
  await ctx.enqueue(em, 'run-task', { taskId: made.id });
  return taskRow(made);
}
