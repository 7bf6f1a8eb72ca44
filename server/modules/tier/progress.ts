import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { formatAmount } from '../../money.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Programme } from '../programme/entity.ts';
import { effectiveDiscount } from '../reseller/effective-discount.ts';
import { Reseller } from '../reseller/entity.ts';
import { billingDay } from '../revenue/billing-day.ts';
import { addDays, nextReview } from './calendar.ts';
import { hasThresholds, thresholdsOf } from './decide.ts';
import { loadLadder, rungOf } from './ladder.ts';
import { loadMeasures } from './measure.ts';
import { tierRow } from './schemas.ts';
import { TierStanding } from './standing-entity.ts';
import { catchUp } from '../figures/catch-up.ts';

/**
 * How a reseller stands in its tier: what is measured now and what of it counts, what the next tier takes, what is
 * missing, and when it is looked at again. A reseller asks about itself, an admin about any. @throws not_found
 */
export const getTierProgress = verb({
  procedure: 'tiers.progress',
  permission: 'tiers:read',
  mode: 'read',
  input: z.object({ resellerId: z.string().max(60).optional() }),
  run: async (ctx, input) => {
    const { em, now, actor } = ctx;
    const own = tenantOf(actor);
    const id = own ?? (actor.permissions.has('resellers:read') ? input.resellerId : undefined);
    // A reseller that names another one learns no more than from an id that is nobody's.
    const named = own !== null && input.resellerId !== undefined && input.resellerId !== own;
    const reseller = id === undefined || named ? null : await em.findOne(Reseller, id, { populate: ['tier'] });
    if (!reseller) throw new ServiceError('not_found', 'There is no reseller with this id.', '/resellerId');
    await catchUp(em);
    const { tiers, rules } = await loadLadder(em);
    const programme = await em.findOneOrFail(Programme, 1);
    const today = billingDay(now, programme.billingZone);
    const { measured, measures } = (await loadMeasures(em, [reseller.id], rules, today))(reseller.id);
    const digits = (await digitsOf(em))(rules.currency ?? '');
    const standing = await em.findOne(TierStanding, reseller.id);
    const tier = tiers.find((one) => one.id === reseller.tier.id)!;
    const next = tiers.find((one) => one.position > tier.position && hasThresholds(rungOf(one))) ?? null;
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
      next: next && {
        ...meter(next),
        ...effectiveDiscount(reseller.ownDiscountBp ?? null, next.discountBp ?? null, programme.discountBp),
      },
    };
  },
});
