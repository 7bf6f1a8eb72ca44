import { report } from './report.ts';
import { invoiceAsKept, simulatedOrder } from './simulate.ts';
import { requireUnpaid, testStep } from './step.ts';

/** The provider's staff cancel the order before it was paid, its invoice with it. @throws conflict when it was paid */
export const cancelTestOrder = testStep('cancel', async (ctx, scene) => {
  requireUnpaid(scene);
  const { order, clientId, invoice } = scene;
  await report(ctx, 'invoice.cancelled', invoice.hostVersion + 1, {
    invoice: { ...invoiceAsKept(order, invoice, clientId), status: 'cancelled' },
  });
  await report(ctx, 'order.cancelled', order.hostVersion + 1, {
    order: { ...simulatedOrder(order, clientId, 'cancelled'), invoiceId: invoice.hostInvoiceId },
  });
});
