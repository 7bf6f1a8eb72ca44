import { expect, test } from 'vitest';
import { formatAge, formatDay, today } from './dates.ts';

test('calendar dates do not move with the zone', () => {
  expect(formatDay('en', '2027-04-01')).toBe('Apr 1, 2027');
  expect(formatDay('en-GB', '2027-01-01')).toBe('1 Jan 2027');
});

test('moments are relative for a day', () => {
  const now = Date.parse('2027-03-16T12:00:00Z');
  expect(formatAge('en', '2027-03-16T11:56:00Z', now)).toBe('4 min. ago');
  expect(formatAge('en', '2027-03-16T09:00:00Z', now)).toBe('3 hr. ago');
  expect(formatAge('en', '2027-03-16T11:59:50Z', now)).toBe('now');
  expect(formatAge('en', '2027-03-12T11:59:50Z', now)).toContain('2027');
});

test('today is a date of the zone', () => {
  expect(today('Europe/Berlin')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});
