import { verb } from '../../verb.ts';
import { holdQuote } from './hold.ts';
import { quoteRequest } from './schemas.ts';

/** A quote for a machine: amounts only. Takes the same order, and is taken by orders.place, as quotes.review. */
export const createQuote = verb({
  procedure: 'quotes.create',
  permission: 'prices:read',
  mode: 'read',
  input: quoteRequest,
  run: (ctx, request) => holdQuote(ctx, request, ({ quote }) => quote.lines),
});
