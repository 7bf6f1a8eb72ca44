import { formatMinor, minorUnits } from '../hooks/prices/money.ts';

/**
 * An amount in minor units, formatted with exactly the currency's digits: 1240n at 2 digits is "12.40".
 */
export const formatAmount = formatMinor;

/**
 * Decimal text to minor units. The text came from a host or our own records and was checked for its form.
 * @throws RangeError when it has more digits than the currency
 */
export function parseAmount(text: string, digits: number): bigint {
  const minor = minorUnits(text, digits);
  if (minor === null) throw new RangeError(`The amount ${text} has more than ${digits} digits`);
  return minor;
}
