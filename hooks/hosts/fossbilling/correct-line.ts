import { z } from 'zod';
import { HostError, type CallRequest, type HostInvoice } from '../../contract/index.ts';
import type { FossbillingHost } from './host.ts';
import { exactMinor, moneyOf } from './host-money.ts';
import { rowsOfInvoice } from './invoice-answer.ts';
import { viewInvoice } from './invoice-view.ts';
import { readInvoice } from './order-invoice.ts';

/**
 * Sets one line of an invoice that is not paid. The line's tax mark is sent along: the host clears it otherwise.
 * @throws HostError not_found, conflict when the invoice is paid or cancelled, refused (amount)
 */
export async function correctInvoiceLine(
  host: FossbillingHost,
  { invoiceId, lineId, unitPrice, quantity }: CallRequest<'invoices.correctLine'>,
): Promise<HostInvoice> {
  const invoice = await readInvoice(host, invoiceId);
  const line = invoice.lines.find(({ id }) => id === lineId);
  if (!line) throw new HostError('not_found', 'The host has no such invoice line.');
  if (invoice.status !== 'unpaid') throw new HostError('conflict', 'Only an unpaid invoice changes.');
  exactMinor(unitPrice, moneyOf(invoice.currency).digits);
  const rows = await host.rows.facts(invoice.client_id, rowsOfInvoice(invoice));
  const isDomain = line.type === 'order' && rows.get(line.rel_id ?? '')?.domain === true;
  const change = {
    title: line.title,
    price: unitPrice,
    // A domain's line is one domain for its whole term, where the host counts years.
    quantity: isDomain ? 1 : (quantity ?? line.quantity),
    taxed: line.taxed ? 1 : 0,
  };
  const update = { id: invoiceId, items: { [lineId]: change } };
  await host.api.call('invoice/update', update, z.unknown(), { kind: 'write' });
  return viewInvoice(host, await readInvoice(host, invoiceId));
}
