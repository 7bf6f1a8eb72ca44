import { minorUnits } from '../../hooks/prices/money.ts';
import { CHARGE_KINDS, type Charge, type ChargeKind } from './kinds.ts';
import type { StackSlice } from './stack-slice.ts';
import type { BookSource, DiscountSource, Source } from './sources.ts';

/** The rule that wins for a charge and the basis points it gives; null for retail, which is no discount. */
export interface RateWinner {
  readonly source: Source;
  readonly bp: number | null;
}

const DISCOUNT_LEVELS: readonly DiscountSource[] = ['reseller_product', 'reseller_group', 'tier_product', 'tier_group'];
const BOOK_LEVELS: readonly BookSource[] = ['reseller_book', 'tier_book'];
const RETAIL: RateWinner = { source: 'retail', bp: null };

/** Levels 3 to 10 of the precedence, by kind of charge: the first rule that covers the kind (rules 7 to 9). */
export function rateWinners(slice: StackSlice): Readonly<Record<ChargeKind, RateWinner>> {
  const winners = { base: RETAIL, option: RETAIL, addon: RETAIL, domain: RETAIL, setup: RETAIL };
  for (const kind of CHARGE_KINDS) winners[kind] = rateWinner(slice, kind);
  return winners;
}

function rateWinner(slice: StackSlice, kind: ChargeKind): RateWinner {
  for (const source of DISCOUNT_LEVELS) {
    const rule = slice.discounts.find((each) => each.source === source && each.kinds.includes(kind));
    if (rule !== undefined) return { source, bp: rule.bp };
  }
  const { rate } = slice;
  return rate !== null && rate.kinds.includes(kind) ? { source: rate.source, bp: rate.bp } : RETAIL;
}

/** A fixed amount from a price book, in minor units. */
export interface BookWinner {
  readonly source: BookSource;
  readonly amount: bigint;
}

/** Levels 1 and 2: finds the fixed amount of a charge; an empty cell inherits (rules 7 and 9). Null when no book sets one. */
export type FindBook = (
  component: string,
  term: string,
  currency: string,
  charge: Charge,
  digits: number,
) => BookWinner | null;

/** Prepares the look-up of levels 1 and 2 for a slice; null when it has no books. */
export function bookFinder(slice: StackSlice): FindBook | null {
  if (slice.books.length === 0) return null;
  const amounts = new Map<string, { source: BookSource; amount: string }>();
  for (const source of BOOK_LEVELS) {
    for (const book of slice.books) {
      if (book.source !== source) continue;
      for (const charge of ['price', 'setup'] as const) {
        const amount = book[charge];
        const key = chargeKey(book.component, book.term, book.currency, charge);
        if (amount !== null && !amounts.has(key)) amounts.set(key, { source, amount });
      }
    }
  }
  return (component, term, currency, charge, digits) => {
    const found = amounts.get(chargeKey(component, term, currency, charge));
    if (found === undefined) return null;
    const amount = minorUnits(found.amount, digits);
    if (amount === null) throw new RangeError(`The fixed price ${found.amount} ${currency} has too many digits`);
    return { source: found.source, amount };
  };
}

/** Text that names a charge within a product; no identifier holds a tab. */
export function chargeKey(component: string, term: string, currency: string, charge: Charge): string {
  return `${component}\t${term}\t${currency}\t${charge}`;
}
