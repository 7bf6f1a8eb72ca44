import { z } from 'zod';
import { amount, orderItem } from '../../../hooks/contract/index.ts';

export const orderStatus = z.enum([
  'placing',
  'pending',
  'paid',
  'not_accepted',
  'cancelled',
  'refunded',
  'part_refunded',
]);
export type OrderStatus = z.infer<typeof orderStatus>;

export const orderVia = z.enum(['portal', 'shop', 'api', 'staff']);
export type OrderVia = z.infer<typeof orderVia>;

/** A line of an order with all it cost and why: per unit and term, for the line, and at retail beside it. */
export const orderLine = orderItem.extend({
  title: z.string(),
  unitPrice: amount,
  price: amount,
  setup: amount,
  renewal: amount.nullable(),
  retailPrice: amount.nullable(),
  retailSetup: amount.nullable(),
  /** What the reseller asks of its customer, from its own list or typed for this order; never sent to the host. */
  own: z
    .object({ price: amount, setup: amount, source: z.enum(['list', 'order']) })
    .nullable()
    .optional(),
  components: z.array(
    z.object({
      component: z.string(),
      title: z.string(),
      quantity: z.int(),
      unit: amount,
      amount,
      retailUnit: amount.nullable(),
      source: z.string().nullable(),
      bp: z.int().nullable(),
      adjusted: z.enum(['floor', 'retail_cap']).nullable(),
    }),
  ),
});
export type OrderLine = z.infer<typeof orderLine>;
