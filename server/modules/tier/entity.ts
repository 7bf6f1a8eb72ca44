import { defineEntity, p } from '@mikro-orm/core';

export const TierSchema = defineEntity({
  name: 'Tier',
  tableName: 'tier',
  properties: {
    id: p.string().primary(),
    name: p.string(),
    position: p.integer(),
    /** Basis points off retail; null inherits the programme's rate. */
    discountBp: p.integer().nullable(),
    /** Minor units of the programme's currency; null = revenue does not matter. */
    minRevenue: p.bigint().nullable(),
    minServices: p.integer().nullable(),
    minOrders: p.integer().nullable(),
    /** Whether all thresholds must be reached, or one. */
    match: p.string().$type<'all' | 'any'>().default('all'),
    version: p.integer().version(),
  },
});
export class Tier extends TierSchema.class {}
TierSchema.setClass(Tier);
