import type { Order } from '../order/entity.ts';
import type { Invoice } from './entity.ts';
import { invoiceStatus, payLink } from './state.ts';

/** An invoice as lists and its own page show it. @param today a day in the billing zone, @param link into the host */
export function invoiceRow(
  invoice: Invoice,
  order: Pick<Order, 'id' | 'number'> | null | undefined,
  today: string,
  link: (kind: 'invoice', id: string) => string | null,
) {
  return {
    id: invoice.hostInvoiceId,
    resellerId: invoice.resellerId,
    number: invoice.number,
    status: invoiceStatus(invoice, today),
    currency: invoice.currency,
    total: invoice.total,
    issuedAt: invoice.issuedAt?.toISOString() ?? null,
    dueOn: invoice.dueOn ?? null,
    paidAt: invoice.paidAt?.toISOString() ?? null,
    order: order ? { id: order.id, number: String(order.number) } : null,
    payUrl: payLink(invoice, link),
  };
}
