import { expect, test } from 'vitest';
import { monthsOf } from './months.ts';

test('twelve months up to the running one, zero where nothing was paid, the tallest fills the height', () => {
  const months = monthsOf(
    [
      { start: '2027-02-01', currency: 'EUR', amount: '50.00' },
      { start: '2027-03-01', currency: 'EUR', amount: '200.00' },
      { start: '2027-03-01', currency: 'USD', amount: '900.00' },
    ],
    'EUR',
    '2027-03-16',
  );
  expect(months.map(({ start }) => start)).toHaveLength(12);
  expect(months[0]).toEqual({ start: '2026-04-01', amount: '0', height: 0 });
  expect(months.slice(-2)).toEqual([
    { start: '2027-02-01', amount: '50.00', height: 25 },
    { start: '2027-03-01', amount: '200.00', height: 100 },
  ]);
});

test('what was refunded more than paid is a month without a bar', () => {
  const points = [{ start: '2027-03-01', currency: 'EUR', amount: '-5.00' }];
  expect(monthsOf(points, 'EUR', '2027-03-16').at(-1)).toEqual({ start: '2027-03-01', amount: '-5.00', height: 0 });
});
