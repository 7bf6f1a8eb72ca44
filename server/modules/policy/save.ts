import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { companyFieldNames } from '../profile/schemas.ts';
import { ResellerPolicy } from './entity.ts';
import { policyRow } from './get.ts';

/** Sets the rules for all resellers. @throws conflict */
export const saveResellerPolicy = verb({
  procedure: 'resellerPolicy.save',
  permission: 'settings:write',
  mode: 'write',
  input: z.object({
    version: z.int(),
    /** Days without a new order; null = nobody becomes inactive by itself. */
    inactiveAfterDays: z.int().min(30, 'use at least 30 days').max(3650).nullable(),
    /** False: whoever has running services stays active. */
    inactiveWithServices: z.boolean(),
    checkedFields: z.array(companyFieldNames),
  }),
  run: async (ctx, { version, ...wanted }) => {
    const policy = await ctx.em.findOneOrFail(ResellerPolicy, 1);
    if (policy.version !== version) {
      throw new ServiceError('version_mismatch', 'Somebody changed these settings meanwhile. Load them again.');
    }
    const before = policyRow(policy);
    ctx.em.assign(policy, { ...wanted, checkedFields: [...new Set(wanted.checkedFields)] });
    record(ctx, {
      action: 'reseller_policy.changed',
      subject: { type: 'reseller_policy', id: '1' },
      resellerId: null,
      before,
      after: wanted,
    });
    await ctx.em.flush();
    return policyRow(policy);
  },
});
