import { z } from 'zod';
import { chosenOptions, currencyCode, orderItem } from '../../../hooks/contract/index.ts';

/** What is bought on one line; without options, none is chosen. */
const line = orderItem.extend({ options: chosenOptions.default({}) });

/** What is asked for: order/1 without prices. At most 100 lines. */
export const quoteRequest = z.object({
  format: z.literal('order/1').optional(),
  currency: currencyCode,
  lines: z.array(line).min(1, 'name at least one line').max(100, 'order at most 100 lines at once'),
});
export type QuoteRequest = z.infer<typeof quoteRequest>;
