import { report } from './report.ts';
import { invoiceAsKept, momentOf } from './simulate.ts';
import { requireUnpaid, testStep } from './step.ts';

/** The order's invoice is paid, and the order with it. @throws conflict unless it waits for payment */
export const payTestOrder = testStep('pay', async (ctx, scene) => {
  requireUnpaid(scene);
  const at = momentOf(ctx.now);
  await report(ctx, 'invoice.paid', scene.invoice.hostVersion + 1, {
    invoice: { ...invoiceAsKept(scene.order, scene.invoice, scene.clientId), status: 'paid', paidAt: at },
    payment: { id: `${scene.invoice.hostInvoiceId}-p`, at, method: 'test' },
  });
});
