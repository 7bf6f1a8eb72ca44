import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostOrder } from '../objects/order.ts';

/** An order was placed, with the price locks written at commit. */
export const orderCreated = defineEvent({
  type: 'order.created',
  nature: 'fact',
  about: 'An order was placed, with the price locks written at commit.',
  data: z.object({ order: hostOrder }),
});
