import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { Order } from './entity.ts';

/** One of the actor's own orders, locked for a change. @throws not_found */
export async function loadOrder(ctx: ServiceContext, id: string): Promise<Order> {
  const order = await ctx.em.findOne(Order, { id, ...ownRows(ctx) }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!order) throw new ServiceError('not_found', 'There is no order with this id.');
  return order;
}

/** @throws version_mismatch when the order is not as the caller saw it */
export function requireVersion(order: Order, version: number): void {
  if (order.version === version) return;
  throw new ServiceError('version_mismatch', 'This order changed meanwhile. Load it again and repeat your change.');
}
