import { z } from 'zod';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { findAssignable } from '../customer/find-assignable.ts';
import { giveToCustomer } from './give-to-customer.ts';
import { loadOrder, requireVersion } from './load-for-change.ts';
import { orderRows } from './row.ts';

/**
 * Changes for whom an order was, and its note; what is left out stays. The host keeps the note it was placed with.
 * @throws not_found, conflict
 */
export const updateOrder = verb({
  procedure: 'orders.update',
  permission: 'orders:write',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    customerId: z.string().max(60).nullable().optional(),
    note: z.string().trim().max(1000).nullable().optional(),
  }),
  run: async (ctx, { id, version, customerId, note }) => {
    const { em } = ctx;
    const order = await loadOrder(ctx, id);
    requireVersion(order, version);
    const before = { customerId: order.customerId, note: order.note };
    if (customerId !== undefined) {
      await giveToCustomer(em, order, await findAssignable(em, order.resellerId, customerId));
    }
    if (note !== undefined) order.note = note === '' ? null : note;
    const moved = before.customerId !== order.customerId;
    record(ctx, {
      action: moved ? 'order.customer_assigned' : 'order.updated',
      subject: { type: 'order', id },
      resellerId: order.resellerId,
      before,
      after: { customerId: order.customerId, note: order.note },
      ...(moved ? { event: { orderId: id, customerId: order.customerId } } : {}),
    });
    await em.flush();
    const [row] = await orderRows(em, { id });
    return { ...row!, note: order.note ?? null };
  },
});
