import type { EntityManager } from '@mikro-orm/postgresql';
import { calledOf } from '../customer/called.ts';
import { Customer } from '../customer/entity.ts';
import { Order } from '../order/entity.ts';
import type { OrderDraft } from './entity.ts';

/** Drafts with their customers' names, and the order that became of one. */
export async function draftRows(em: EntityManager, drafts: OrderDraft[]) {
  const ids = drafts.map(({ customerId }) => customerId).filter((id) => typeof id === 'string');
  const customers = new Map((await em.find(Customer, { id: { $in: ids } })).map((customer) => [customer.id, customer]));
  const orders = await em.find(Order, {
    resellerId: { $in: drafts.map(({ resellerId }) => resellerId) },
    idempotencyKey: { $in: drafts.map(({ idempotencyKey }) => idempotencyKey) },
  });
  const placed = new Map(orders.map((order) => [`${order.resellerId} ${order.idempotencyKey ?? ''}`, order]));
  return drafts.map((draft) => {
    const customer = draft.customerId ? customers.get(draft.customerId) : undefined;
    const order = placed.get(`${draft.resellerId} ${draft.idempotencyKey}`);
    return {
      id: draft.id,
      customer: customer ? { id: customer.id, name: calledOf(customer) } : null,
      ...draft.content,
      idempotencyKey: draft.idempotencyKey,
      order: order ? { id: order.id, number: String(order.number), status: order.status } : null,
      createdAt: draft.createdAt.toISOString(),
      updatedAt: draft.updatedAt.toISOString(),
      version: draft.version,
    };
  });
}
