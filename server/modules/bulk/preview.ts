import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { startTask } from '../task/start.ts';
import { Tier } from '../tier/entity.ts';
import { bulkInput } from './schemas.ts';

/** Kind of the task that previews. */
export const PREVIEW = 'resellers.previewChange';

/**
 * Begins a dry run of one change for many resellers: a task that says for each what would change, and changes nothing.
 * `resellers.applyChange` then does exactly that. @throws not_found (tier), bad_input
 */
export const previewBulkChange = verb({
  procedure: 'resellers.previewChange',
  permission: 'resellers:write',
  mode: 'write',
  input: bulkInput,
  run: async (ctx, input) => {
    const { change } = input;
    if (change.kind === 'tier' && !(await ctx.em.count(Tier, change.tierId))) {
      throw new ServiceError('not_found', 'There is no such tier.', '/change/tierId');
    }
    if (change.kind === 'status' && change.status === 'suspended' && !change.publicReason) {
      throw new ServiceError('bad_input', 'Enter the reason: the resellers see it.', '/change/publicReason');
    }
    const task = await startTask(ctx, { kind: PREVIEW, permission: 'resellers:write', input, resellerId: null });
    record(ctx, {
      action: 'bulk_change.previewed',
      subject: { type: 'task', id: task.id },
      resellerId: null,
      after: { kind: change.kind },
    });
    await ctx.em.flush();
    return task;
  },
});
