import type { ServiceContext } from '../../context.ts';
import { record } from '../activity/record.ts';
import { Order } from '../order/entity.ts';
import type { Customer } from './entity.ts';
import { customerRow } from './row.ts';
import { customerEvent, snapshot } from './snapshot.ts';

/** Sets a customer's status in the caller's transaction; the same status again changes nothing. */
export async function setCustomerStatus(ctx: ServiceContext, customer: Customer, status: Customer['status']) {
  const { em } = ctx;
  if (customer.status !== status) {
    const before = snapshot(customer);
    customer.status = status;
    record(ctx, {
      action: status === 'archived' ? 'customer.archived' : 'customer.restored',
      subject: { type: 'customer', id: customer.id },
      resellerId: customer.resellerId,
      before,
      after: snapshot(customer),
      event: customerEvent(customer),
    });
    await em.flush();
  }
  return customerRow(customer, await em.count(Order, { customerId: customer.id }));
}
