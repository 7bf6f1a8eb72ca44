import type { CallRequest, CallResponse, HostInvoice } from '../../contract/index.ts';
import { readClientPage } from './client-pages.ts';
import type { FossbillingHost } from './host.ts';
import { invoiceAnswer, type InvoiceAnswer } from './invoice-answer.ts';
import { viewInvoice } from './invoice-view.ts';
import { orNull } from './pages.ts';
import { isRefundDocument } from './refunds.ts';

/**
 * invoices.list over the API, by client or by id. Credit notes and negative invoices are left out: they stand as refunds
 * with the invoice they belong to. The host has no filter by change, so `since` saves no calls.
 */
export async function listInvoices(
  host: FossbillingHost,
  request: CallRequest<'invoices.list'>,
): Promise<CallResponse<'invoices.list'>> {
  if (request.ids) return { invoices: await readSingly(host, request.ids, request.clientIds), cursor: null };
  const list = { method: 'invoice/get_list', entry: invoiceAnswer };
  const { entries, cursor } = await readClientPage(host.api, list, request);
  const changed = entries.filter((invoice) => changedSince(invoice, request.since));
  return { invoices: await viewAll(host, changed), cursor };
}

async function readSingly(host: FossbillingHost, ids: string[], clientIds: string[]): Promise<HostInvoice[]> {
  const found: InvoiceAnswer[] = [];
  for (const id of new Set(ids)) {
    const invoice = await orNull(host.api.call('invoice/get', { id }, invoiceAnswer, { purpose: 'list' }));
    if (invoice && clientIds.includes(invoice.client_id)) found.push(invoice);
  }
  return viewAll(host, found);
}

async function viewAll(host: FossbillingHost, answers: readonly InvoiceAnswer[]): Promise<HostInvoice[]> {
  const invoices: HostInvoice[] = [];
  for (const invoice of answers) {
    // A draft without lines is what the host leaves behind when it is stopped.
    if (isRefundDocument(invoice) || (!invoice.approved && invoice.lines.length === 0)) continue;
    invoices.push(await viewInvoice(host, invoice, { purpose: 'list' }));
  }
  return invoices;
}

function changedSince({ updated_at, created_at }: InvoiceAnswer, since: string | undefined): boolean {
  return since === undefined || Date.parse(updated_at ?? created_at ?? since) >= Date.parse(since);
}
