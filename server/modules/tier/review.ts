import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { withRetry } from '../../platform/database/retry.ts';
import { record } from '../activity/record.ts';
import { Programme } from '../programme/entity.ts';
import { changeTerms } from '../reseller/change-terms.ts';
import { Reseller } from '../reseller/entity.ts';
import { gates, statusesWhere } from '../reseller/gates.ts';
import { billingDay } from '../revenue/billing-day.ts';
import { lastReview } from './calendar.ts';
import { decide, type Decided, thresholdsOf } from './decide.ts';
import type { Tier } from './entity.ts';
import { type HeldRules, loadLadder, rungOf } from './ladder.ts';
import { loadMeasures, type Reading } from './measure.ts';
import { recordDecision } from './record-decision.ts';
import { TierStanding } from './standing-entity.ts';
import { catchUp } from '../figures/catch-up.ts';

/**
 * Looks at the resellers whose measures changed, and at all of them on the first run on or after a day of review. Each
 * has a transaction of its own, so one that fails keeps its turn and holds up nobody. Safe to run again, and in several
 * processes at once. Returns how many moved.
 */
export async function reviewTiers(ctx: ServiceContext): Promise<{ looked: number; moved: number }> {
  const em = ctx.em.fork();
  await catchUp(em);
  const { rules } = await loadLadder(em);
  const programme = await em.findOneOrFail(Programme, 1);
  const today = billingDay(ctx.now, programme.billingZone);
  const review = lastReview(rules.reviewEvery, today);
  const atReview = rules.automatic && rules.lastReviewOn !== null && rules.lastReviewOn < review;
  const due = await em.execute<{ id: string }[]>(
    `select r.id from reseller r left join tier_standing s on s.reseller_id = r.id
      where r.status in (?) and (exists (select from tier_dirty d where d.reseller_id = r.id)
                                 or (? and coalesce(s.reviewed_on, '-infinity') < ?::date)) order by r.id`,
    [statusesWhere(({ tierReviews }) => tierReviews === 'held'), atReview, review],
  );
  const result = { looked: 0, moved: 0 };
  let failure: unknown;
  for (const { id } of due) {
    try {
      const outcome = await reviewReseller(ctx, id, today, atReview ? review : null);
      result.looked += 1;
      if (outcome === 'up' || outcome === 'down') result.moved += 1;
    } catch (error) {
      failure = error;
      ctx.log.warn({ reseller: id, error: String(error) }, 'tier review failed');
    }
  }
  if (failure) throw failure;
  // What is not reviewed now is marked again when its status allows it.
  await em.execute('delete from tier_dirty d using reseller r where r.id = d.reseller_id and r.status not in (?)', [
    statusesWhere(({ tierReviews }) => tierReviews === 'held'),
  ]);
  // The first review after switching on is the next one: nobody loses a tier on the day the rules are made.
  if (atReview || rules.lastReviewOn === null) {
    await em.execute('update tier_rules set last_review_on = ? where id = 1 and version = ?', [review, rules.version]);
  }
  return result;
}

