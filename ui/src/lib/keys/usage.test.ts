import { expect, test } from 'vitest';
import type { KeyUsage } from '#lib/api/contract.ts';
import { daysOf, refusedOf } from './usage.ts';

const usage = {
  from: '2027-03-08',
  byDay: [
    { day: '2027-03-08', outcome: 'ok', calls: 3 },
    { day: '2027-03-10', outcome: 'ok', calls: 1 },
    { day: '2027-03-10', outcome: 'address_refused', calls: 2 },
    { day: '2027-03-10', outcome: 'rate_limited', calls: 5 },
  ],
} as KeyUsage;

test('days without a call are zero, refused calls stand apart', () => {
  expect(daysOf(usage, '2027-03-10')).toEqual([
    { day: '2027-03-08', answered: 3, refused: 0 },
    { day: '2027-03-09', answered: 0, refused: 0 },
    { day: '2027-03-10', answered: 1, refused: 7 },
  ]);
});

test('reasons come by how often they were given', () => {
  expect(refusedOf(usage)).toEqual([
    { outcome: 'rate_limited', calls: 5 },
    { outcome: 'address_refused', calls: 2 },
  ]);
});
