import type { FossbillingHost } from './host.ts';
import { invoiceAnswer, type InvoiceAnswer } from './invoice-answer.ts';
import { orNotFound, readAll } from './pages.ts';

/**
 * The invoice that charges the first term of an order, or null: the oldest one with a line that sets up the order's
 * first row. Cancelled ones count too, so that a cancelled order does not get a second invoice.
 */
export async function findOrderInvoice({ api }: FossbillingHost, orderId: string): Promise<InvoiceAnswer | null> {
  const list = { method: 'invoice/get_list', params: { order_id: orderId }, entry: invoiceAnswer };
  const found = (await readAll(api, list)).filter(({ lines, status }) => {
    const sets = lines.some(({ type, rel_id, task }) => type === 'order' && rel_id === orderId && task === 'activate');
    return sets && status !== 'refunded';
  });
  return found.toSorted((left, right) => Number(left.id) - Number(right.id))[0] ?? null;
}

/** @throws HostError not_found */
export async function readInvoice({ api }: FossbillingHost, id: string): Promise<InvoiceAnswer> {
  return orNotFound(api.call('invoice/get', { id }, invoiceAnswer), 'invoice');
}
