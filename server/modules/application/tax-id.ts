import stdnum from 'stdnum';
import type { TaxIdCheck } from './schemas.ts';

export interface Checked {
  check: TaxIdCheck;
  /** What the number is, in the words of its country: "USt ID Nr."; null unless it passed. */
  kind: string | null;
  /** Names of the numbers that would pass, for the message. */
  expected: string[];
}

/**
 * Checks form and check digits of a tax ID by its country; companies' and persons' numbers both count, since sole traders
 * apply too. A VAT number may carry its country's prefix. No registry is asked.
 */
export function checkTaxId(country: string | null, value: string): Checked {
  const text = value.trim();
  const known =
    country === null ? [] : [stdnum.entityValidators[country] ?? [], stdnum.personValidators[country] ?? []].flat();
  if (text === '' || known.length === 0) return { check: 'unchecked', kind: null, expected: [] };
  const expected = [...new Set(known.map((one) => (one.abbreviation ?? one.name).trim()))];
  const passed = known.find((one) => passes(one, text));
  if (!passed) return { check: 'wrong', kind: null, expected };
  return { check: 'ok', kind: (passed.abbreviation ?? passed.name).trim(), expected };
}

function passes(validator: (typeof stdnum.entityValidators)[string][number], text: string): boolean {
  try {
    return validator.validate(text).isValid;
  } catch {
    // The library throws for a few texts that hold no digits at all.
    return false;
  }
}
