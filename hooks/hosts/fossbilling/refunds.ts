import type { InvoiceLine, RefundFact } from '../../contract/index.ts';
import { formatMinor } from '../../prices/money.ts';
import type { CallOptions } from './api-client.ts';
import { invoiceAnswer, type InvoiceAnswer } from './invoice-answer.ts';
import type { FossbillingHost } from './host.ts';
import { toMinor } from './host-money.ts';
import { orNull } from './pages.ts';

/** What the host writes into the notes of an invoice that it refunds by a credit note or a negative invoice. */
const REFUNDED_BY = /Refund invoice #(\d+) generated\./g;

/** True for a credit note or negative invoice: a refund of another invoice, not an invoice of its own. */
export function isRefundDocument({ status }: InvoiceAnswer): boolean {
  return status === 'refunded';
}

/**
 * What was given back on an invoice, from the documents the host made for it. Where the provider refunds by hand, the
 * host keeps nothing that could be read.
 */
export async function readRefunds(
  { api }: FossbillingHost,
  invoice: InvoiceAnswer,
  lines: readonly InvoiceLine[],
  digits: number,
  options?: CallOptions,
): Promise<RefundFact[]> {
  const refunds: RefundFact[] = [];
  for (const [, id] of (invoice.notes ?? '').matchAll(REFUNDED_BY)) {
    const document = await orNull(api.call('invoice/get', { id }, invoiceAnswer, options));
    if (document && isRefundDocument(document)) refunds.push(refundOf(document, lines, digits));
  }
  return refunds;
}

function refundOf(document: InvoiceAnswer, lines: readonly InvoiceLine[], digits: number): RefundFact {
  const given = document.lines.map((line) => -toMinor(line.price, digits) * BigInt(line.quantity));
  // The host copies the lines in their order; staff may have edited the copy.
  const same =
    document.lines.length === lines.length && lines.every(({ title }, at) => document.lines[at]?.title === title);
  return {
    id: `refund-${document.id}`,
    at: document.paid_at ?? document.created_at ?? '1970-01-01T00:00:00Z',
    amount: formatMinor(
      given.reduce((sum, amount) => sum + amount, 0n),
      digits,
    ),
    lines: same ? lines.map(({ id }, at) => ({ lineId: id, net: formatMinor(given[at] ?? 0n, digits) })) : null,
  };
}
