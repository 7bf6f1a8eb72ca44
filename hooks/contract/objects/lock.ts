import { z } from 'zod';
import { amount, contentHash, currencyCode, hostId, moment, term } from './primitives.ts';

/**
 * What the renewals of one service cost (pricing rules 19 to 21). Written by the host's hook at commit into the
 * host's own table and mirrored to the plugin. One active lock per service.
 */
export const priceLock = z.object({
  serviceId: hostId,
  clientId: hostId,
  product: hostId,
  term,
  currency: currencyCode,
  quantity: z.int().min(1),
  /** Recurring amount for one unit of the line. */
  unitPrice: amount,
  components: z.array(z.object({ component: z.string().max(120), quantity: z.int().min(0), unit: amount })).max(200),
  /** Hash of the price list the amounts came from, null when a person pinned them. */
  listHash: contentHash.nullable(),
  lockedAt: moment,
  status: z.enum(['pending', 'active', 'replaced', 'ended']),
});
export type PriceLock = z.infer<typeof priceLock>;
