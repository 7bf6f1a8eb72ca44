import type { EntityManager } from '@mikro-orm/postgresql';
import { ServiceError } from '../../errors.ts';
import { PricingError } from '../../pricing/errors.ts';
import type { Order } from '../../pricing/formats/order.ts';
import type { Quote } from '../../pricing/formats/quote.ts';
import { quote as priceOrder } from '../../pricing/quote.ts';
import type { CatalogueView } from '../catalogue/reader.ts';
import type { Cell } from '../price-list/cell.ts';
import type { PriceReader } from '../price-list/reader.ts';
import type { QuoteRequest } from './schemas.ts';

/** A priced order with what it was priced from. */
export interface PricedOrder {
  quote: Quote;
  digits: number;
  view: CatalogueView;
  /** The prices that a line was looked up in. */
  cellOf(line: { product: string; term: string }): Cell;
}

/**
 * Prices an order by look-up in one list: no rule is evaluated, no retail is fallen back to.
 * @throws prices_missing, not_offered, bad_input (path points into the order)
 */
export async function priceLines(
  em: EntityManager,
  prices: PriceReader,
  view: CatalogueView,
  listHash: string | null,
  { currency, lines }: QuoteRequest,
): Promise<PricedOrder> {
  if (listHash === null) {
    throw new ServiceError('prices_missing', 'Your prices are being worked out. Try again in a minute.');
  }
  const { currencies, setupPerQuantity } = view;
  const digits = currencies.find(({ code }) => code === currency)?.digits;
  const cells = new Map<string, Cell>();
  for (const { product, term } of digits === undefined ? [] : lines) {
    const name = `${term} ${product}`;
    if (cells.has(name)) continue;
    const found = prices.cell(em, listHash, { product, term, currency, digits: digits! });
    const cell = found instanceof Promise ? await found : found;
    if (cell) cells.set(name, cell);
  }
  const order = { format: 'order/1', currency, lines: lines as Order['lines'] } as const;
  try {
    const quote = priceOrder(
      {
        currencies,
        setupPerQuantity,
        findProduct: (id, term) => {
          const cell = cells.get(`${term} ${id}`);
          return cell && { offered: view.products.get(id)?.offered ?? false, prices: () => cell.prices };
        },
      },
      order,
    );
    return { quote, digits: digits!, view, cellOf: ({ product, term }) => cells.get(`${term} ${product}`)! };
  } catch (error) {
    if (!(error instanceof PricingError)) throw error;
    throw new ServiceError(error.code === 'not_offered' ? 'not_offered' : 'bad_input', error.message, error.path);
  }
}
