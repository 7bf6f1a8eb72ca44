import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { ProfileChange } from './entity.ts';
import { changeRow } from './load.ts';

/** Takes back the acting reseller's change that still waits. @throws not_found, conflict when it was decided */
export const withdrawProfileChange = verb({
  procedure: 'profile.withdrawChange',
  permission: 'profile:write',
  mode: 'write',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const resellerId = actingReseller(ctx);
    const change = await ctx.em.findOne(ProfileChange, { id, resellerId });
    if (!change) throw new ServiceError('not_found', 'There is no such change.');
    if (change.status !== 'pending') throw new ServiceError('conflict', `This change is ${change.status} already.`);
    change.status = 'withdrawn';
    record(ctx, {
      action: 'profile_change.withdrawn',
      subject: { type: 'profile_change', id },
      resellerId,
      before: { status: 'pending' },
      after: { status: 'withdrawn' },
    });
    await ctx.em.flush();
    return changeRow(change);
  },
});
