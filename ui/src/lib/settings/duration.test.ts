import { expect, test } from 'vitest';
import { secondsOf, unitOf } from './duration.ts';

test('a time is said in the largest unit that leaves a whole number', () => {
  expect([900, 604_800, 5400, 61, 0, 86_400].map(unitOf)).toEqual([
    'minutes',
    'days',
    'minutes',
    'seconds',
    'seconds',
    'days',
  ]);
});

test('what is typed is kept in seconds, parts of a unit too; nothing is nothing', () => {
  expect(secondsOf('15', 'minutes')).toBe(900);
  expect(secondsOf('1.5', 'hours')).toBe(5400);
  expect(secondsOf(' ', 'days')).toBeNull();
});
