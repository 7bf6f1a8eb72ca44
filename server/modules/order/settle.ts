import type { ServiceContext } from '../../context.ts';
import { record } from '../activity/record.ts';
import { Order } from './entity.ts';

/** A process that dies at work with an order leaves it to another one after this time. */
export const TAKE_OVER_MS = 20_000;

/** Seconds until the next look at an order whose host did not answer; the last one repeats. */
const WAIT_SECONDS = [5, 15, 60, 300, 900];

/** How long to wait after so many attempts. */
export function waitMs(attempts: number): number {
  return (WAIT_SECONDS[Math.min(attempts, WAIT_SECONDS.length - 1)] ?? 900) * 1000;
}

/** The host did not answer: what happened there is open, so the order stays "placing" and is looked up again. */
export async function postpone(ctx: ServiceContext, { id }: Pick<Order, 'id'>): Promise<void> {
  await ctx.em.fork().transactional(async (em) => {
    const order = await em.findOneOrFail(Order, { id, status: 'placing' });
    order.nextAttemptAt = new Date(Date.now() + waitMs(order.attempts));
    order.attempts += 1;
  });
}

/** The host said no, and means it: nothing was ordered. */
export async function refuse(ctx: ServiceContext, { id }: Pick<Order, 'id'>, reason: string): Promise<void> {
  await ctx.em.fork().transactional(async (em) => {
    const order = await em.findOneOrFail(Order, { id, status: 'placing' });
    order.status = 'not_accepted';
    order.refusal = reason.slice(0, 500);
    order.nextAttemptAt = null;
    record(
      { ...ctx, em },
      {
        action: 'order.not_accepted',
        subject: { type: 'order', id },
        resellerId: order.resellerId,
        after: { reason: order.refusal },
        event: { orderId: id, status: 'not_accepted', reason: order.refusal },
      },
    );
  });
}
