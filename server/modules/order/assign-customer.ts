import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { findAssignable } from '../customer/find-assignable.ts';
import { Order } from './entity.ts';
import { giveToCustomer } from './give-to-customer.ts';
import { orderRow } from './row.ts';

/** Says for which customer an order (bought in the host's own shop, say) was. Its services follow. @throws not_found */
export const assignCustomer = verb({
  procedure: 'orders.assignCustomer',
  permission: 'orders:write',
  mode: 'write',
  input: z.object({ id: z.string().max(60), customerId: z.string().max(60).nullable() }),
  run: async (ctx, { id, customerId }) => {
    const { em } = ctx;
    const resellerId = actingReseller(ctx);
    const order = await em.findOne(Order, { id, resellerId });
    if (!order) throw new ServiceError('not_found', 'There is no order with this id.');
    const customer = await findAssignable(em, resellerId, customerId);
    const before = { customerId: order.customerId };
    await giveToCustomer(em, order, customer);
    record(ctx, {
      action: 'order.customer_assigned',
      subject: { type: 'order', id },
      resellerId,
      before,
      after: { customerId },
      event: { orderId: id, customerId },
    });
    await em.flush();
    return orderRow(order, customer);
  },
});
