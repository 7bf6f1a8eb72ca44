/**
 * Exact arithmetic on decimal strings, for what a screen may work out by itself: a margin, a difference, a share.
 * Prices come from the server.
 */
interface Exact {
  value: bigint;
  digits: number;
}

const PATTERN = /^-?\d+(\.\d+)?$/;

export const isDecimal = (text: string): boolean => PATTERN.test(text);

function parse(text: string): Exact {
  if (!isDecimal(text)) throw new RangeError(`Not a decimal: ${text}`);
  const [whole = '0', part = ''] = text.split('.');
  return { value: BigInt(whole + part), digits: part.length };
}

function print({ value, digits }: Exact): string {
  const negative = value < 0n;
  const text = (negative ? -value : value).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  return `${negative ? '-' : ''}${text.slice(0, cut)}${digits > 0 ? `.${text.slice(cut)}` : ''}`;
}

function align(one: string, other: string): [bigint, bigint, number] {
  const [a, b] = [parse(one), parse(other)];
  const digits = Math.max(a.digits, b.digits);
  return [a.value * 10n ** BigInt(digits - a.digits), b.value * 10n ** BigInt(digits - b.digits), digits];
}

export function add(one: string, other: string): string {
  const [a, b, digits] = align(one, other);
  return print({ value: a + b, digits });
}

export function subtract(one: string, other: string): string {
  const [a, b, digits] = align(one, other);
  return print({ value: a - b, digits });
}

export function times(amount: string, count: number): string {
  const { value, digits } = parse(amount);
  return print({ value: value * BigInt(count), digits });
}

export const sum = (amounts: readonly string[]): string => amounts.reduce((total, amount) => add(total, amount), '0');

export function compare(one: string, other: string): number {
  const [a, b] = align(one, other);
  return a < b ? -1 : a > b ? 1 : 0;
}

export const isNegative = (amount: string): boolean => parse(amount).value < 0n;
export const isZero = (amount: string): boolean => parse(amount).value === 0n;

const halfAway = (value: bigint, by: bigint): bigint => {
  const magnitude = value < 0n ? -value : value;
  const rounded = (magnitude * 2n + by) / (by * 2n);
  return value < 0n ? -rounded : rounded;
};

/** Part of a whole in basis points; null when there is no whole. */
export function shareBp(part: string, whole: string): number | null {
  const [a, b] = align(part, whole);
  if (b === 0n) return null;
  const sign = b < 0n ? -1n : 1n;
  return Number(halfAway(a * 10_000n * sign, b * sign));
}

/** An amount divided by a count, at the digits it has: for equivalents that are marked as such. */
export function divide(amount: string, count: number): string {
  const { value, digits } = parse(amount);
  return print({ value: halfAway(value, BigInt(count)), digits });
}
