import { z } from 'zod';
import { verb } from '../../verb.ts';
import { changedBy } from '../settings/changed-by.ts';
import { lockForReview } from './load.ts';
import { reviewRow } from './row.ts';
import { recordStep, requireVersion } from './take-step.ts';

/** Who looks after an application: a member of the provider's staff by the host's id and name, or nobody. */
export const assignee = z
  .object({ id: z.string().trim().min(1).max(120), name: z.string().trim().min(1).max(200) })
  .nullable();

/** Assigns an application, or takes it back from everybody. @throws not_found, conflict */
export const assignApplication = verb({
  procedure: 'applications.assign',
  permission: 'applications:review',
  mode: 'write',
  input: z.object({ id: z.string().max(60), version: z.int(), to: assignee }),
  run: async (ctx, { id, version, to }) => {
    const application = await lockForReview(ctx, id);
    requireVersion(ctx, application, version);
    const before = { assignedTo: application.assignedTo };
    application.assignedTo = to?.id ?? null;
    application.assignedName = to?.name ?? null;
    application.lastChange = { step: 'assign', by: changedBy(ctx), at: ctx.now.toISOString() };
    recordStep(ctx, application, {
      action: 'application.assigned',
      before,
      after: { assignedTo: application.assignedTo },
      event: null,
    });
    await ctx.em.flush();
    return reviewRow(application);
  },
});
