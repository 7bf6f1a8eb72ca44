import { mirrorInvoice } from '../../server/modules/invoice/mirror.ts';
import { findByHostClient } from '../../server/modules/reseller/find-by-host-client.ts';
import { bookRefund } from '../../server/modules/revenue/book-refund.ts';
import type { LifecycleHandler } from './handler.ts';

/** Money went back: negative entries, whether or not the payment was heard of yet. */
export const onInvoiceRefunded: LifecycleHandler<'invoice.refunded'> = async (ctx, { aggregate, data }) => {
  const reseller = await findByHostClient(ctx.em, data.invoice.clientId);
  if (!reseller) return false;
  await mirrorInvoice(ctx, data.invoice, aggregate.version);
  await bookRefund(ctx, reseller.id, data.invoice, data.refund);
  return true;
};
