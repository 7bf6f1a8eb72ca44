import type { HostInvoice, RefundFact } from '../../contract/index.ts';
import { formatMinor } from '../../prices/money.ts';
import type { CallOptions } from './api-client.ts';
import type { FossbillingHost } from './host.ts';
import { moneyOf, toMinor } from './host-money.ts';
import { rowsOfInvoice, type InvoiceAnswer } from './invoice-answer.ts';
import { viewLines } from './invoice-lines.ts';
import { readRefunds } from './refunds.ts';
import { invoiceStatus } from './row-status.ts';

/**
 * An invoice as the contract writes it. All amounts are net, the total too; tax stands on the host's document only.
 * @throws HostError
 */
export async function viewInvoice(
  host: FossbillingHost,
  invoice: InvoiceAnswer,
  options?: CallOptions,
): Promise<HostInvoice> {
  const money = moneyOf(invoice.currency);
  const rows = await host.rows.facts(invoice.client_id, rowsOfInvoice(invoice), options);
  const lines = viewLines(invoice.lines, money.digits, rows);
  const total = lines.reduce((sum, { amount }) => sum + toMinor(amount, money.digits), 0n);
  const refunds = invoice.status === 'paid' ? await readRefunds(host, invoice, lines, money.digits, options) : [];
  const status = invoiceStatus(invoice.status, invoice.approved);
  return {
    id: invoice.id,
    number: (invoice.serie_nr ?? invoice.id).slice(0, 60),
    clientId: invoice.client_id,
    orderId: lines.find(({ occasion, orderId }) => occasion === 'new' && orderId !== null)?.orderId ?? null,
    status: status === 'paid' ? afterRefunds(refunds, total, money.digits) : status,
    money,
    total: formatMinor(total, money.digits),
    issuedAt: invoice.approved ? invoice.created_at : null,
    dueOn: invoice.due_at?.slice(0, 10) ?? null,
    paidAt: invoice.paid_at,
    payment:
      invoice.paid_at === null
        ? null
        : { id: paymentId(invoice.id), at: invoice.paid_at, method: invoice.gateway_id ?? 'credit' },
    refunds,
    lines,
  };
}

/** The host marks an invoice paid once and as a whole, so the payment needs no number of its own. */
function paymentId(invoiceId: string): string {
  return `paid-${invoiceId}`;
}

function afterRefunds(refunds: readonly RefundFact[], total: bigint, digits: number): HostInvoice['status'] {
  const given = refunds.reduce((sum, { amount }) => sum + toMinor(amount, digits), 0n);
  if (given === 0n) return 'paid';
  return given < total ? 'part_refunded' : 'refunded';
}
