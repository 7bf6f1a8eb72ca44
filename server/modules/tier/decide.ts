import { addDays, nextReview } from './calendar.ts';
import type { RulesOfTiers, Rung } from './rules.ts';

/** What a reseller is measured at; revenue in minor units of the programme's currency. */
export interface Measured {
  revenue: bigint;
  activeServices: number;
  newOrders: number;
}

export interface Position {
  tier: string;
  pinned: boolean;
  /** First day on which it was measured below its tier. */
  belowSince: string | null;
}

export interface Decided {
  outcome: 'up' | 'down' | 'hold' | 'upgrade_ready' | 'at_risk' | 'pinned';
  /** Where it is afterwards. */
  tier: string;
  /** Where the rules would put it. */
  target: string;
  belowSince: string | null;
  /** The review that may move it. */
  dueOn: string | null;
}

/** True when a tier has thresholds at all: without them it is never reached, and never lost, by rules. */
export function hasThresholds({ minRevenue, minServices, minOrders }: Rung): boolean {
  return minRevenue !== null || minServices !== null || minOrders !== null;
}

/** Each threshold of a tier with what is there and what is missing. */
export function thresholdsOf(rung: Rung, measured: Measured) {
  const parts = [
    { measure: 'revenue' as const, needed: rung.minRevenue, have: measured.revenue },
    { measure: 'activeServices' as const, needed: rung.minServices, have: BigInt(measured.activeServices) },
    { measure: 'newOrders' as const, needed: rung.minOrders, have: BigInt(measured.newOrders) },
  ];
  return parts.flatMap(({ measure, needed, have }) =>
    needed === null
      ? []
      : [{ measure, needed: BigInt(needed), have, missing: have >= BigInt(needed) ? 0n : BigInt(needed) - have }],
  );
}

/** Whether the thresholds of a tier are met: all of them, or any. */
export function meets(rung: Rung, measured: Measured): boolean {
  const met = thresholdsOf(rung, measured).map(({ missing }) => missing === 0n);
  if (met.length === 0) return false;
  return rung.match === 'all' ? met.every(Boolean) : met.some(Boolean);
}

/**
 * The tier that the rules would give: the highest whose thresholds are met. The lowest is kept always; one without
 * thresholds is kept by whoever holds it.
 */
export function targetOf(ladder: Rung[], measured: Measured, current: string): string {
  const rungs = ladder.toSorted((a, b) => b.position - a.position);
  const kept = rungs.find(({ id }) => id === current);
  const reached = rungs.find((rung) => meets(rung, measured) || (rung === kept && !hasThresholds(rung)));
  return (reached ?? rungs.at(-1))?.id ?? current;
}

/**
 * What becomes of a reseller on a day, at a review or between two. Up: at once or at a review, over several tiers if the
 * measures are there. Down: at a review alone, and only when it was below for the whole grace.
 */
export function decide(
  ladder: Rung[],
  rules: RulesOfTiers,
  measured: Measured,
  position: Position,
  today: string,
  atReview: boolean,
): Decided {
  const target = targetOf(ladder, measured, position.tier);
  const rank = (id: string): number => ladder.find((rung) => rung.id === id)?.position ?? 0;
  const stay = { tier: position.tier, target, belowSince: null, dueOn: null };
  if (position.pinned) return { ...stay, outcome: 'pinned' };
  if (rank(target) > rank(position.tier)) {
    if (rules.upgrade === 'at_once' || atReview) return { ...stay, outcome: 'up', tier: target };
    return { ...stay, outcome: 'upgrade_ready', dueOn: nextReview(rules.reviewEvery, today) };
  }
  if (rank(target) === rank(position.tier)) return { ...stay, outcome: 'hold' };
  const belowSince = position.belowSince ?? today;
  const graceEnds = addDays(belowSince, rules.graceDays);
  if (atReview && graceEnds <= today) return { ...stay, outcome: 'down', tier: target };
  // The review on the very day on which the grace ends may move it already.
  const dueOn = nextReview(rules.reviewEvery, graceEnds > today ? addDays(graceEnds, -1) : today);
  return { ...stay, outcome: 'at_risk', belowSince, dueOn };
}