/** Measures one reseller, decides, and carries the decision out, in one transaction; `review` is the day of one, if it is. */
export function reviewReseller(
  ctx: ServiceContext,
  resellerId: string,
  today: string,
  review: string | null,
): Promise<Decided['outcome'] | null> {
  return withRetry(() =>
    ctx.em.fork().transactional(async (em) => {
      const inside = { ...ctx, em };
      const reseller = await em.findOneOrFail(Reseller, { id: resellerId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      // Before measuring: what is booked from here on marks it again.
      await em.execute('delete from tier_dirty where reseller_id = ?', [resellerId]);
      if (gates[reseller.status].tierReviews !== 'held') return null;
      const { tiers, rungs, rules } = await loadLadder(em);
      const reading = (await loadMeasures(em, [resellerId], rules, today))(resellerId);
      const standing = await loadStandingRow(inside, resellerId);
      const atReview = review !== null;
      if (atReview) standing.reviewedOn = review;
      const decided = decide(
        rungs,
        rules,
        reading.measured,
        { tier: reseller.tier.id, pinned: Boolean(standing.pinnedAt), belowSince: standing.belowSince ?? null },
        today,
        atReview && rules.automatic,
      );
      await carryOut(inside, { reseller, rules, tiers, reading, standing, decided, atReview });
      return decided.outcome;
    }),
  );
}

/** The row of a reseller's standing, made when it is missing. */
export async function loadStandingRow({ em }: ServiceContext, resellerId: string): Promise<TierStanding> {
  await em.execute('insert into tier_standing (reseller_id) values (?) on conflict do nothing', [resellerId]);
  return em.findOneOrFail(TierStanding, resellerId, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

interface Case {
  reseller: Reseller;
  rules: HeldRules;
  tiers: Tier[];
  reading: Reading;
  standing: TierStanding;
  decided: Decided;
  atReview: boolean;
}

async function carryOut(ctx: ServiceContext, found: Case): Promise<void> {
  const { reseller, rules, tiers, reading, standing, atReview } = found;
  const moves = found.decided.outcome === 'up' || found.decided.outcome === 'down';
  // With the rules off the standing still says where they would put everybody; nothing moves, nothing is decided.
  const decided = moves && !rules.automatic ? { ...found.decided, outcome: 'upgrade_ready' as const } : found.decided;
  const fromTier = reseller.tier.id;
  const before = standing.standing;
  const after = standingAfter(decided.outcome);
  ctx.em.assign(standing, {
    standing: after,
    targetTier: decided.target,
    belowSince: decided.belowSince,
    dueOn: decided.dueOn,
    measures: reading.measures,
    measuredAt: ctx.now,
    revenue: reading.measured.revenue,
  });
  if (!rules.automatic) return;
  if (atReview || moves || before !== after) {
    recordDecision(ctx, {
      resellerId: reseller.id,
      cause: atReview ? 'review' : 'threshold',
      outcome: decided.outcome === 'pinned' ? 'hold' : decided.outcome,
      fromTier,
      toTier: decided.tier,
      inputs: inputsOf(found),
      note: null,
    });
  }
  if (!moves) return;
  record(ctx, {
    action: decided.outcome === 'up' ? 'tier.upgraded' : 'tier.downgraded',
    subject: { type: 'reseller', id: reseller.id },
    resellerId: reseller.id,
    before: { tier: fromTier },
    after: { tier: decided.tier },
    event: { resellerId: reseller.id, from: fromTier, to: decided.tier },
  });
  const tier = tiers.find(({ id }) => id === decided.tier)!;
  const ownDiscountBp = reseller.ownDiscountBp ?? null;
  await changeTerms(ctx, [{ reseller, tier, ownDiscountBp, cause: atReview ? 'review' : 'threshold' }]);
}

function standingAfter(outcome: Decided['outcome']): TierStanding['standing'] {
  if (outcome === 'pinned' || outcome === 'upgrade_ready' || outcome === 'at_risk') return outcome;
  return 'holding';
}

/** Everything a decision was made from, so that it can be understood when the rules are others. */
function inputsOf({ rules, tiers, reading, standing, decided }: Case): Record<string, unknown> {
  const { period, counts, upgrade, reviewEvery, graceDays, version } = rules;
  return {
    measures: reading.measures,
    target: decided.target,
    pinned: Boolean(standing.pinnedAt),
    belowSince: decided.belowSince,
    rules: { period, counts, upgrade, reviewEvery, graceDays, version },
    thresholds: tiers.map((tier) => ({
      tier: tier.id,
      name: tier.name,
      match: tier.match,
      thresholds: thresholdsOf(rungOf(tier), reading.measured).map(({ measure, needed, have }) => ({
        measure,
        needed: needed.toString(),
        have: have.toString(),
      })),
    })),
  };
}
