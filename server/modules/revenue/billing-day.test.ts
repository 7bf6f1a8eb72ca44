import { expect, test } from 'vitest';
import { billingDay } from './billing-day.ts';

test.each([
  ['2027-03-27T23:30:00Z', 'Europe/Berlin', '2027-03-28'],
  ['2027-03-28T21:59:00Z', 'Europe/Berlin', '2027-03-28'],
  ['2027-03-28T22:00:00Z', 'Europe/Berlin', '2027-03-29'],
  ['2027-01-01T04:59:00Z', 'America/New_York', '2026-12-31'],
  ['2027-01-01T00:00:00Z', 'UTC', '2027-01-01'],
])('%s is %s in %s', (at, zone, day) => {
  expect(billingDay(new Date(at), zone)).toBe(day);
});
