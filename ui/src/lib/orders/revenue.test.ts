import { expect, test } from 'vitest';
import { dailyOf } from './revenue.ts';

const summary = {
  from: '2027-02-27',
  until: '2027-03-02',
  zone: 'UTC',
  totals: [],
  previous: [],
  byDay: [
    { day: '2027-02-28', currency: 'EUR', amount: '9.90' },
    { day: '2027-03-02', currency: 'EUR', amount: '35.70' },
    { day: '2027-03-02', currency: 'USD', amount: '80.00' },
  ],
};

test('every day has a bar, and the best day is told', () => {
  expect(dailyOf(summary, 'EUR').values).toEqual([0, 9.9, 0, 35.7]);
  expect(dailyOf(summary, 'EUR').best).toMatchObject({ day: '2027-03-02', amount: '35.70' });
  expect(dailyOf(summary, 'GBP')).toEqual({ values: [0, 0, 0, 0], best: null });
});
