import { z } from 'zod';
import { amount, hostId } from '../../../hooks/contract/index.ts';
import { onOneConnection } from '../../platform/database/one-connection.ts';
import { withRetry } from '../../platform/database/retry.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { quoteRequest } from '../quote/schemas.ts';
import { advanceOrder, placeReserved } from './advance.ts';
import { requireRegistrant } from './registrant.ts';
import { reserve } from './reserve.ts';
import { orderRow, orderRows } from './row.ts';

const input = quoteRequest.extend({
  /** Made once per intention to order: the same key never makes a second order. */
  idempotencyKey: z.string().min(8).max(100),
  /** The reseller's own price of each line, first term and setup fees; left out or null: from its own list. */
  ownPrices: z
    .array(z.object({ price: amount, setup: amount }).nullable())
    .max(100)
    .optional(),
  /** The quote whose prices the buyer saw. */
  quote: z.string().max(2000),
  customerId: z.string().max(60).nullable().default(null),
  paymentMethod: hostId.nullable().default(null),
  note: z.string().trim().max(1000).nullable().default(null),
  /** In whose name domains are registered, for an order with a customer; left out: the customer's. */
  registrant: z.enum(['customer', 'reseller']).optional(),
});
export type PlaceRequest = z.output<typeof input>;

/**
 * Orders from the host at the quoted wholesale prices. The order is written down first and only then asked of the host,
 * so that a lost answer or a killed process ends in one order, or in none. An order still "placing" is being looked
 * after; call again with the same key to see how it ended.
 * @throws price_changed, idempotency_conflict (same key, other order), not_found (customer), bad_input (registrant), and as
 * quotes.create
 */
export const placeOrder = verb({
  procedure: 'orders.place',
  permission: 'orders:write',
  mode: 'steps',
  input,
  run: async (ctx, request) => {
    await requireRegistrant(ctx, request);
    const { id, row } = await onOneConnection(ctx.em, async (connection) => {
      const { id, reserved } = await withRetry(() => reserve(ctx, connection, actingReseller(ctx), request));
      if (!reserved) {
        await advanceOrder(ctx, connection, id);
        return { id, row: null };
      }
      const { order } = reserved;
      const finished = await placeReserved(ctx, connection, reserved);
      // Usually all of the row is known; a customer's name, and what events of the host changed, has to be read.
      return { id, row: finished && order.customerId === null ? orderRow({ ...order, ...finished }, null) : null };
    });
    if (row) return row;
    const [read] = await orderRows(ctx.em.fork(), { id });
    return read!;
  },
});
