import { z } from 'zod';

const component = z.strictObject({
  component: z.string(),
  quantity: z.int(),
  unit: z.string(),
  amount: z.string(),
});

const line = z.strictObject({
  product: z.string(),
  term: z.string(),
  quantity: z.int(),
  action: z.enum(['register', 'renew', 'transfer']).optional(),
  unitPrice: z.string(),
  price: z.string(),
  setup: z.string(),
  retailPrice: z.string(),
  retailSetup: z.string(),
  renewal: z.string().nullable(),
  components: z.array(component),
});

/**
 * quote/1. `unitPrice` is for one unit, `price`, `setup` and the retail pair for the whole line; `renewal` is what each
 * later term costs for one unit, null when the line does not renew. `recurring` is by term, without setup and `once`.
 */
export const quoteFormat = z.strictObject({
  format: z.literal('quote/1'),
  currency: z.string(),
  lines: z.array(line),
  dueNow: z.string(),
  recurring: z.record(z.string(), z.string()),
});

export type Quote = z.infer<typeof quoteFormat>;
export type QuoteLine = Quote['lines'][number];
