import { powerOfTen, type Decimal } from '../../hooks/prices/money.ts';
import { divideHalfAway, divideUp } from '../../hooks/prices/round.ts';

const WHOLE = 10_000n;

/** Retail in minor units less a discount in basis points, rounded half away from zero (rule 1). */
export function discounted(retail: bigint, bp: number): bigint {
  return divideHalfAway(retail * (WHOLE - BigInt(bp)), WHOLE);
}

/** Cost plus a margin in basis points as minor units, rounded up to the currency's digits (rule 11). */
export function costFloor(cost: Decimal, overCostBp: number, digits: number): bigint {
  return divideUp(cost.units * (WHOLE + BigInt(overCostBp)) * powerOfTen(digits), powerOfTen(cost.scale) * WHOLE);
}
