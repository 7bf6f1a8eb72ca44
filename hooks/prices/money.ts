/** A decimal number held exactly: units / 10^scale, without trailing zeros in the fraction. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const FORM = /^-?[0-9]+(\.[0-9]+)?$/;
const POWERS = Array.from({ length: 64 }, (_, exponent) => 10n ** BigInt(exponent));

/** 10^exponent, exponent from 0. */
export function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}

/**
 * Reads decimal text such as "12.40" or "-3" exactly. Trailing zeros of the fraction carry no meaning.
 * Throws RangeError for text of any other form.
 */
export function parseDecimal(text: string): Decimal {
  if (!FORM.test(text)) throw new RangeError(`"${text}" is not a decimal number such as "12.40"`);
  const dot = text.indexOf('.');
  if (dot === -1) return { units: BigInt(text), scale: 0 };
  let end = text.length;
  while (text.charCodeAt(end - 1) === 48) end -= 1;
  if (end === dot + 1) return { units: BigInt(text.slice(0, dot)), scale: 0 };
  return { units: BigInt(text.slice(0, dot) + text.slice(dot + 1, end)), scale: end - dot - 1 };
}

/**
 * Decimal text to minor units of a currency with that many digits: "12.40" at 2 digits is 1240n.
 * Null when the amount needs more digits than the currency has; "10.000" at 2 digits does not.
 * Throws RangeError for text that is not a decimal number.
 */
export function minorUnits(text: string, digits: number): bigint | null {
  const dot = text.indexOf('.');
  if (dot > 0 && digits > 0 && dot === text.length - 1 - digits && FORM.test(text)) {
    return BigInt(text.slice(0, dot) + text.slice(dot + 1));
  }
  const { units, scale } = parseDecimal(text);
  return scale > digits ? null : units * powerOfTen(digits - scale);
}

/** Minor units to decimal text with exactly the currency's digits: 1240n at 2 digits is "12.40", at 0 digits "1240". */
export function formatMinor(minor: bigint, digits: number): string {
  if (digits === 0) return minor.toString();
  if (minor < 0n) return `-${formatMinor(-minor, digits)}`;
  const text = minor.toString().padStart(digits + 1, '0');
  const dot = text.length - digits;
  return `${text.slice(0, dot)}.${text.slice(dot)}`;
}

/** The one spelling of a decimal number by value: "007.50" is "7.5", "-0.0" is "0". Throws RangeError as parseDecimal. */
export function canonicalDecimal(text: string): string {
  const { units, scale } = parseDecimal(text);
  return formatMinor(units, scale);
}
