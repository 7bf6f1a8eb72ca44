import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { onOneConnection } from '../../platform/database/one-connection.ts';
import { withRetry } from '../../platform/database/retry.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { requireCapability } from '../host/facts.ts';
import { cancelAtHost } from './cancel-at-host.ts';
import { loadOrder, requireVersion } from './load-for-change.ts';
import { orderRows } from './row.ts';
import { TAKE_OVER_MS } from './settle.ts';

const input = z.object({
  id: z.string().max(60),
  version: z.int(),
  reason: z.string().trim().max(300).nullable().default(null),
});

/**
 * Cancels an order that waits for payment, with its invoice, in the host. The wish is written down before the host is
 * asked: when its answer is lost, the order says `cancelling` and is looked up again until it is known what became of it.
 * @throws not_found, conflict when it is not pending, host_refused when it was paid meanwhile or the host cannot cancel
 */
export const cancelOrder = verb({
  procedure: 'orders.cancel',
  permission: 'orders:write',
  mode: 'steps',
  input,
  run: async (ctx, request) => {
    await requireCapability(
      ctx.host,
      'cancelOrder',
      'The provider’s platform cannot cancel an order from here. Open a ticket and ask the provider.',
    );
    await withRetry(() => ctx.em.fork().transactional((em) => ask({ ...ctx, em }, request)));
    const refusal = await onOneConnection(ctx.em, (connection) => cancelAtHost(ctx, connection, request.id));
    if (refusal !== null) throw new ServiceError('host_refused', refusal);
    const [row] = await orderRows(ctx.em.fork(), { id: request.id });
    return row!;
  },
});

/** Writes down that the order is to be cancelled; one that is, or is being, stays as it is. */
async function ask(ctx: ServiceContext, { id, version, reason }: z.output<typeof input>): Promise<void> {
  const order = await loadOrder(ctx, id);
  if (order.status === 'cancelled' || order.cancelState === 'asked') return;
  requireVersion(order, version);
  if (order.status !== 'pending' || !order.hostOrderId) {
    throw new ServiceError(
      'conflict',
      `Only an order that waits for payment can be cancelled; this one is ${order.status}.`,
    );
  }
  order.cancelState = 'asked';
  order.cancelReason = reason;
  order.attempts = 0;
  order.nextAttemptAt = new Date(ctx.now.getTime() + TAKE_OVER_MS);
  record(ctx, {
    action: 'order.cancel_requested',
    subject: { type: 'order', id },
    resellerId: order.resellerId,
    after: { reason },
  });
}
