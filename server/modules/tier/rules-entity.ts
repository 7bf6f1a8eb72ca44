import { defineEntity, p } from '@mikro-orm/core';
import type { Counts } from './rules.ts';

export const TierRulesSchema = defineEntity({
  name: 'TierRules',
  tableName: 'tier_rules',
  properties: {
    id: p.integer().primary(),
    automatic: p.boolean(),
    period: p.string().$type<'rolling12' | 'lifetime'>(),
    counts: p.json<Counts>(),
    upgrade: p.string().$type<'at_once' | 'at_review'>(),
    reviewEvery: p.string().$type<'month' | 'quarter' | 'year'>(),
    graceDays: p.integer(),
    /** The programme's currency: the host's own. Null until the catalogue was read. */
    currency: p.string().nullable(),
    lastReviewOn: p.date().nullable(),
    version: p.integer().version(),
    updatedAt: p.datetime(),
  },
});
/** The rules by which tiers are reached and lost: one row. */
export class TierRules extends TierRulesSchema.class {}
TierRulesSchema.setClass(TierRules);
