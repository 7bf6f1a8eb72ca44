import { z } from 'zod';
import { priceLock } from './lock.ts';
import { chosenOptions } from './order-line.ts';
import { amount, day, hostId, moment, moneyContext, term } from './primitives.ts';

/** A running thing of the host (some hosts call it an order). `recurring` is what the host will invoice per unit and term. */
export const hostService = z.object({
  id: hostId,
  orderId: hostId,
  clientId: hostId,
  product: hostId,
  title: z.string().max(300),
  domain: z.string().max(253).nullable(),
  status: z.enum(['pending', 'setup_failed', 'active', 'suspended', 'cancelled']),
  term,
  money: moneyContext,
  quantity: z.int().min(1),
  options: chosenOptions,
  recurring: amount.nullable(),
  nextDueOn: day.nullable(),
  createdAt: moment,
  lock: priceLock.nullable(),
});
export type HostService = z.infer<typeof hostService>;
