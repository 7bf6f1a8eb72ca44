import type { ServiceContext } from '../../context.ts';
import { advanceOrder } from './advance.ts';

/** Goes on with orders whose process died or whose host did not answer. Run at start and every minute. */
export async function resumeOrders(ctx: ServiceContext): Promise<number> {
  const due = await ctx.em.fork().execute<{ id: string }[]>(
    `select id from reseller_order where status = 'placing' and next_attempt_at <= ? order by next_attempt_at limit 200`,
    [ctx.now],
  );
  for (const { id } of due) await advanceOrder(ctx, id);
  return due.length;
}
