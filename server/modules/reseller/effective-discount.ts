import type { ResellerRow } from './schemas.ts';

/**
 * The rate that applies where no book or scoped discount does: own, else the tier's, else the programme's
 * (pricing.md rules 7 and 8). Basis points.
 */
export function effectiveDiscount(
  ownBp: number | null,
  tierBp: number | null,
  programmeBp: number,
): Pick<ResellerRow, 'effectiveDiscountBp' | 'discountSource'> {
  if (ownBp !== null) return { effectiveDiscountBp: ownBp, discountSource: 'reseller_rate' };
  if (tierBp !== null) return { effectiveDiscountBp: tierBp, discountSource: 'tier_rate' };
  return { effectiveDiscountBp: programmeBp, discountSource: 'programme_rate' };
}
