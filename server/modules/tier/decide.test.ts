import { expect, test } from 'vitest';
import { lastReview, nextReview, yearBefore } from './calendar.ts';
import { decide, type Position } from './decide.ts';
import type { RulesOfTiers, Rung } from './rules.ts';

const rung = (id: string, position: number, minRevenue: bigint | null, more: Partial<Rung> = {}): Rung => ({
  id,
  position,
  minRevenue,
  minServices: null,
  minOrders: null,
  match: 'all',
  ...more,
});
const ladder = [rung('gold', 3, 1000n), rung('bronze', 1, null), rung('silver', 2, 100n)];
const rules: RulesOfTiers = {
  automatic: true,
  period: 'rolling12',
  counts: { newOrders: true, renewals: true, setup: true, refundsDeducted: true },
  upgrade: 'at_once',
  reviewEvery: 'quarter',
  graceDays: 30,
};
const at = (tier: string, belowSince: string | null = null): Position => ({ tier, pinned: false, belowSince });
const measured = (revenue: bigint) => ({ revenue, activeServices: 0, newOrders: 0 });

test.each([
  ['exactly the threshold is enough', 100n, 'silver'],
  ['one cent less is not', 99n, 'bronze'],
  ['refunds beyond payments leave the lowest', -5n, 'bronze'],
  ['a tier in between is passed over', 5000n, 'gold'],
])('%s', (_name, revenue, tier) => {
  expect(decide(ladder, rules, measured(revenue), at('bronze'), '2027-02-10', false).tier).toBe(tier);
});

test('below its tier it waits for the first review at or after the end of the grace', () => {
  const first = decide(ladder, rules, measured(5n), at('silver'), '2027-02-10', false);
  expect(first).toMatchObject({ outcome: 'at_risk', tier: 'silver', belowSince: '2027-02-10', dueOn: '2027-04-01' });
  const early = decide(ladder, rules, measured(5n), at('silver', '2027-03-03'), '2027-04-01', true);
  expect(early).toMatchObject({ outcome: 'at_risk', dueOn: '2027-07-01' });
  const onTheDay = decide(ladder, rules, measured(5n), at('silver', '2027-03-02'), '2027-04-01', true);
  expect(onTheDay).toMatchObject({ outcome: 'down', tier: 'bronze', belowSince: null });
});

test('a grace that ends on the day of a review is due on that day', () => {
  const { dueOn } = decide(ladder, rules, measured(5n), at('silver', '2027-03-02'), '2027-03-20', false);
  expect(dueOn).toBe('2027-04-01');
});

test('without grace a review lowers at once, another day does not', () => {
  const strict = { ...rules, graceDays: 0 };
  expect(decide(ladder, strict, measured(5n), at('gold'), '2027-04-01', true).tier).toBe('bronze');
  expect(decide(ladder, strict, measured(5n), at('gold'), '2027-04-02', false).outcome).toBe('at_risk');
});

test('a fall over two tiers stops at the one whose thresholds are met', () => {
  expect(decide(ladder, rules, measured(100n), at('gold', '2027-01-01'), '2027-04-01', true).tier).toBe('silver');
});

test('a pin holds against rules in both directions', () => {
  for (const revenue of [0n, 5000n]) {
    const pinned = { tier: 'silver', pinned: true, belowSince: '2020-01-01' };
    expect(decide(ladder, rules, measured(revenue), pinned, '2027-04-01', true)).toMatchObject({
      outcome: 'pinned',
      tier: 'silver',
    });
  }
});

test('any: one threshold of several is enough; all: each is asked for', () => {
  const both = { minServices: 3, minOrders: 2 };
  const reached = { revenue: 0n, activeServices: 3, newOrders: 1 };
  for (const [match, tier] of [
    ['any', 'silver'],
    ['all', 'bronze'],
  ] as const) {
    const rungs = [rung('bronze', 1, null), rung('silver', 2, 100n, { ...both, match })];
    expect(decide(rungs, rules, reached, at('bronze'), '2027-02-10', false).tier).toBe(tier);
  }
});

test('reviews are on the first day of a month, quarter or year', () => {
  expect(lastReview('month', '2027-03-31')).toBe('2027-03-01');
  expect(lastReview('quarter', '2027-03-31')).toBe('2027-01-01');
  expect(lastReview('year', '2027-12-31')).toBe('2027-01-01');
  expect(nextReview('month', '2027-12-01')).toBe('2028-01-01');
  expect(nextReview('quarter', '2027-10-01')).toBe('2028-01-01');
});

test.each([
  ['2027-02-28', '2026-03-01'],
  ['2028-02-29', '2027-03-01'],
  ['2028-02-28', '2027-02-28'],
  ['2027-03-10', '2026-03-11'],
])('the twelve months that end with %s begin on %s', (until, from) => {
  expect(yearBefore(until)).toBe(from);
});
