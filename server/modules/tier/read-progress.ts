import type { Loaded } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { formatAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Programme } from '../programme/entity.ts';
import { catchUp } from '../figures/catch-up.ts';
import { effectiveDiscount } from '../reseller/effective-discount.ts';
import type { Reseller } from '../reseller/entity.ts';
import { billingDay } from '../revenue/billing-day.ts';
import { addDays, nextReview } from './calendar.ts';
import { hasThresholds, thresholdsOf } from './decide.ts';
import { loadLadder, rungOf } from './ladder.ts';
import { loadMeasures } from './measure.ts';
import { tierRow } from './schemas.ts';
import { TierStanding } from './standing-entity.ts';

/** How a reseller stands in its tier. `next` is the nearest tier that rules would give it; null while rules are off. */
export async function readProgress(
  { em, now }: Pick<ServiceContext, 'em' | 'now'>,
  reseller: Loaded<Reseller, 'tier'>,
) {
  await catchUp(em);
  const { tiers, rules } = await loadLadder(em);
  const programme = await em.findOneOrFail(Programme, 1);
  const today = billingDay(now, programme.billingZone);
  const { measured, measures } = (await loadMeasures(em, [reseller.id], rules, today))(reseller.id);
  const digits = (await digitsOf(em))(rules.currency ?? '');
  const standing = await em.findOne(TierStanding, reseller.id);
  const tier = tiers.find((one) => one.id === reseller.tier.id)!;
  // While rules are off, no threshold moves anybody: what is above is then nothing to strive for.
  const above = tiers.filter((one) => one.position > tier.position);
  const next = (rules.automatic && above.find((one) => hasThresholds(rungOf(one)))) || null;
  const word = (measure: string, value: bigint) => (measure === 'revenue' ? formatAmount(value, digits) : `${value}`);
  const meter = (one: typeof tier) => ({
    ...tierRow(one, digits),
    thresholds: thresholdsOf(rungOf(one), measured).map(({ measure, needed, have, missing }) => ({
      measure,
      needed: word(measure, needed),
      have: word(measure, have),
      missing: word(measure, missing),
      /** Basis points of the way, at most 10000. */
      reachedBp: have <= 0n ? 0 : Number(have >= needed ? 10_000n : (have * 10_000n) / needed),
    })),
  });
  const belowSince = standing?.belowSince ?? null;
  return {
    resellerId: reseller.id,
    automatic: rules.automatic,
    standing: standing?.standing ?? 'holding',
    belowSince,
    graceUntil: belowSince === null ? null : addDays(belowSince, rules.graceDays),
    dueOn: standing?.dueOn ?? null,
    nextReviewOn: nextReview(rules.reviewEvery, today),
    rules,
    measures,
    ...effectiveDiscount(reseller.ownDiscountBp ?? null, tier.discountBp ?? null, programme.discountBp),
    tier: meter(tier),
    /** No tier stands above it, whether rules move anybody or not. */
    isHighest: above.length === 0,
    next: next && {
      ...meter(next),
      ...effectiveDiscount(reseller.ownDiscountBp ?? null, next.discountBp ?? null, programme.discountBp),
    },
  };
}
