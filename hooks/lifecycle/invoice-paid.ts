import { mirrorInvoice } from '../../server/modules/invoice/mirror.ts';
import { findByHostClient } from '../../server/modules/reseller/find-by-host-client.ts';
import { bookPayment } from '../../server/modules/revenue/book-payment.ts';
import type { LifecycleHandler } from './handler.ts';

/** Payment reaches the reseller's revenue: ledger and rollup in one transaction, once per line and payment. */
export const onInvoicePaid: LifecycleHandler<'invoice.paid'> = async (ctx, { aggregate, data }) => {
  const reseller = await findByHostClient(ctx.em, data.invoice.clientId);
  if (!reseller) return false;
  await mirrorInvoice(ctx, data.invoice, aggregate.version);
  await bookPayment(ctx, reseller.id, data.invoice, data.payment);
  return true;
};
