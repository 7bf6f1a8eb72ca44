import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostOrder } from '../objects/order.ts';
import { hostId, moment } from '../objects/primitives.ts';

/** Orders of the given clients, changed since a moment. */
export const listOrders = defineCall({
  name: 'orders.list',
  about: 'Orders of the given clients, changed since a moment.',
  capability: null,
  request: z.object({
    clientIds: z.array(hostId).max(500),
    since: moment.optional(),
    cursor: z.string().max(200).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  response: z.object({ orders: z.array(hostOrder), cursor: z.string().nullable() }),
});
