import { z } from 'zod';
import { priceLock } from './lock.ts';
import { pricedLine } from './order-line.ts';
import { contentHash, hostId, moment, moneyContext } from './primitives.ts';

/** The customer a reseller buys for, as the provider's staff see it on the host's order. */
export const orderCustomer = z.object({ name: z.string().max(200), reference: z.string().max(120) });

/**
 * Whom a domain is registered for (pricing rule 15): the customer, not the reseller. For the registry only: the host
 * itself writes to its client, the reseller, and never to this address.
 */
export const orderRegistrant = z.object({
  name: z.string().max(200),
  company: z.string().max(200).nullable(),
  email: z.string().max(320),
  phone: z.string().max(40).nullable(),
  country: z.string().max(2).nullable(),
});

/** Which price list priced the order, and when (pricing rule 24). Null for an order at retail. */
export const priceStamp = z.object({ listHash: contentHash, at: moment });
export type PriceStamp = z.infer<typeof priceStamp>;

/** An order as the host holds it. */
export const hostOrder = z.object({
  id: hostId,
  clientId: hostId,
  /** Our own reference when the plugin placed it. */
  reference: z.string().max(120).nullable(),
  status: z.enum(['pending', 'active', 'cancelled']),
  createdAt: moment,
  money: moneyContext,
  coupon: z.string().max(60).nullable(),
  note: z.string().max(2000).nullable(),
  customer: orderCustomer.nullable(),
  registrant: orderRegistrant.nullable().optional(),
  lines: z.array(pricedLine.extend({ id: hostId, serviceId: hostId, title: z.string().max(300) })).max(500),
  invoiceId: hostId.nullable(),
  placedBy: z.enum(['shop', 'plugin', 'staff']),
  stamp: priceStamp.nullable(),
  locks: z.array(priceLock),
});
export type HostOrder = z.infer<typeof hostOrder>;
