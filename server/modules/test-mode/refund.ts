import { ServiceError } from '../../errors.ts';
import { report } from './report.ts';
import { invoiceAsKept, momentOf } from './simulate.ts';
import { testStep } from './step.ts';

/** All that was paid for the order goes back. @throws conflict unless it is paid */
export const refundTestOrder = testStep('refund', async (ctx, { order, invoice, clientId }) => {
  if (invoice.status !== 'paid')
    throw new ServiceError('conflict', `The invoice of this order is ${invoice.status}; only a paid one is refunded.`);
  const { total } = invoice;
  await report(ctx, 'invoice.refunded', invoice.hostVersion + 1, {
    invoice: { ...invoiceAsKept(order, invoice, clientId), status: 'refunded' },
    refund: { id: `${invoice.hostInvoiceId}-r`, at: momentOf(ctx.now), amount: total, lines: null },
  });
});
