import { expect, test } from 'vitest';
import { formatBp, formatShare, readBp } from './percent.ts';

test('percent shows the decimals it has', () => {
  expect(formatBp('en', 1500)).toBe('15 %');
  expect(formatBp('en', 1250)).toBe('12.5 %');
  expect(formatBp('de', 1225)).toBe('12,25 %');
  expect(formatShare('en', 4040)).toBe('40.4 %');
  expect(formatShare('en', -2532)).toBe('−25.3 %');
});

test('a typed percentage becomes basis points', () => {
  expect(readBp('12,5 %')).toBe(1250);
  expect(readBp('100')).toBe(10_000);
  expect(['100.01', '7.125', '-5', '', 'x'].map(readBp)).toEqual([null, null, null, null, null]);
});
