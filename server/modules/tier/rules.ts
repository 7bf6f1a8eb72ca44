import { z } from 'zod';

/** What counts as revenue for a tier. */
export const counts = z.object({
  /** Products and domains ordered anew, and everything a host calls neither new nor a renewal. */
  newOrders: z.boolean(),
  renewals: z.boolean(),
  setup: z.boolean(),
  /** Money given back is taken off. */
  refundsDeducted: z.boolean(),
});
export type Counts = z.infer<typeof counts>;

/** How tiers are reached and lost. */
export const tierRules = z.object({
  /** Off: tiers move by hand alone. */
  automatic: z.boolean(),
  period: z.enum(['rolling12', 'lifetime']),
  counts: counts.refine(
    ({ newOrders, renewals, setup }) => newOrders || renewals || setup,
    'choose at least one kind of revenue that counts',
  ),
  upgrade: z.enum(['at_once', 'at_review']),
  reviewEvery: z.enum(['month', 'quarter', 'year']),
  graceDays: z.int().min(0).max(730),
});
export type RulesOfTiers = z.infer<typeof tierRules>;

/** A tier with what it takes; revenue in minor units of the programme's currency. */
export interface Rung {
  id: string;
  position: number;
  minRevenue: bigint | null;
  minServices: number | null;
  minOrders: number | null;
  match: 'all' | 'any';
}
