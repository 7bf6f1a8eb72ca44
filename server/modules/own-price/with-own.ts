import { formatAmount } from '../../money.ts';
import { ServiceError } from '../../errors.ts';
import { minorUnits } from '../../../hooks/prices/money.ts';
import { ownLineOf, type OwnRule } from '../../pricing/own-price.ts';
import type { OrderLine } from '../order/schemas.ts';
import type { PricedOrder } from '../quote/price-lines.ts';

/** What the reseller asks of its customer for a line: its price of the first term and its setup fees, typed for this order. */
export interface TypedPrice {
  price: string;
  setup: string;
}

/**
 * Puts the reseller's own prices on the lines of its order: typed ones first, else those of its list; null where neither
 * says one. They go no further than this record: the host never hears of them. @throws bad_input
 */
export function withOwn(
  lines: OrderLine[],
  { digits, view, cellOf }: PricedOrder,
  currency: string,
  rules: readonly OwnRule[],
  typed: readonly (TypedPrice | null)[] = [],
): OrderLine[] {
  return lines.map((line, index) => {
    const entered = typed[index];
    if (entered)
      return { ...line, own: { ...checked(entered, digits, `/ownPrices/${index}`), source: 'order' as const } };
    const own = ownLineOf(rules, {
      product: line.product,
      group: view.products.get(line.product)?.group ?? '',
      term: line.term,
      currency,
      digits,
      quantity: line.quantity,
      setupPerQuantity: view.setupPerQuantity,
      cells: cellOf(line).prices.cells,
      parts: line.components,
    });
    if (own === null) return { ...line, own: null };
    const text = (minor: bigint) => formatAmount(minor, digits);
    return { ...line, own: { price: text(own.price), setup: text(own.setup), source: 'list' as const } };
  });
}

function checked({ price, setup }: TypedPrice, digits: number, path: string): TypedPrice {
  const text = (amount: string, field: string) => {
    const minor = minorUnits(amount, digits);
    if (minor !== null && minor >= 0n) return formatAmount(minor, digits);
    throw new ServiceError('bad_input', `Enter an amount with at most ${digits} decimal digits.`, `${path}/${field}`);
  };
  return { price: text(price, 'price'), setup: text(setup, 'setup') };
}
