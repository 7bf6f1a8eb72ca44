import type { MoneyContext } from '../../contract/index.ts';
import { formatMinor, minorUnits } from '../../prices/money.ts';
import type { Host } from './host.ts';
import { refuse } from './refusal.ts';

/** A currency of this host with its digits. Prices are net: the host adds no tax. */
export function moneyOf({ db }: Host, currency: string): MoneyContext {
  const row = db.get<{ digits: number }>('SELECT digits FROM currencies WHERE code = ?', currency);
  return row
    ? { currency, digits: row.digits, tax: 'net' }
    : refuse('currency_unknown', `Nothing is sold in "${currency}".`);
}

/** Decimal text to minor units. Trailing zeros are no precision: "10.000" USD is 10.00. */
export function toMinor(text: string, digits: number): number {
  const isAmount = /^-?\d{1,12}(\.\d{1,8})?$/.test(text);
  const minor = isAmount
    ? minorUnits(text, digits)
    : refuse('bad_request', `Write an amount such as "12.40", not "${text}".`);
  return Number(minor ?? refuse('amount_too_precise', `"${text}" has more than the ${digits} digits of its currency.`));
}

/** Minor units to decimal text with exactly the currency's digits. */
export function toText(minor: number, digits: number): string {
  return formatMinor(BigInt(minor), digits);
}

/** The sum of one amount of each entry, in minor units. */
export function sumOf<Name extends string>(digits: number, entries: Record<Name, string>[], name: Name): number {
  return entries.reduce((sum, entry) => sum + toMinor(entry[name], digits), 0);
}
