import { z } from 'zod';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { startTask } from '../task/start.ts';
import { EXPORT } from './export-reseller.ts';

/** Begins a task that collects what is held about the acting reseller, its customers, orders and services. */
export const exportOwnData = verb({
  procedure: 'profile.export',
  permission: 'profile:write',
  mode: 'write',
  input: z.object({}),
  run: async (ctx) => {
    const resellerId = actingReseller(ctx);
    const input = { resellerId, forProvider: false };
    const task = await startTask(ctx, { kind: EXPORT, permission: 'profile:read', input, resellerId });
    record(ctx, {
      action: 'reseller.data_exported',
      subject: { type: 'reseller', id: resellerId },
      resellerId,
      after: { taskId: task.id },
    });
    await ctx.em.flush();
    return task;
  },
});
