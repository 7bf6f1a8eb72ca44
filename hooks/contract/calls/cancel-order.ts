import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostOrder } from '../objects/order.ts';
import { hostId } from '../objects/primitives.ts';

/** Cancels an order that is not paid, with its invoice. May be called again: answers the cancelled order. */
export const cancelOrder = defineCall({
  name: 'orders.cancel',
  about: 'Cancels an order that is not paid, with its invoice. May be called again: answers the cancelled order.',
  capability: 'cancelOrder',
  request: z.object({ orderId: hostId, reason: z.string().max(300) }),
  response: z.object({ order: hostOrder }),
});
