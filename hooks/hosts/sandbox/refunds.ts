import { addCredit } from './accounts.ts';
import { emit, load, refuse, save, sumOf, toMinor, toText, type Document, type Host } from './kit.ts';
import { book, paidOn, paymentAnswer, repeated } from './payments.ts';

type LineRefund = { lineId: string; net: string };
type RefundRequest = { refundId?: string | undefined; amount?: string | undefined; lines?: LineRefund[] | undefined };

/** Gives money of a paid invoice back: all, a part, or by lines. The same refund id again answers the refund that is there. */
export function refundInvoice(host: Host, id: string, request: RefundRequest) {
  const invoice = load(host, 'invoice', id);
  const { status, clientId, number: reason, money } = invoice;
  const { currency, digits } = money;
  const earlier = repeated(invoice, 'refund', request.refundId, status === 'refunded');
  if (earlier) return paymentAnswer(host, id, earlier);
  if (status !== 'paid' && status !== 'part_refunded') refuse('conflict', 'Only a paid invoice can be refunded.');

  const left = paidOn(invoice).paid - paidOn(invoice).refunded;
  const lines = request.lines?.map((line) => checkLine(invoice, line)) ?? null;
  const ofLines = lines === null ? left : sumOf(digits, lines, 'net');
  const minor = request.amount === undefined ? ofLines : toMinor(request.amount, digits);
  const wrong = minor <= 0 || minor > left || (lines !== null && ofLines !== minor);
  if (wrong) refuse('amount_refused', `Refund at most ${toText(left, digits)}; lines must add up to it.`);
  // Money goes back the way it came.
  const method = invoice.payments.findLast(({ kind }) => kind === 'payment')?.method ?? 'gateway';
  const refund = book(host, invoice, { kind: 'refund', method, minor, id: request.refundId, lines });
  const { amount, at } = refund;
  if (method === 'credit') addCredit(host, { clientId, currency, amount, reference: `${id} ${refund.id}`, reason });
  save(host, { ...invoice, status: minor === left ? 'refunded' : 'part_refunded' });
  emit(host, 'invoice.refunded', id, { refund: { id: refund.id, at, amount, lines } });
  return paymentAnswer(host, id, refund);
}

function checkLine({ lines, money: { digits } }: Document<'invoice'>, { lineId, net }: LineRefund): LineRefund {
  const minor = toMinor(net, digits);
  const most = toMinor(lines.find((line) => line.id === lineId)?.net ?? '-1', digits);
  if (minor < 0 || minor > most)
    refuse('amount_refused', 'Name lines of this invoice, each with at most its own amount.');
  return { lineId, net: toText(minor, digits) };
}
