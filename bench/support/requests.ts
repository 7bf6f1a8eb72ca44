import { CHOSEN, productId } from './catalogue.ts';

/** The body of POST /api/v1/quotes: `lines` different products from `first` on, each with three options chosen. */
export function quoteRequest(lines: number, first: number, products: number) {
  return {
    format: 'order/1' as const,
    currency: 'USD',
    lines: Array.from({ length: lines }, (_, at) => ({
      product: productId((first + at) % products),
      term: '1M',
      quantity: 1,
      options: CHOSEN,
    })),
  };
}
