import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostOrder } from '../objects/order.ts';

/** The order that carries our reference, or null. */
export const findOrder = defineCall({
  name: 'orders.find',
  about: 'The order that carries our reference, or null.',
  capability: null,
  request: z.object({ reference: z.string().min(4).max(120) }),
  response: z.object({ order: hostOrder.nullable() }),
});
