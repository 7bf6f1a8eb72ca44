import { divideHalfAway } from '../../hooks/prices/round.ts';

/** Days of a year, and of a month as its twelfth: what a day's or week's term is compared by. */
const DAYS_OF_YEAR = 365n;

/**
 * What an amount for a term is in a month, in the same minor units, rounded half away from zero; for comparisons on
 * screens only, never charged. Null for "once".
 */
export function monthlyEquivalent(minor: bigint, term: string): bigint | null {
  const found = /^([1-9][0-9]*)([DWMY])$/.exec(term);
  if (!found) return null;
  const count = BigInt(found[1] ?? '1');
  switch (found[2]) {
    case 'M':
      return divideHalfAway(minor, count);
    case 'Y':
      return divideHalfAway(minor, count * 12n);
    default: {
      const days = found[2] === 'W' ? count * 7n : count;
      return divideHalfAway(minor * DAYS_OF_YEAR, days * 12n);
    }
  }
}
