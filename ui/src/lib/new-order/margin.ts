import type { OrderLine } from '#lib/api/contract.ts';
import { add, isNegative, shareBp, subtract } from '#lib/format/decimal.ts';

/** What stands beside each other on a line: wholesale from the quote, the reseller's price, and the difference. */
export interface Margin {
  wholesale: string;
  yours: string;
  margin: string;
  /** Share of the reseller's price in basis points; null when that is zero. */
  share: number | null;
  loss: boolean;
}

export function marginOf(wholesale: string, yours: string): Margin {
  const margin = subtract(yours, wholesale);
  return { wholesale, yours, margin, share: shareBp(margin, yours), loss: isNegative(margin) };
}

interface OwnPrices {
  yourPrice: string | null;
  yourSetup: string | null;
}

export interface LineMargins {
  recurring: Margin;
  setup: Margin;
  first: Margin;
}

type Priced = Pick<OrderLine, 'price' | 'setup' | 'retailPrice' | 'retailSetup'>;

/** Holds the place of what is not priced yet. */
export const UNPRICED: Priced = { price: '0', setup: '0', retailPrice: null, retailSetup: null };

export function marginsOf(quoted: Priced, own: OwnPrices): LineMargins {
  const recurring = marginOf(quoted.price, own.yourPrice ?? quoted.retailPrice ?? quoted.price);
  const setup = marginOf(quoted.setup, own.yourSetup ?? quoted.retailSetup ?? quoted.setup);
  const first = marginOf(add(recurring.wholesale, setup.wholesale), add(recurring.yours, setup.yours));
  return { recurring, setup, first };
}
