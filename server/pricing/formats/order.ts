import { z } from 'zod';
import { MOST_UNITS } from '../../../hooks/prices/price-line.ts';
import { PricingError } from '../errors.ts';
import { identifier, term } from './fields.ts';
import { readFormat } from './read.ts';

const line = z.strictObject({
  product: identifier,
  term,
  quantity: z.number(),
  options: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean()], 'must be text, a number, true or false'),
  ),
  action: z.enum(['register', 'renew', 'transfer']).optional(),
});

/**
 * order/1: what is to be priced. `options` by option id: a choice's id, a quantity, or true/false (1/0) for a switch;
 * an option that is left out is not chosen. `action` is for domains only, `register` when it is left out.
 */
export const orderFormat = z.strictObject({ format: z.literal('order/1'), currency: identifier, lines: z.array(line) });

export type Order = z.infer<typeof orderFormat>;
export type OrderLine = Order['lines'][number];

/** Checks the form of order/1. Throws PricingError invalid_format, quantity_out_of_range for too many lines. */
export function parseOrder(value: unknown): Order {
  const order = readFormat(orderFormat, value, 'order');
  if (order.lines.length === 0) {
    throw new PricingError('invalid_format', 'order', '/lines', 'The order has no lines: add at least one.');
  }
  if (order.lines.length > MOST_UNITS) {
    const message = `The order has ${order.lines.length} lines: split it into orders of at most ${MOST_UNITS}.`;
    throw new PricingError('quantity_out_of_range', 'order', '/lines', message);
  }
  return order;
}
