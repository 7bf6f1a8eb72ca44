/** Where a wholesale price comes from, in the order of precedence: the first level is 1 (rule 7). */
export const SOURCES = [
  'reseller_book',
  'tier_book',
  'reseller_product',
  'reseller_group',
  'tier_product',
  'tier_group',
  'reseller_rate',
  'tier_rate',
  'programme_rate',
  'retail',
] as const;
export type Source = (typeof SOURCES)[number];

export type BookSource = 'reseller_book' | 'tier_book';
export type DiscountSource = 'reseller_product' | 'reseller_group' | 'tier_product' | 'tier_group';
export type RateSource = 'reseller_rate' | 'tier_rate' | 'programme_rate';

/** What acted on an amount last: a floor lifted it, or the cap brought it back to retail (rules 11 and 12). */
export type Adjustment = 'floor' | 'retail_cap';
