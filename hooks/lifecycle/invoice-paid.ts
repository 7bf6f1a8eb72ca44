import { bookPaidInvoice } from '../../server/modules/revenue/book-paid-invoice.ts';
import type { LifecycleHandler } from './handler.ts';

/** Payment reaches the reseller's revenue: ledger and rollup in one transaction, once per line and payment. */
export const onInvoicePaid: LifecycleHandler<'invoice.paid'> = bookPaidInvoice;
