import { z } from 'zod';
import type { Actor, ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { adminPermissions, resellerPermissions } from '../../permissions.ts';
import { Task } from './entity.ts';

export interface TaskRun {
  id: string;
  input: unknown;
  /** Says how far it is; outside of any transaction, so that it is seen at once. */
  progress(done: number, total: number): Promise<void>;
}
/** Does the work and answers its result. May be started again after an interruption: it then finds what it did. */
export type TaskHandler = (ctx: ServiceContext, run: TaskRun) => Promise<unknown>;

const job = z.object({ taskId: z.string() });

/** Runs a queued task in the name of whoever started it. A refusal ends it with its words; anything else is tried again. */
export async function runTask(
  ctx: ServiceContext,
  handlers: Record<string, TaskHandler>,
  data: unknown,
): Promise<void> {
  const { taskId } = job.parse(data);
  const em = ctx.em.fork();
  const task = await em.findOne(Task, taskId);
  if (!task || task.status === 'ready' || task.status === 'failed') return;
  const set = (columns: string, values: unknown[]) =>
    ctx.em.fork().execute(`update task set ${columns} where id = ?`, [...values, taskId]);
  await set(`status = 'running'`, []);
  try {
    const result = await handlers[task.kind]!(
      { ...ctx, actor: actorOf(task) },
      {
        id: task.id,
        input: task.input,
        progress: async (done, total) => {
          await set('done = ?, total = ?', [done, total]);
        },
      },
    );
    await set(`status = 'ready', result = ?::jsonb, finished_at = ?`, [JSON.stringify(result ?? null), ctx.now]);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    await set(`status = 'failed', error = ?, finished_at = ?`, [error.message, ctx.now]);
  }
}

function actorOf({ createdBy: { kind, id }, resellerId }: Task): Actor {
  if (kind === 'reseller') {
    return { kind, id, name: id, resellerId: resellerId ?? '', permissions: resellerPermissions };
  }
  if (kind === 'api_key') return { kind, id, name: id, resellerId: null, permissions: adminPermissions };
  return { kind: 'admin', id, name: id, permissions: adminPermissions };
}
