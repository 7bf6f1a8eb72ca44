import { powerOfTen, type Decimal } from './money.ts';

/** numerator / denominator, rounded half away from zero (rule 1). The denominator must be above 0. */
export function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  const twice = 2n * denominator;
  return numerator < 0n ? -((-numerator * 2n + denominator) / twice) : (numerator * 2n + denominator) / twice;
}

/** numerator / denominator, rounded towards plus infinity. The denominator must be above 0. */
export function divideUp(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator > 0n && numerator % denominator !== 0n ? quotient + 1n : quotient;
}

/** A decimal number as minor units of a currency with that many digits, half away from zero. */
export function roundDecimal(value: Decimal, digits: number): bigint {
  if (value.scale <= digits) return value.units * powerOfTen(digits - value.scale);
  return divideHalfAway(value.units, powerOfTen(value.scale - digits));
}
