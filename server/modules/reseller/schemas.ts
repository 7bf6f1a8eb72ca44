import { z } from 'zod';

export const resellerStatus = z.enum(['active', 'suspended', 'inactive', 'terminated']);
export type ResellerStatus = z.infer<typeof resellerStatus>;

/** Basis points off retail, 0 to 10000; null inherits (pricing.md rule 8). */
export const discountBp = z.int().min(0).max(10_000).nullable();

/** A reseller as lists and screens see it. */
export const resellerRow = z.object({
  id: z.string(),
  company: z.string(),
  email: z.string(),
  hostClientId: z.string(),
  currency: z.string(),
  status: resellerStatus,
  publicReason: z.string().nullable(),
  tier: z.object({ id: z.string(), name: z.string() }),
  ownDiscountBp: discountBp,
  effectiveDiscountBp: z.int(),
  discountSource: z.enum(['reseller_rate', 'tier_rate', 'programme_rate']),
  /** Wholesale paid less refunded, net, all time; decimal text per currency. */
  revenue: z.array(z.object({ currency: z.string(), amount: z.string() })),
  customers: z.int(),
  services: z.int(),
  orders: z.int(),
  createdAt: z.string(),
  version: z.int(),
});
export type ResellerRow = z.infer<typeof resellerRow>;
