import { z } from 'zod';
import { SOURCES } from '../sources.ts';

const cell = { product: z.string(), component: z.string(), term: z.string(), currency: z.string() };

/** Why a component is not in the list for a term and currency, in the order in which they are judged. */
export const OMISSION_REASONS = [
  'currency_unknown',
  'not_offered',
  'amount_too_precise',
  'negative_amount',
  'zero_price_unconfirmed',
] as const;
export type OmissionReason = (typeof OMISSION_REASONS)[number];

/** What a person should look at. `retail_cap` names its row; the others speak of the list as a whole. */
const warning = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('retail_cap'), ...cell, charge: z.enum(['price', 'setup']), message: z.string() }),
  z.strictObject({ code: z.literal('own_rate_below_tier'), message: z.string() }),
  z.strictObject({ code: z.literal('floor_missing'), currency: z.string(), products: z.int(), message: z.string() }),
]);

/** price-list/1: all wholesale prices of one reseller at a moment, sorted, with a hash over the amounts. */
export const priceListFormat = z.strictObject({
  format: z.literal('price-list/1'),
  at: z.string(),
  validUntil: z.string().nullable(),
  reseller: z.string(),
  hash: z.string(),
  rows: z.array(
    z.strictObject({
      ...cell,
      charge: z.enum(['price', 'setup']),
      retail: z.string(),
      wholesale: z.string(),
      source: z.enum(SOURCES),
      rule: z.string().nullable(),
      bp: z.int().nullable(),
      adjusted: z.enum(['floor', 'retail_cap']).nullable(),
    }),
  ),
  omitted: z.array(z.strictObject({ ...cell, reason: z.enum(OMISSION_REASONS) })),
  warnings: z.array(warning),
});

export type PriceList = z.infer<typeof priceListFormat>;
export type PriceListRow = PriceList['rows'][number];
export type Omission = PriceList['omitted'][number];
export type Warning = PriceList['warnings'][number];
