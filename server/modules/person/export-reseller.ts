import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Reseller } from '../reseller/entity.ts';
import { startTask } from '../task/start.ts';
import type { TaskHandler } from '../task/run.ts';
import { collectData } from './collect.ts';

/** Kind of the task that collects what is held about a reseller. */
export const EXPORT = 'resellers.exportData';
const exportInput = z.object({ resellerId: z.string(), forProvider: z.boolean() });

/** Begins a task that collects all that is held about a reseller and its people, for the provider. @throws not_found */
export const exportResellerData = verb({
  procedure: 'resellers.exportData',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    if (!(await ctx.em.count(Reseller, id))) {
      throw new ServiceError('not_found', 'There is no reseller with this id.', '/id');
    }
    const input = { resellerId: id, forProvider: true };
    const task = await startTask(ctx, { kind: EXPORT, permission: 'resellers:write', input, resellerId: null });
    record(ctx, {
      action: 'reseller.data_exported',
      subject: { type: 'reseller', id },
      resellerId: id,
      after: { taskId: task.id },
    });
    await ctx.em.flush();
    return task;
  },
});

/** The task itself. */
export const runDataExport: TaskHandler = async (ctx, task) => {
  const { resellerId, forProvider } = exportInput.parse(task.input);
  return { at: ctx.now.toISOString(), ...(await collectData(ctx.em.fork(), resellerId, forProvider, task.progress)) };
};
