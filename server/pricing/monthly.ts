import { divideHalfAway } from '../../hooks/prices/round.ts';
import { parseTerm } from '../../hooks/prices/term.ts';

/** Days of a year, and of a month as its twelfth: what a day's or week's term is compared by. */
const DAYS_OF_YEAR = 365n;

/**
 * What an amount for a term is in a month, in the same minor units, rounded half away from zero; for comparisons on
 * screens only, never charged. Null for "once".
 */
export function monthlyEquivalent(minor: bigint, code: string): bigint | null {
  const term = parseTerm(code);
  if (!term) return null;
  return term.months > 0
    ? divideHalfAway(minor, BigInt(term.months))
    : divideHalfAway(minor * DAYS_OF_YEAR, BigInt(term.days * 12));
}
