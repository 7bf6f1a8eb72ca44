import { defineEntity, p } from '@mikro-orm/core';

export const TierDecisionSchema = defineEntity({
  name: 'TierDecision',
  tableName: 'tier_decision',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    at: p.datetime(),
    cause: p.string().$type<'threshold' | 'review' | 'manual' | 'pin' | 'tier_deleted'>(),
    outcome: p.string().$type<'up' | 'down' | 'hold' | 'upgrade_ready' | 'at_risk' | 'moved' | 'pinned' | 'unpinned'>(),
    fromTier: p.string(),
    toTier: p.string(),
    /** Measures, thresholds and rules as they were. */
    inputs: p.json<Record<string, unknown>>(),
    /** For the provider alone. */
    note: p.string().nullable(),
    actor: p.json<{ kind: string; id: string }>(),
  },
});
/** A decision about a reseller's tier with all it was made from. Never changed. */
export class TierDecision extends TierDecisionSchema.class {}
TierDecisionSchema.setClass(TierDecision);
