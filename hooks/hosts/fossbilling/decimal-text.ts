/** FOSSBilling sends amounts as JSON numbers, as text, or not at all. */
export type LooseNumber = number | string | null | undefined;

const FORM = /^(-?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?$/;

/**
 * A loose number as decimal text without exponent; null when there is none. A JSON number becomes the shortest text
 * that reads back as the same number, which is what the host wrote; no arithmetic is done on it.
 * Throws RangeError for anything else, such as "1,000.00" or NaN.
 */
export function decimalText(value: LooseNumber): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value).trim();
  if (text === '') return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = FORM.exec(text) ?? [];
  if (whole === '' && fraction === '') throw new RangeError(`"${text}" from the host is not a number`);
  return sign + shift(whole, fraction, Number(exponent));
}

/** Moves the decimal point by writing zeros, not by arithmetic. */
function shift(whole: string, fraction: string, places: number): string {
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = digits.padEnd(point, '0').padStart(digits.length + Math.max(0, 1 - point), '0');
  const at = Math.max(1, point);
  const [left, right] = [padded.slice(0, at), padded.slice(at)];
  return right === '' ? left : `${left}.${right}`;
}
