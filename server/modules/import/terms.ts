import type { ImportRow } from './schemas.ts';

/** The own discount in basis points; null takes the tier's. The form was checked: "12.5" percent is 1250. */
export function discountBpOf({ discount }: ImportRow): number | null {
  if (discount === null) return null;
  const [whole = '0', part = ''] = discount.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}
