import type { EntityManager } from '@mikro-orm/postgresql';
import { digitsOf } from '../catalogue/digits.ts';
import { Programme } from '../programme/entity.ts';
import { effectiveDiscount } from '../reseller/effective-discount.ts';
import { statusesWhere } from '../reseller/gates.ts';
import { billingDay } from '../revenue/billing-day.ts';
import type { TaskHandler } from '../task/run.ts';
import { addDays, lastReview } from './calendar.ts';
import { decide, type Measured } from './decide.ts';
import { Tier } from './entity.ts';
import { loadLadder, rungOf } from './ladder.ts';
import { loadMeasures, type Reading } from './measure.ts';
import type { Rung } from './rules.ts';
import { applyInput, checkLadder } from './schemas.ts';
import { simulationInput } from './simulate.ts';
import { catchUp } from '../figures/catch-up.ts';

interface Subject {
  id: string;
  company: string;
  tier: string;
  pinned: boolean;
  own: number | null;
}

/**
 * What other rules would have done: at each first day of a month of the last year, from the tiers of today, and who would
 * be where today. Measures are those of that day, converted at the rates of the payments. Reads alone.
 */
export const runSimulation: TaskHandler = async (ctx, task) => {
  const em = ctx.em.fork();
  const input = simulationInput.parse(task.input);
  const held = await loadLadder(em);
  const digits = (await digitsOf(em))(held.rules.currency ?? '');
  const tiers = input.tiers.map(({ id, ...entered }, position) => {
    const tier = em.create(Tier, { id, name: entered.name, position, version: 1 }, { persist: false });
    applyInput(tier, entered, digits);
    return tier;
  });
  checkLadder(tiers);
  await catchUp(em);
  const rungs = tiers.map(rungOf);
  const rules = { ...input.rules, currency: held.rules.currency };
  const programme = await em.findOneOrFail(Programme, 1);
  const today = billingDay(ctx.now, programme.billingZone);
  const subjects = await loadSubjects(em);
  const months = lastMonths(today);
  const steps = months.length + 1;

  const lowest = tiers[0]!.id;
  const known = new Set(tiers.map(({ id }) => id));
  const start = (subject: Subject) => ({
    tier: known.has(subject.tier) ? subject.tier : lowest,
    pinned: subject.pinned,
    belowSince: null as string | null,
  });
  const positions = new Map(subjects.map((subject) => [subject.id, start(subject)]));
  const moves = [];
  for (const [index, month] of months.entries()) {
    const reading = await loadMeasures(em, null, rules, addDays(month, -1));
    const count = { up: 0, down: 0 };
    for (const subject of subjects) {
      const position = positions.get(subject.id)!;
      const atReview = lastReview(rules.reviewEvery, month) === month;
      const decided = decide(rungs, rules, reading(subject.id).measured, position, month, atReview);
      if (decided.outcome === 'up' || decided.outcome === 'down') count[decided.outcome] += 1;
      positions.set(subject.id, { ...position, tier: decided.tier, belowSince: decided.belowSince });
    }
    moves.push({ month: month.slice(0, 7), ...count });
    await task.progress(index + 1, steps);
  }

  const reading = await loadMeasures(em, null, rules, today);
  const rows = subjects.map((subject) => settle(subject, reading(subject.id), rungs, start(subject)));
  const rate = (list: Tier[], { tier, own }: { tier: string; own: number | null }) =>
    effectiveDiscount(own, list.find(({ id }) => id === tier)?.discountBp ?? null, programme.discountBp)
      .effectiveDiscountBp;
  const rank = new Map(rungs.map(({ id, position }) => [id, position]));
  const detailed = rows.map((row) => {
    const before = { tier: row.from, own: row.own };
    const [was, would] = [rate(held.tiers, before), rate(tiers, { ...before, tier: row.to })];
    return {
      resellerId: row.id,
      company: row.company,
      from: row.from,
      to: row.to,
      move: direction((rank.get(row.to) ?? 0) - (rank.get(row.from) ?? -1)),
      pinned: row.pinned,
      discountBp: { before: was, after: would },
      measures: row.measures,
    };
  });
  await task.progress(steps, steps);
  const amount = (move: string) => detailed.filter((row) => row.move === move).length;
  return {
    asOf: today,
    currency: rules.currency,
    up: amount('up'),
    down: amount('down'),
    same: amount('same'),
    moves,
    rows: detailed,
  };
};

/** Where a reseller would stand once every wait is over. */
function settle(
  subject: Subject,
  { measured, measures }: Reading,
  rungs: Rung[],
  position: { tier: string; pinned: boolean },
) {
  const to = position.pinned ? position.tier : finalTier(rungs, measured, position.tier);
  return { ...subject, from: subject.tier, to, measures };
}

function finalTier(rungs: Rung[], measured: Measured, tier: string): string {
  const patient = { upgrade: 'at_once', graceDays: 0, reviewEvery: 'month' } as const;
  const counts = { newOrders: true, renewals: true, setup: true, refundsDeducted: true };
  const rules = { ...patient, automatic: true, period: 'rolling12' as const, counts };
  return decide(rungs, rules, measured, { tier, pinned: false, belowSince: null }, '2000-01-01', true).tier;
}

function direction(by: number): 'up' | 'down' | 'same' {
  if (by === 0) return 'same';
  return by > 0 ? 'up' : 'down';
}

function loadSubjects(em: EntityManager): Promise<Subject[]> {
  return em.execute<Subject[]>(
    `select r.id, r.company, r.tier_id as tier, r.own_discount_bp as own, s.pinned_at is not null as pinned
       from reseller r left join tier_standing s on s.reseller_id = r.id where r.status in (?) order by lower(r.company), r.id`,
    [statusesWhere(({ tierReviews }) => tierReviews !== 'none')],
  );
}

/** First days of the last twelve months, this one included. */
function lastMonths(today: string): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: 12 }, (_, index) =>
    new Date(Date.UTC(year, month - 1 - 11 + index, 1)).toISOString().slice(0, 10),
  );
}
