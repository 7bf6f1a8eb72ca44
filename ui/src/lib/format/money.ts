export interface Amount {
  currency: string;
  amount: string;
}

/** `symbol` where one currency is on screen, `code` as soon as there are two (screens.md 1.1). */
export type MoneyForm = 'symbol' | 'code';

const formats = new Map<string, Intl.NumberFormat>();

function formatFor(locale: string, currency: string, form: MoneyForm): Intl.NumberFormat {
  const key = `${locale} ${currency} ${form}`;
  let format = formats.get(key);
  if (!format) {
    const currencyDisplay = form === 'code' ? 'code' : 'narrowSymbol';
    format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay });
    formats.set(key, format);
  }
  return format;
}

/** The amount goes to Intl as the string it is: no float on the way. */
const exact = (amount: string): Intl.StringNumericLiteral => amount as Intl.StringNumericLiteral;

export function formatMoney(locale: string, { currency, amount }: Amount, form: MoneyForm = 'symbol'): string {
  return formatFor(locale, currency, form).format(exact(amount));
}

/** An amount before rounding: as many digits as it has. */
export const formatUnrounded = (locale: string, { currency, amount }: Amount): string =>
  new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: Math.max(currencyDigits(currency), amount.split('.')[1]?.length ?? 0),
  }).format(exact(amount));

/** The same in pieces, so that a screen can set the code smaller than the digits. */
export function moneyParts(locale: string, { currency, amount }: Amount, form: MoneyForm): Intl.NumberFormatPart[] {
  return formatFor(locale, currency, form).formatToParts(exact(amount));
}

export const currencySymbol = (locale: string, currency: string): string =>
  formatFor(locale, currency, 'symbol')
    .formatToParts(0)
    .find((part) => part.type === 'currency')?.value ?? currency;

export const currencyDigits = (currency: string): number =>
  formatFor('en', currency, 'symbol').resolvedOptions().maximumFractionDigits ?? 2;

/** What a person typed as an amount, in either decimal sign, as a decimal string of the currency's digits; or null. */
export function readMoney(typed: string, currency: string): string | null {
  const digits = currencyDigits(currency);
  const text = typed.replaceAll(/[\s\u00a0']/g, '');
  const match = /^(\d{1,12})(?:[.,](\d{0,4}))?$/.exec(text);
  if (!match) return null;
  const part = match[2] ?? '';
  if (part.length > digits) return null;
  return digits === 0 ? (match[1] ?? '0') : `${match[1]}.${part.padEnd(digits, '0')}`;
}

/** One line per currency, in the order given. */
export const currenciesOf = (amounts: readonly Amount[]): string[] => [...new Set(amounts.map((row) => row.currency))];
