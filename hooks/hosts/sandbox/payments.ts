import { randomUUID } from 'node:crypto';
import type { HostInvoice } from '../../contract/index.ts';
import { addCredit } from './credit.ts';
import { emit, find, load, momentNow, Refusal, save, sumOf, toMinor, toText, view } from './kit.ts';
import type { Document, Host, Payment } from './kit.ts';
import { provision, renew } from './services.ts';

type Invoice = Document<'invoice'>;
type PayRequest = {
  method?: 'gateway' | 'credit' | 'none';
  paymentId?: string | undefined;
  amount?: string | undefined;
};
/** The invoice after a payment, a failed try or a refund, and that payment. */
export type PaymentAnswer = {
  invoiceId: string;
  status: string;
  outstanding: string;
  payment: Payment;
  invoice: HostInvoice;
};

/** What was booked on an invoice and what is left to pay, in minor units. */
export function paidOn({ payments, money: { digits }, total }: Pick<Invoice, 'payments' | 'money' | 'total'>) {
  const of = (kind: Payment['kind']) => sumOf(digits, payments.filter((entry) => entry.kind === kind), 'amount'); // prettier-ignore
  return { paid: of('payment'), refunded: of('refund'), due: toMinor(total, digits) - of('payment') };
}

export function paymentAnswer(host: Host, invoiceId: string, payment: Payment): PaymentAnswer {
  const invoice = load(host, 'invoice', invoiceId);
  const outstanding = toText(Math.max(0, paidOn(invoice).due), invoice.money.digits);
  return { invoiceId, status: invoice.status, outstanding, payment, invoice: view(host, 'invoice', invoiceId) };
}

/** Books on an invoice, which the caller saves. */
export function book(
  host: Host,
  invoice: Invoice,
  kind: Payment['kind'],
  minor: number,
  method: string,
  id?: string,
): Payment {
  const amount = toText(minor, invoice.money.digits);
  const payment = { id: id ?? `${kind}-${randomUUID()}`, kind, method, amount, at: momentNow(host) };
  invoice.payments.push(payment);
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
export function payInvoice(
  host: Host,
  id: string,
  { method = 'gateway', paymentId, amount }: PayRequest,
): PaymentAnswer {
  return host.db.transaction(() => {
    const invoice = load(host, 'invoice', id);
    const { status, clientId, number, money } = invoice;
    const earlier = repeated(invoice, 'payment', paymentId, ['paid', 'part_refunded', 'refunded'].includes(status));
    if (earlier) return paymentAnswer(host, id, earlier);
    if (status !== 'unpaid') throw new Refusal('conflict', `An invoice that is ${status} cannot be paid.`);
    const { due } = paidOn(invoice);
    const minor = amount === undefined ? due : toMinor(amount, money.digits);
    const wrong = minor > due || minor < 0 || (minor === 0 && due > 0);
    if (wrong) throw new Refusal('amount_refused', `Pay more than zero and at most ${toText(due, money.digits)}.`);
    const payment = book(host, invoice, 'payment', minor, method, paymentId);
    const taken = { clientId, currency: money.currency, amount: toText(-minor, money.digits) };
    if (method === 'credit') addCredit(host, { ...taken, reference: `${id} ${payment.id}`, reason: number });
    if (minor < due) save(host, invoice);
    else settle(host, invoice, payment);
    return paymentAnswer(host, id, payment);
  });
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

/** The test gateway refuses: the try is on record, the invoice stays as it is. */
export function failPayment(host: Host, id: string): PaymentAnswer {
  return host.db.transaction(() => {
    const invoice = load(host, 'invoice', id);
    if (invoice.status !== 'unpaid')
      throw new Refusal('conflict', `This invoice is ${invoice.status} and waits for no payment.`);
    const payment = book(host, invoice, 'failed', paidOn(invoice).due, 'gateway');
    save(host, invoice);
    return paymentAnswer(host, id, payment);
  });
}
