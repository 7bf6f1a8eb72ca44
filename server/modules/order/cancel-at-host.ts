import { LockMode } from '@mikro-orm/core';
import { HostError } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import type { OneConnection } from '../../platform/database/one-connection.ts';
import { record } from '../activity/record.ts';
import { Order } from './entity.ts';
import { journal, orJournal } from './journal.ts';
import { lockOrder } from './lock.ts';
import { waitMs } from './settle.ts';

/**
 * Has the host cancel an order that was asked to be cancelled. Its own word decides: after a lost answer it is looked up
 * by our reference first; the host's call may be made again. Answers the host's refusal in words, null without one.
 */
export async function cancelAtHost(
  ctx: ServiceContext,
  connection: OneConnection,
  orderId: string,
): Promise<string | null> {
  if (!(await lockOrder(connection, orderId))) return null;
  const order = await ctx.em.fork().findOneOrFail(Order, orderId);
  if (order.cancelState !== 'asked' || !order.hostOrderId) return null;
  // It was paid, or the host's staff cancelled it, before we came to it.
  if (order.status === 'cancelled') return settle(ctx, orderId, null);
  if (order.status !== 'pending') return settle(ctx, orderId, `This order is ${order.status} meanwhile.`);
  try {
    await cancel(ctx, connection, order, order.hostOrderId);
  } catch (error) {
    if (error instanceof HostError && !error.retryable) return settle(ctx, orderId, error.message);
    const message = error instanceof Error ? error.message : 'unknown';
    if (!(error instanceof HostError)) ctx.log.error({ orderId, error: message }, 'cancelling order');
    await postpone(ctx, orderId);
    return null;
  }
  await journal(connection, orderId, ['cancel', 'done']);
  return settle(ctx, orderId, null);
}

async function cancel(
  { host }: ServiceContext,
  connection: OneConnection,
  order: Order,
  hostOrderId: string,
): Promise<void> {
  if (order.attempts > 0) {
    const { order: found } = await host['orders.find']({ reference: order.id });
    if (found?.status === 'cancelled') return;
  }
  await journal(connection, order.id, ['cancel', 'begin']);
  const reason = order.cancelReason ?? 'Cancelled by the reseller';
  await orJournal(connection, order.id, 'cancel', () => host['orders.cancel']({ orderId: hostOrderId, reason }));
}

/** The end of it, in one transaction. Events of the host that come later find it done. */
async function settle(ctx: ServiceContext, id: string, refusal: string | null): Promise<string | null> {
  await ctx.em.fork().transactional(async (em) => {
    const order = await em.findOneOrFail(Order, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const before = { status: order.status };
    const { cancelReason: reason } = order;
    order.cancelState = refusal === null ? 'done' : null;
    order.cancelReason = refusal === null ? reason : null;
    order.nextAttemptAt = null;
    // An event of the host was there first.
    if (refusal === null && order.status !== 'pending') return;
    if (refusal === null) order.status = 'cancelled';
    record(
      { ...ctx, em },
      {
        action: refusal === null ? 'order.cancelled' : 'order.cancel_refused',
        subject: { type: 'order', id },
        resellerId: order.resellerId,
        before,
        after: { status: order.status, reason: refusal ?? reason },
        event: { orderId: id, status: order.status, hostOrderId: order.hostOrderId, reason: refusal ?? reason },
      },
    );
  });
  return refusal;
}

/** The host did not answer: what it did is open, so it is looked up again later. */
async function postpone(ctx: ServiceContext, id: string): Promise<void> {
  await ctx.em.fork().transactional(async (em) => {
    const order = await em.findOneOrFail(Order, { id, cancelState: 'asked' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    order.nextAttemptAt = new Date(Date.now() + waitMs(order.attempts));
    order.attempts += 1;
  });
}
