import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostOrder } from '../objects/order.ts';

/** An order was cancelled or deleted before it was paid. */
export const orderCancelled = defineEvent({
  type: 'order.cancelled',
  nature: 'state',
  about: 'An order was cancelled or deleted before it was paid.',
  data: z.object({ order: hostOrder }),
});
