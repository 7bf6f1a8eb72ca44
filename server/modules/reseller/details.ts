import { z } from 'zod';
import { verb } from '../../verb.ts';
import { checkedFields, companyOf, readProfile, pendingChange } from '../profile/load.ts';

/** A reseller's company data with what only the provider sees of it, for its detail screen. @throws not_found */
export const getResellerDetails = verb({
  procedure: 'resellers.details',
  permission: 'resellers:read',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async ({ em }, { id }) => {
    const held = await readProfile(em, id);
    const { reseller, profile } = held;
    return {
      ...companyOf(held),
      id,
      email: reseller.email,
      hostClientId: reseller.hostClientId,
      currency: reseller.currency,
      apiEnabled: reseller.apiEnabled,
      locksEndOn: reseller.locksEndOn ?? null,
      anonymisedAt: reseller.anonymisedAt?.toISOString() ?? null,
      paymentMethod: profile.paymentMethod ?? null,
      manager: profile.manager ?? null,
      tags: profile.tags,
      checkedFields: [...(await checkedFields(em))],
      pending: await pendingChange(em, id),
      version: profile.version,
    };
  },
});
