import { expect, test } from 'vitest';
import type { ServiceContext } from '../../context.ts';
import { type RangeInput, readPeriod, shiftMonth } from './period.ts';

const period = (at: string, range: RangeInput['range'], ends: Partial<RangeInput> = {}) =>
  readPeriod(
    {
      now: new Date(at),
      em: { findOneOrFail: async () => ({ billingZone: 'Europe/Berlin' }) },
    } as unknown as ServiceContext,
    { range, ...ends },
  );

test.each([
  ['2027-03-31T22:30:00Z', 'today', '2027-04-01', '2027-04-01', '2027-03-31', '2027-03-31'],
  ['2027-03-08T10:00:00Z', '7d', '2027-03-02', '2027-03-08', '2027-02-23', '2027-03-01'],
  ['2027-03-31T10:00:00Z', 'this_month', '2027-03-01', '2027-03-31', '2027-02-01', '2027-02-28'],
  ['2027-03-15T10:00:00Z', 'this_month', '2027-03-01', '2027-03-15', '2027-02-01', '2027-02-15'],
  ['2027-01-15T10:00:00Z', 'last_month', '2026-12-01', '2026-12-31', '2026-11-01', '2026-11-30'],
  ['2027-01-15T10:00:00Z', '12m', '2026-02-01', '2027-01-15', '2025-02-01', '2026-01-31'],
] as const)(
  '%s: %s is %s to %s, compared with %s to %s',
  async (at, range, from, until, previousFrom, previousUntil) => {
    expect(await period(at, range)).toMatchObject({
      from,
      until,
      previous: { from: previousFrom, until: previousUntil },
    });
  },
);

test('a custom range needs two ends in order, of ten years at most', async () => {
  const at = '2027-01-15T10:00:00Z';
  expect(await period(at, 'custom', { from: '2027-01-05', until: '2027-01-06' })).toMatchObject({
    previous: { from: '2027-01-03', until: '2027-01-04' },
  });
  for (const ends of [{}, { from: '2027-01-02', until: '2027-01-01' }, { from: '2001-01-01', until: '2027-01-01' }]) {
    await expect(period(at, 'custom', ends)).rejects.toMatchObject({ code: 'bad_input' });
  }
});

test('months are counted over years', () => {
  expect([shiftMonth('2027-01-31', -1), shiftMonth('2026-12-05', 1)]).toEqual(['2026-12-01', '2027-01-01']);
});
