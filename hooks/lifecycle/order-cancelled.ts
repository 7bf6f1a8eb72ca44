import { mirrorOrder } from '../../server/modules/order/mirror.ts';
import type { LifecycleHandler } from './handler.ts';

/** An order ended before it was paid. One we never heard of is recorded as cancelled, so that a late creation cannot revive it. */
export const onOrderCancelled: LifecycleHandler<'order.cancelled'> = async (ctx, { aggregate, data }) =>
  (await mirrorOrder(ctx, data.order, aggregate.version)) !== null;
