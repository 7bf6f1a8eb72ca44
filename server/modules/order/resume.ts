import type { ServiceContext } from '../../context.ts';
import { onOneConnection } from '../../platform/database/one-connection.ts';
import { advanceOrder } from './advance.ts';
import { cancelAtHost } from './cancel-at-host.ts';

/**
 * Goes on with orders whose process died or whose host did not answer, while they were placed or cancelled: every minute
 * with those that are due, at start with all of them, since an order that another process works on is locked by it.
 */
export async function resumeOrders(ctx: ServiceContext, { all = false }: { all?: boolean } = {}): Promise<number> {
  const due = await ctx.em
    .fork()
    .execute<{ id: string }[]>(
      `select id from reseller_order where status = 'placing' and (? or next_attempt_at <= ?) order by next_attempt_at limit 200`,
      [all, ctx.now],
    );
  for (const { id } of due) await onOneConnection(ctx.em, (connection) => advanceOrder(ctx, connection, id));
  const cancelling = await ctx.em
    .fork()
    .execute<{ id: string }[]>(
      `select id from reseller_order where cancel_state = 'asked' and (? or next_attempt_at is null or next_attempt_at <= ?) order by next_attempt_at limit 200`,
      [all, ctx.now],
    );
  for (const { id } of cancelling) await onOneConnection(ctx.em, (connection) => cancelAtHost(ctx, connection, id));
  return due.length + cancelling.length;
}
