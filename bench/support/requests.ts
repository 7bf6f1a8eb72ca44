import type { Request } from 'autocannon';
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

/** Requests for rows of the service with one SELECT, none beside the one before. */
export function itemRequests(rows: number): Request[] {
  return Array.from({ length: 200 }, (_, index) => ({ method: 'GET', path: `/items/${1 + ((index * 7919) % rows)}` }));
}
