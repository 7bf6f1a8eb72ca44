import { randomUUID } from 'node:crypto';
import { addCredit, readCredit } from './accounts.ts';
import { emit, find, load, momentNow, refuse, save, sumOf, toMinor, toText, view } from './kit.ts';
import type { Document, Host, Payment } from './kit.ts';
import { provision, renew } from './services.ts';

type Invoice = Document<'invoice'>;
type Method = 'gateway' | 'credit' | 'none';
type PayRequest = { method?: Method; paymentId?: string | undefined; amount?: string | undefined };

/** What was booked on an invoice and what is left to pay, in minor units. */
export function paidOn({ payments, money: { digits }, total }: Invoice) {
  const bookings = (kind: string) => payments.filter((payment) => payment.kind === kind);
  const paid = sumOf(digits, bookings('payment'), 'amount');
  return { paid, refunded: sumOf(digits, bookings('refund'), 'amount'), due: toMinor(total, digits) - paid };
}

/** The invoice after a payment, a failed try or a refund, and that payment. */
export function paymentAnswer(host: Host, invoiceId: string, payment: Payment) {
  const invoice = load(host, 'invoice', invoiceId);
  const outstanding = toText(Math.max(0, paidOn(invoice).due), invoice.money.digits);
  return { invoiceId, status: invoice.status, outstanding, payment, invoice: view(host, 'invoice', invoiceId) };
}

type Booking = Pick<Payment, 'kind' | 'method'> & { minor: number; id?: string | undefined; lines?: Payment['lines'] };

/** Books on an invoice, which the caller saves. */
export function book(host: Host, { payments, money }: Invoice, booking: Booking): Payment {
  const { kind, method, minor, id = `${kind}-${randomUUID()}`, lines = null } = booking;
  const payment = { id, kind, method, amount: toText(minor, money.digits), at: momentNow(host), lines };
  payments.push(payment);
  return payment;
}

/** The booking that a request repeats: the same id, or the last one where there is nothing left to do. */
export function repeated({ payments }: Invoice, kind: Payment['kind'], id: string | undefined, done: boolean) {
  const earlier = payments.filter((payment) => payment.kind === kind);
  return earlier.find((payment) => payment.id === id) ?? (done ? earlier.at(-1) : undefined);
}

/**
 * Pays an invoice, whole or in part. Paying it again, or the same payment id again, answers the payment that is there.
 * Only the payment that completes the total makes the invoice paid; a part sends nothing.
 */
export function payInvoice(host: Host, id: string, { method = 'gateway', paymentId, amount }: PayRequest) {
  const invoice = load(host, 'invoice', id);
  const { status, clientId, number, money } = invoice;
  const earlier = repeated(invoice, 'payment', paymentId, ['paid', 'part_refunded', 'refunded'].includes(status));
  if (earlier) return paymentAnswer(host, id, earlier);
  if (status !== 'unpaid') refuse('conflict', `An invoice that is ${status} cannot be paid.`);
  const { due } = paidOn(invoice);
  const minor = amount === undefined ? due : toMinor(amount, money.digits);
  const wrong = minor > due || minor < 0 || (minor === 0 && due > 0);
  if (wrong) refuse('amount_refused', `Pay more than zero and at most ${toText(due, money.digits)}.`);
  const payment = book(host, invoice, { kind: 'payment', method, minor, id: paymentId });
  const taken = { clientId, currency: money.currency, amount: toText(-minor, money.digits) };
  if (method === 'credit') addCredit(host, { ...taken, reference: `${id} ${payment.id}`, reason: number });
  if (minor < due) save(host, invoice);
  else settle(host, invoice, payment);
  return paymentAnswer(host, id, payment);
}

/** The invoice is paid: tell the plugin, then set up what is new and prolong what is renewed. */
function settle(host: Host, invoice: Invoice, { id, at, method }: Payment): void {
  save(host, { ...invoice, status: 'paid', paidAt: at });
  emit(host, 'invoice.paid', invoice.id, { payment: { id, at, method } });
  // Staff may have deleted what the invoice names.
  for (const order of find(host, 'order', 'id = ?', invoice.orderId ?? '')) save(host, { ...order, status: 'active' });
  for (const { kind, serviceId, occasion, periodFrom } of invoice.lines) {
    const [service] = find(host, 'service', 'id = ?', serviceId ?? '');
    if (service && occasion === 'new' && kind !== 'setup') provision(host, service.id);
    if (service && occasion === 'renewal') renew(host, service.id, periodFrom);
  }
}

/** Applies account credit as far as it reaches. */
export function payFromCredit(host: Host, id: string): void {
  const invoice = load(host, 'invoice', id);
  const { money, balance } = readCredit(host, invoice.clientId);
  if (money.currency !== invoice.money.currency || invoice.status !== 'unpaid') return;
  const covered = Math.min(paidOn(invoice).due, toMinor(balance, money.digits));
  if (covered > 0) payInvoice(host, id, { method: 'credit', amount: toText(covered, money.digits) });
}

/** The test gateway refuses: the try is on record, the invoice stays as it is. */
export function failPayment(host: Host, id: string) {
  const invoice = load(host, 'invoice', id);
  if (invoice.status !== 'unpaid') refuse('conflict', `This invoice is ${invoice.status} and waits for no payment.`);
  const payment = book(host, invoice, { kind: 'failed', method: 'gateway', minor: paidOn(invoice).due });
  save(host, invoice);
  return paymentAnswer(host, id, payment);
}
