import { expect, test } from 'vitest';
import { monthlyEquivalent } from './monthly.ts';

test.each([
  [999n, '1M', 999n],
  [1000n, '3M', 333n],
  [-1000n, '3M', -333n],
  [12_006n, '1Y', 1001n],
  [24_000n, '2Y', 1000n],
  // A week's price for a year of 365 days, a twelfth of it: 700 / 7 × 365 / 12 = 3041.67.
  [700n, '1W', 3042n],
  [100n, '1D', 3042n],
  [3000n, '30D', 3042n],
])('%s minor units for %s are %s a month', (minor, term, monthly) => {
  expect(monthlyEquivalent(minor, term)).toBe(monthly);
});

test('what is paid once is nothing a month', () => {
  expect(monthlyEquivalent(1000n, 'once')).toBeNull();
});
