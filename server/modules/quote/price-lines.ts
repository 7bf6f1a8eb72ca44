import type { EntityManager } from '@mikro-orm/postgresql';
import { ServiceError } from '../../errors.ts';
import { PricingError } from '../../pricing/errors.ts';
import type { Quote } from '../../pricing/formats/quote.ts';
import { quote as priceOrder } from '../../pricing/quote.ts';
import { type CatalogueView, componentTitle } from '../catalogue/reader.ts';
import type { OrderLine } from '../order/schemas.ts';
import type { PriceReader, StoredChunk } from '../price-list/reader.ts';
import { rowsAt } from '../price-list/rows-at.ts';
import type { QuoteRequest } from './schemas.ts';

export interface PricedOrder extends Pick<Quote, 'dueNow' | 'recurring'> {
  lines: OrderLine[];
  digits: number;
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
  request: QuoteRequest,
): Promise<PricedOrder> {
  if (listHash === null) {
    throw new ServiceError('prices_missing', 'Your prices are being worked out. Try again in a minute.');
  }
  const chunks = new Map<string, StoredChunk>();
  for (const { product } of request.lines) {
    if (chunks.has(product)) continue;
    const chunk = await prices.find(em, listHash, product);
    if (chunk) chunks.set(product, chunk);
  }
  try {
    const quote = priceOrder(
      {
        currencies: view.currencies,
        setupPerQuantity: view.setupPerQuantity,
        findProduct: (id) => {
          const chunk = chunks.get(id);
          return chunk && { offered: view.products.get(id)?.offered ?? false, components: chunk.components };
        },
      },
      (id, term, currency) => {
        const chunk = chunks.get(id);
        return chunk ? rowsAt(chunk, term, currency) : [];
      },
      {
        format: 'order/1',
        currency: request.currency,
        lines: request.lines as Parameters<typeof priceOrder>[2]['lines'],
      },
    );
    return {
      dueNow: quote.dueNow,
      recurring: quote.recurring,
      digits: view.currencies.find(({ code }) => code === request.currency)?.digits ?? 2,
      lines: quote.lines.map((line, index) =>
        withWords(line, request.lines[index]!, view, chunks.get(line.product)!, request.currency),
      ),
    };
  } catch (error) {
    if (!(error instanceof PricingError)) throw error;
    throw new ServiceError(error.code === 'not_offered' ? 'not_offered' : 'bad_input', error.message, error.path);
  }
}

function withWords(
  line: Quote['lines'][number],
  asked: QuoteRequest['lines'][number],
  view: CatalogueView,
  chunk: StoredChunk,
  currency: string,
): OrderLine {
  const words = view.products.get(line.product)?.words ?? null;
  const rows = rowsAt(chunk, line.term, currency);
  return {
    product: line.product,
    term: line.term,
    quantity: line.quantity,
    options: asked.options,
    ...(asked.action ? { action: asked.action } : {}),
    ...(asked.domain ? { domain: asked.domain } : {}),
    title: words?.title ?? line.product,
    unitPrice: line.unitPrice,
    price: line.price,
    setup: line.setup,
    renewal: line.renewal,
    retailPrice: line.retailPrice,
    retailSetup: line.retailSetup,
    components: line.components.map((part) => {
      const row = rows.find(({ component, charge }) => component === part.component && charge === 'price');
      const shape = chunk.components.find(({ id }) => id === part.component) ?? { id: part.component };
      return {
        ...part,
        title: componentTitle(words, shape),
        retailUnit: row?.retail ?? null,
        source: row?.source ?? null,
        bp: row?.bp ?? null,
        adjusted: row?.adjusted ?? null,
      };
    }),
  };
}
