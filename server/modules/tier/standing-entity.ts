import { defineEntity, p } from '@mikro-orm/core';
import type { Measures } from './measure.ts';

export const TierStandingSchema = defineEntity({
  name: 'TierStanding',
  tableName: 'tier_standing',
  properties: {
    resellerId: p.string().primary(),
    standing: p.string().$type<'holding' | 'upgrade_ready' | 'at_risk' | 'pinned'>(),
    /** Where the rules would put it now. */
    targetTier: p.string().nullable(),
    /** First day on which it was measured below its tier. */
    belowSince: p.date().nullable(),
    /** The review that may move it. */
    dueOn: p.date().nullable(),
    /** The review it was last part of. */
    reviewedOn: p.date().nullable(),
    measures: p.json<Measures>().nullable(),
    measuredAt: p.datetime().nullable(),
    /** Minor units of the programme's currency. */
    revenue: p.bigint().default('0'),
    pinnedAt: p.datetime().nullable(),
    pinnedBy: p.string().nullable(),
    /** For the provider alone. */
    pinReason: p.string().nullable(),
    version: p.integer().version(),
  },
});
/** How a reseller stands in its tier, as last measured. */
export class TierStanding extends TierStandingSchema.class {}
TierStandingSchema.setClass(TierStanding);
