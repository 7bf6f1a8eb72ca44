import type { EntityManager } from '@mikro-orm/postgresql';
import type { Customer } from '../customer/entity.ts';
import { Service } from '../service/entity.ts';
import type { Order } from './entity.ts';

/** Says whose order it is. Its services follow, except those that were given to another customer by themselves. */
export async function giveToCustomer(em: EntityManager, order: Order, customer: Customer | null): Promise<void> {
  const customerId = customer?.id ?? null;
  await em.nativeUpdate(Service, { orderId: order.id, customerId: order.customerId ?? null }, { customerId });
  order.customerId = customerId;
}
