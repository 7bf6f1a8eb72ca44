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
  /** The same of the last 30 days beside the 30 before them; per currency. */
  recent: z.array(z.object({ currency: z.string(), amount: z.string(), previous: z.string() })),
  /** Totals of unpaid invoices, and what of them is past its due day; per currency. */
  outstanding: z.array(z.object({ currency: z.string(), amount: z.string(), overdue: z.string() })),
  customers: z.int(),
  services: z.int(),
  /** Paid and open ones: neither cancelled nor given back as a whole. */
  orders: z.int(),
  lastOrderAt: z.string().nullable(),
  apiEnabled: z.boolean(),
  standing: z.enum(['holding', 'upgrade_ready', 'at_risk', 'pinned']),
  country: z.string().nullable(),
  manager: z.string().nullable(),
  tags: z.array(z.string()),
  statusSince: z.string(),
  createdAt: z.string(),
  version: z.int(),
});
export type ResellerRow = z.infer<typeof resellerRow>;
