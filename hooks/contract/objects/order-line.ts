import { z } from 'zod';
import { amount, hostId, term } from './primitives.ts';

/** Chosen options by option id: a choice's id, a quantity, or yes/no. */
export const chosenOptions = z.record(z.string().max(120), z.union([z.string().max(120), z.int(), z.boolean()]));

/** What is bought on one line, without prices. */
export const orderItem = z.object({
  product: hostId,
  term,
  quantity: z.int().min(1).max(10_000),
  options: chosenOptions,
  /** For domains: register, renew or transfer. */
  action: z.enum(['register', 'renew', 'transfer']).optional(),
  /** Domain or host name the service is to have. */
  domain: z.string().max(253).optional(),
});
export type OrderItem = z.infer<typeof orderItem>;

/** One component's price within a line: amount = unit × quantity, for one unit of the line, per term. */
export const pricedComponent = z.object({
  component: z.string().max(120),
  quantity: z.int().min(0),
  unit: amount,
  amount,
});
export type PricedComponent = z.infer<typeof pricedComponent>;

/** A line with its pinned price: unitPrice per term for one unit, price = unitPrice × quantity, setup for the whole line. */
export const pricedLine = orderItem.extend({
  unitPrice: amount,
  price: amount,
  setup: amount,
  /** What each later term costs for one unit, null for a line that does not renew. */
  renewal: amount.nullable(),
  components: z.array(pricedComponent).max(200),
});
export type PricedLine = z.infer<typeof pricedLine>;
