import { mirrorInvoice } from '../../server/modules/invoice/mirror.ts';
import type { LifecycleHandler } from './handler.ts';

/** The invoice went out: it shows in statements, its order waits for payment. */
export const onInvoiceIssued: LifecycleHandler<'invoice.issued'> = async (ctx, { aggregate, data }) =>
  (await mirrorInvoice(ctx, data.invoice, aggregate.version)) !== null;
