import { mirrorOrder } from '../../server/modules/order/mirror.ts';
import type { LifecycleHandler } from './handler.ts';

/** An order stands in the host: our record of it, and the locks its hook wrote at commit. */
export const onOrderCreated: LifecycleHandler<'order.created'> = async (ctx, { aggregate, data }) =>
  (await mirrorOrder(ctx, data.order, aggregate.version)) !== null;
