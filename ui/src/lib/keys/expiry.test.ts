import { expect, test } from 'vitest';
import { expiresAt, expiryChoices } from './expiry.ts';

const NOW = Date.parse('2027-03-10T12:00:00Z');

test('what the provider does not allow is not offered', () => {
  expect(expiryChoices(null)).toEqual(['365', '90', '30', 'none']);
  expect(expiryChoices(90)).toEqual(['90', '30']);
  expect(expiryChoices(7)).toEqual([]);
});

test('a choice is a moment, without end is none', () => {
  expect(expiresAt('30', '', NOW)).toBe('2027-04-09T12:00:00.000Z');
  expect(expiresAt('none', '', NOW)).toBeNull();
  expect(new Date(expiresAt('date', '2027-05-01', NOW) ?? 0).getDate()).toBe(1);
});
