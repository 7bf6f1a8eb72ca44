import { expect, test } from 'vitest';
import { effectiveDiscount } from './effective-discount.ts';

test.each([
  [500, 2000, 1000, 500, 'reseller_rate'],
  [0, 2000, 1000, 0, 'reseller_rate'],
  [null, 2000, 1000, 2000, 'tier_rate'],
  [null, null, 1000, 1000, 'programme_rate'],
])('own %s, tier %s, programme %s gives %s by %s', (own, tier, programme, bp, source) => {
  expect(effectiveDiscount(own, tier, programme)).toEqual({ effectiveDiscountBp: bp, discountSource: source });
});
