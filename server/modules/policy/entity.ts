import { defineEntity, p } from '@mikro-orm/core';
import type { CompanyField } from '../profile/schemas.ts';

export const ResellerPolicySchema = defineEntity({
  name: 'ResellerPolicy',
  tableName: 'reseller_policy',
  properties: {
    id: p.integer().primary(),
    /** Null = nobody becomes inactive by itself. */
    inactiveAfterDays: p.integer().nullable(),
    /** False: whoever has running services stays active. */
    inactiveWithServices: p.boolean(),
    checkedFields: p.json<CompanyField[]>(),
    version: p.integer().version(),
  },
});
/** Rules for all resellers: one row. */
export class ResellerPolicy extends ResellerPolicySchema.class {}
ResellerPolicySchema.setClass(ResellerPolicy);
