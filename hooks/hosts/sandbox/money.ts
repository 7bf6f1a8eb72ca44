import type { MoneyContext } from '../../contract/index.ts';
import { formatMinor, minorUnits } from '../../prices/money.ts';
import type { Host } from './host.ts';
import { Refusal } from './refusal.ts';

/** A currency of this host with its digits. Prices are net: the host adds no tax. */
export function moneyOf({ db }: Host, currency: string): MoneyContext {
  const rows = db.all<{ code: string; digits: number }>('SELECT * FROM currencies ORDER BY rowid');
  const digits = rows.find(({ code }) => code === currency)?.digits;
  if (digits !== undefined) return { currency, digits, tax: 'net' };
  throw new Refusal(
    'currency_unknown',
    `Choose ${rows.map(({ code }) => code).join(', ')}: there are no prices in "${currency}".`,
  );
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

/** The sum of one amount of each entry, in minor units. */
export function sumOf<Name extends string>(digits: number, entries: Record<Name, string>[], name: Name): number {
  return entries.reduce((sum, entry) => sum + toMinor(entry[name], digits), 0);
}
