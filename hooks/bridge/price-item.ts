import type { OrderItem, PriceIndex, PricedLine } from '../contract/index.ts';
import { formatMinor } from '../prices/money.ts';
import { priceLine, type PricedLineAmounts } from '../prices/price-line.ts';
import type { RefusalCode } from './types.ts';
import type { BridgeStore } from './store.ts';

/** Which list prices an item, in what currency, and the currency's digits at the host. */
export interface PriceContext {
  index: PriceIndex;
  listHash: string;
  currency: string;
  digits: number;
}

/** A priced line, or why there is none. */
export type PricedItem = { line: PricedLine } | { code: RefusalCode; message: string };

/**
 * Prices one item from a stored list: look-up and sums only. A product that the list lacks is not offered: lists are
 * stored whole, so its absence is no accident. A stored list that cannot be read is `prices_missing`. Never throws.
 */
export function priceItem(store: BridgeStore, context: PriceContext, item: OrderItem): PricedItem {
  const { index, listHash, currency, digits } = context;
  if (store.readList(listHash) === null) return pricesMissing;
  const chunk = store.readChunk(listHash, item.product);
  if (chunk === null) return notListed;
  try {
    const { components, rows } = chunk;
    const priced = priceLine({ components, rows, currency, digits, setupPerQuantity: index.setupPerQuantity }, item);
    if ('refusal' in priced) return { code: priced.refusal.code, message: priced.refusal.message };
    return { line: pricedText(item, priced.value, digits) };
  } catch (error) {
    // A stored amount that does not fit the currency's digits: the list is broken, and a guess would be billed.
    if (error instanceof RangeError) return pricesMissing;
    throw error;
  }
}

const pricesMissing = {
  code: 'prices_missing',
  message: 'Your prices are being prepared. Please try again in a few minutes.',
} as const;

const notListed = {
  code: 'not_offered',
  message:
    'This product is not on your price list. If it is new, try again in a few minutes; otherwise choose another.',
} as const;

/** An item with its wholesale amounts as decimal text. */
export function pricedText(item: OrderItem, amounts: PricedLineAmounts, digits: number): PricedLine {
  const text = (minor: bigint): string => formatMinor(minor, digits);
  return {
    ...item,
    unitPrice: text(amounts.wholesale.unit),
    price: text(amounts.wholesale.price),
    setup: text(amounts.wholesale.setup),
    renewal: amounts.renewal === null ? null : text(amounts.renewal),
    components: amounts.parts.map(({ component, quantity, unit, amount }) => ({
      component,
      quantity,
      unit: text(unit),
      amount: text(amount),
    })),
  };
}
