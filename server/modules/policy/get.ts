import { z } from 'zod';
import { verb } from '../../verb.ts';
import { ResellerPolicy } from './entity.ts';

/** When resellers become inactive by themselves, and which company data is checked before it changes. */
export const getResellerPolicy = verb({
  procedure: 'resellerPolicy.get',
  permission: 'settings:read',
  mode: 'read',
  input: z.object({}),
  run: async ({ em }) => policyRow(await em.findOneOrFail(ResellerPolicy, 1)),
});

export function policyRow({ inactiveWithServices, checkedFields, version, ...policy }: ResellerPolicy) {
  return { inactiveAfterDays: policy.inactiveAfterDays ?? null, inactiveWithServices, checkedFields, version };
}
