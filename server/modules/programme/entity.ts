import { defineEntity, p } from '@mikro-orm/core';
import type { ApplyTo } from './schemas.ts';

export const ProgrammeSchema = defineEntity({
  name: 'Programme',
  tableName: 'programme',
  properties: {
    id: p.integer().primary(),
    enabled: p.boolean(),
    discountBp: p.integer(),
    applyTo: p.json<ApplyTo>(),
    capAtRetail: p.boolean(),
    floorLiftsBooks: p.boolean(),
    coupons: p.string().$type<'refuse' | 'allow'>(),
    quoteHoldsSeconds: p.integer(),
    refuseStaleSeconds: p.integer(),
    billingZone: p.string(),
    /** An admin's choice; null follows the host. */
    ownBillingZone: p.string().nullable(),
    apiEnabled: p.boolean(),
    version: p.integer().version(),
    updatedAt: p.datetime(),
  },
});
/** The programme's settings: one row. */
export class Programme extends ProgrammeSchema.class {}
ProgrammeSchema.setClass(Programme);
