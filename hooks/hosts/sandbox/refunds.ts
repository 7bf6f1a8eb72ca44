import { addCredit } from './credit.ts';
import { emit, load, Refusal, save, sumOf, toMinor, toText, type Document, type Host } from './kit.ts';
import { book, paidOn, paymentAnswer, repeated, type PaymentAnswer } from './payments.ts';

type LineRefund = { lineId: string; net: string };
type RefundRequest = { refundId?: string | undefined; amount?: string | undefined; lines?: LineRefund[] | undefined };

/** Gives money of a paid invoice back: all, a part, or by lines. The same refund id again answers the refund that is there. */
export function refundInvoice(host: Host, id: string, request: RefundRequest): PaymentAnswer {
  return host.db.transaction(() => {
    const invoice = load(host, 'invoice', id);
    const { status, clientId, number, money } = invoice;
    const { currency, digits } = money;
    const earlier = repeated(invoice, 'refund', request.refundId, status === 'refunded');
    if (earlier) return paymentAnswer(host, id, earlier);
    if (status !== 'paid' && status !== 'part_refunded')
      throw new Refusal('conflict', 'Only a paid invoice can be refunded.');

    const left = paidOn(invoice).paid - paidOn(invoice).refunded;
    const lines = request.lines?.map((line) => checkLine(invoice, line)) ?? null;
    const ofLines = lines === null ? undefined : sumOf(digits, lines, 'net');
    const minor = request.amount === undefined ? (ofLines ?? left) : toMinor(request.amount, digits);
    const wrong = minor <= 0 || minor > left || (ofLines !== undefined && ofLines !== minor);
    if (wrong) throw new Refusal('amount_refused', `Refund at most ${toText(left, digits)}; lines must add up to it.`);
    // Money goes back the way it came.
    const method = invoice.payments.findLast(({ kind }) => kind === 'payment')?.method ?? 'gateway';
    const refund = book(host, invoice, 'refund', minor, method, request.refundId);
    const { amount, at } = refund;
    refund.lines = lines;
    if (method === 'credit')
      addCredit(host, { clientId, currency, amount, reference: `${id} ${refund.id}`, reason: number });
    save(host, { ...invoice, status: minor === left ? 'refunded' : 'part_refunded' });
    emit(host, 'invoice.refunded', id, { refund: { id: refund.id, at, amount, lines } });
    return paymentAnswer(host, id, refund);
  });
}

function checkLine({ lines, money }: Document<'invoice'>, { lineId, net }: LineRefund): LineRefund {
  const minor = toMinor(net, money.digits);
  const most = toMinor(lines.find((line) => line.id === lineId)?.net ?? '-1', money.digits);
  if (minor >= 0 && minor <= most) return { lineId, net: toText(minor, money.digits) };
  throw new Refusal('amount_refused', 'Name lines of this invoice, each with at most its own amount.');
}
