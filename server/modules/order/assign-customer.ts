import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Customer } from '../customer/entity.ts';
import { Service } from '../service/entity.ts';
import { Order } from './entity.ts';
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
    const customer = customerId === null ? null : await em.findOne(Customer, { id: customerId, resellerId });
    if (customerId !== null && !customer)
      throw new ServiceError('not_found', 'There is no such customer.', '/customerId');
    const before = { customerId: order.customerId };
    order.customerId = customerId;
    await em.nativeUpdate(Service, { orderId: order.id }, { customerId });
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
