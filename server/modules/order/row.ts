import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { calledOf } from '../customer/called.ts';
import { Customer } from '../customer/entity.ts';
import { Order } from './entity.ts';
import type { Submitted } from './reserve.ts';

/** An order as lists see it. */
export function orderRow(order: Submitted, customer: Pick<Customer, 'id' | 'name' | 'company'> | null) {
  const [first] = order.lines;
  return {
    id: order.id,
    number: String(order.number),
    resellerId: order.resellerId,
    customer: customer && { id: customer.id, name: calledOf(customer) },
    title: first?.title ?? '',
    lines: order.lines.length,
    currency: order.currency,
    total: order.dueNow,
    taxMode: order.tax,
    status: order.status,
    via: order.via,
    placedAt: order.placedAt.toISOString(),
    hostOrderId: order.hostOrderId ?? null,
    hostInvoiceId: order.hostInvoiceId ?? null,
    reason: order.refusal ?? null,
    version: order.version,
  };
}
export type OrderRow = ReturnType<typeof orderRow>;

/** Orders with the names of their customers. */
export async function orderRows(
  em: EntityManager,
  where: FilterQuery<Order>,
  options: { limit?: number } = {},
): Promise<OrderRow[]> {
  const orders = await em.find(Order, where, { orderBy: { placedAt: 'desc', id: 'desc' }, limit: options.limit ?? 1 });
  const ids = orders.map(({ customerId }) => customerId).filter((id) => typeof id === 'string');
  const customers = new Map((await em.find(Customer, { id: { $in: ids } })).map((customer) => [customer.id, customer]));
  return orders.map((order) => orderRow(order, order.customerId ? (customers.get(order.customerId) ?? null) : null));
}
