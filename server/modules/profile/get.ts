import { z } from 'zod';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { ProfileChange } from './entity.ts';
import { changeRow, checkedFields, companyOf, readProfile, pendingChange } from './load.ts';

/** The acting reseller's company data, which fields are checked, the change that waits and the one decided last. */
export const getProfile = verb({
  procedure: 'profile.get',
  permission: 'profile:read',
  mode: 'read',
  input: z.object({}),
  run: async (ctx) => {
    const { em } = ctx;
    const held = await readProfile(em, actingReseller(ctx));
    const decided = await em.find(
      ProfileChange,
      { resellerId: held.reseller.id, status: { $in: ['approved', 'rejected'] } },
      { orderBy: { decidedAt: 'desc' }, limit: 1 },
    );
    return {
      ...companyOf(held),
      email: held.reseller.email,
      currency: held.reseller.currency,
      paymentMethod: held.profile.paymentMethod ?? null,
      checkedFields: [...(await checkedFields(em))],
      pending: await pendingChange(em, held.reseller.id),
      decided: decided[0] ? changeRow(decided[0]) : null,
      version: held.profile.version,
    };
  },
});
