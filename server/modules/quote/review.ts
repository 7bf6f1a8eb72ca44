import { verb } from '../../verb.ts';
import { holdQuote } from './hold.ts';
import { withWords } from './with-words.ts';
import { quoteRequest } from './schemas.ts';

/** A quote for a person to check: each line with its title, and for each part its retail price and where the price is from. */
export const reviewQuote = verb({
  procedure: 'quotes.review',
  permission: 'prices:read',
  mode: 'read',
  input: quoteRequest,
  run: (ctx, request) => holdQuote(ctx, request, (priced) => withWords(priced, request)),
});
