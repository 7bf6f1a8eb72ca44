import { formatAmount, parseAmount } from '../../money.ts';

export interface Amount {
  currency: string;
  amount: string;
}

/** Sums by currency, minor units, as they leave the service; the currency with most booked lines first (screens 1.1). */
export function amounts(
  rows: { currency: string; amount: string; lines?: number }[],
  digits: (currency: string) => number,
): Amount[] {
  return rows
    .toSorted((a, b) => (b.lines ?? 0) - (a.lines ?? 0) || (a.currency < b.currency ? -1 : 1))
    .map(({ currency, amount }) => ({ currency, amount: formatAmount(BigInt(amount), digits(currency)) }));
}

/** Decimal text of the database ("17.4", "0") with the currency's digits. */
export function decimal(text: string, digits: number): string {
  return formatAmount(parseAmount(text, digits), digits);
}
