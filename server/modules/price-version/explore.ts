import { z } from 'zod';
import { verb } from '../../verb.ts';
import { findPrices, priceQuestion } from './find-prices.ts';

/**
 * Every price as it is now, or at a moment, worked out by the evaluation that compiles the lists: product by product in the
 * host's order, with where it comes from, floor and cost, how many running services are locked on the product, and what it
 * is for somebody else beside it. With `differing`, only lines that differ. @throws not_found, prices_missing
 */
export const explorePrices = verb({
  procedure: 'prices.explore',
  permission: 'prices:write',
  mode: 'read',
  input: priceQuestion.extend({
    /** Products on a page. */
    limit: z.int().min(1).max(100).default(25),
  }),
  run: findPrices,
});
