import type { EntityManager } from '@mikro-orm/postgresql';
import { Tier } from './entity.ts';
import type { RulesOfTiers, Rung } from './rules.ts';
import { TierRules } from './rules-entity.ts';

/** The tiers from lowest to highest, and the rules that move resellers between them. */
export async function loadLadder(em: EntityManager) {
  const tiers = await em.find(Tier, {}, { orderBy: { position: 'asc' } });
  const rules = await em.findOneOrFail(TierRules, 1);
  return { tiers, rungs: tiers.map(rungOf), rules: rulesOf(rules) };
}

export function rungOf({ id, position, minRevenue, minServices, minOrders, match }: Tier): Rung {
  return {
    id,
    position,
    minRevenue: minRevenue ?? null,
    minServices: minServices ?? null,
    minOrders: minOrders ?? null,
    match,
  };
}

/** The stored rules with what only the service writes. */
export type HeldRules = RulesOfTiers & { currency: string | null; lastReviewOn: string | null; version: number };

export function rulesOf(held: TierRules): HeldRules {
  const { automatic, period, counts, upgrade, reviewEvery, graceDays, currency, lastReviewOn, version } = held;
  return {
    automatic,
    period,
    counts,
    upgrade,
    reviewEvery,
    graceDays,
    currency: currency ?? null,
    lastReviewOn: lastReviewOn ?? null,
    version,
  };
}
