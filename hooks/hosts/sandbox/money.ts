import type { MoneyContext } from '../../contract/index.ts';
import { formatMinor, minorUnits } from '../../prices/money.ts';
import type { Host } from './host.ts';
import { Refusal } from './refusal.ts';

/** Digits of a currency of this host. */
export function digitsOf({ db }: Host, currency: string): number {
  const row = db.get<{ digits: number }>('SELECT digits FROM currencies WHERE code = ?', currency);
  if (row) return row.digits;
  const codes = db.all<{ code: string }>('SELECT code FROM currencies ORDER BY rowid').map(({ code }) => code);
  throw new Refusal('currency_unknown', `There are prices in ${codes.join(', ')}, not in "${currency}".`);
}

/** The host's prices are net: it adds no tax. */
export function moneyOf(host: Host, currency: string): MoneyContext {
  return { currency, digits: digitsOf(host, currency), tax: 'net' };
}

/** Decimal text to minor units. Trailing zeros are no precision: "10.000" USD is 10.00. */
export function toMinor(text: string, digits: number): number {
  if (!/^-?\d{1,12}(\.\d{1,8})?$/.test(text))
    throw new Refusal('bad_request', `Write an amount such as "12.40", not "${text}".`);
  const minor = minorUnits(text, digits);
  if (minor === null)
    throw new Refusal('amount_too_precise', `"${text}" has more than the ${digits} digits of its currency.`);
  return Number(minor);
}

/** Minor units to decimal text with exactly the currency's digits. */
export function toText(minor: number, digits: number): string {
  return formatMinor(BigInt(minor), digits);
}
