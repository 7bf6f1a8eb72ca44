import { z } from 'zod';
import { applyTo } from '../../programme/schemas.ts';

/** Prices of the whole programme: the numbers are those of pricing.md. All are columns of the programme. */
export const pricesSection = z.strictObject({
  /** Basis points off retail for who has neither an own rate nor a tier's (rule 7, level 9). */
  discountBp: z.int().min(0).max(10_000).default(1000),
  applyTo: applyTo.default({ base: true, option: true, addon: true, domain: false, setup: false }),
  capAtRetail: z.boolean().default(true),
  floorLiftsBooks: z.boolean().default(true),
  coupons: z.enum(['refuse', 'allow']).default('refuse'),
  /** How long a quote holds its price (rule 23). */
  quoteHoldsSeconds: z.int().min(60).max(86_400).default(900),
  /** Age of an unconfirmed list at which orders are refused (rule 24: seven days). */
  refuseStaleSeconds: z.int().min(60).max(31_536_000).default(604_800),
});
