import { mirrorInvoice } from '../../server/modules/invoice/mirror.ts';
import type { LifecycleHandler } from './handler.ts';

/** An unpaid invoice was cancelled, and with it what was ordered. */
export const onInvoiceCancelled: LifecycleHandler<'invoice.cancelled'> = async (ctx, { aggregate, data }) =>
  (await mirrorInvoice(ctx, data.invoice, aggregate.version)) !== null;
