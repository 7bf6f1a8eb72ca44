import { addCredit } from './credit.ts';
import { emit } from './emit.ts';
import type { Host } from './host.ts';
import { invoiceRow, lineRows, readInvoice, sumsOf } from './invoices.ts';
import { digitsOf, toMinor, toText } from './money.ts';
import { bookPayment, paymentAnswer, readPayments, repeated, type PaymentAnswer } from './payments.ts';
import { Refusal } from './refusal.ts';

export type RefundRequest = {
  refundId?: string | undefined;
  amount?: string | undefined;
  lines?: { lineId: string; net: string }[] | undefined;
};

/** Gives money of a paid invoice back: all, a part, or by lines. The same refund id again answers the refund that is there. */
export function refundInvoice(host: Host, id: string, request: RefundRequest): PaymentAnswer {
  return host.db.transaction(() => {
    const { status, currency, clientId } = invoiceRow(host, id);
    const earlier = repeated(host, id, 'refund', request.refundId, status === 'refunded');
    if (earlier) return paymentAnswer(host, id, earlier);
    if (status !== 'paid' && status !== 'part_refunded')
      throw new Refusal('conflict', 'Only a paid invoice can be refunded.');

    const digits = digitsOf(host, currency);
    const left = sumsOf(host, id).paid - sumsOf(host, id).refunded;
    const lines = request.lines ? byLine(host, id, request.lines, digits) : null;
    const ofLines = lines?.reduce((sum, line) => sum + toMinor(line.net, digits), 0);
    const amount = request.amount === undefined ? (ofLines ?? left) : toMinor(request.amount, digits);
    if (ofLines !== undefined && ofLines !== amount)
      throw new Refusal('amount_refused', 'The lines must add up to the amount.');
    if (amount <= 0 || amount > left) {
      throw new Refusal('amount_refused', `Refund more than zero and at most ${toText(left, digits)}.`);
    }

    const method = readPayments(host, id).findLast((payment) => payment.kind === 'payment')?.method ?? 'gateway';
    const refund = bookPayment(host, id, { kind: 'refund', method, amount, reference: request.refundId, lines });
    if (method === 'credit') {
      const reference = `refund-${id}-${refund.id}`;
      addCredit(host, { clientId, currency, amount: refund.amount, reference, reason: 'Refund of an invoice' });
    }
    host.db.update('invoices', id, { status: amount === left ? 'refunded' : 'part_refunded' });
    const about = { id: refund.id, at: refund.at, amount: refund.amount, lines };
    emit(host, 'invoice.refunded', id, { invoice: readInvoice(host, id), refund: about });
    return paymentAnswer(host, id, refund);
  });
}

function byLine(host: Host, id: string, lines: NonNullable<RefundRequest['lines']>, digits: number) {
  const most = new Map(lineRows(host, id).map((line) => [line.id, line.unitPrice * line.quantity]));
  return lines.map(({ lineId, net }) => {
    const minor = toMinor(net, digits);
    if (minor >= 0 && minor <= (most.get(lineId) ?? -1)) return { lineId, net: toText(minor, digits) };
    throw new Refusal('amount_refused', 'Name lines of this invoice, each with at most its own amount.');
  });
}
