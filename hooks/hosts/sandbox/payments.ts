import { randomUUID } from 'node:crypto';
import type { HostInvoice } from '../../contract/index.ts';
import { takeCredit } from './credit.ts';
import { bumpVersion, emit } from './emit.ts';
import { momentNow, type Host } from './host.ts';
import { invoiceRow, lineRows, readInvoice, sumsOf } from './invoices.ts';
import { digitsOf, toMinor, toText } from './money.ts';
import { orderRow } from './orders.ts';
import { Refusal } from './refusal.ts';
import { provision, renew } from './services.ts';

type Kind = 'payment' | 'failed' | 'refund';
export type Payment = { id: string; kind: Kind; method: string; amount: string; at: string };
type PaymentRow = Omit<Payment, 'id' | 'amount'> & { amount: number; reference: string };
type PayRequest = {
  method?: 'gateway' | 'credit' | 'none' | undefined;
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

/** Everything that happened to an invoice's money, oldest first. */
export function readPayments(host: Host, invoiceId: string): Payment[] {
  const rows = host.db.all<PaymentRow>('SELECT * FROM payments WHERE invoiceId = ? ORDER BY id', invoiceId);
  const digits = digitsOf(host, invoiceRow(host, invoiceId).currency);
  return rows.map(({ reference, kind, method, amount, at }) => ({
    id: reference,
    kind,
    method,
    amount: toText(amount, digits),
    at,
  }));
}

export function paymentAnswer(host: Host, invoiceId: string, payment: Payment): PaymentAnswer {
  const invoice = readInvoice(host, invoiceId);
  const { total, paid } = sumsOf(host, invoiceId);
  const outstanding = toText(Math.max(0, total - paid), invoice.money.digits);
  return { invoiceId, status: invoice.status, outstanding, payment, invoice };
}

type Entry = { kind: Kind; method: string; amount: number; reference?: string | undefined; lines?: object | null };

/** Books a payment, a failed try or a refund. */
export function bookPayment(host: Host, invoiceId: string, { lines, reference, ...entry }: Entry): Payment {
  const values = { invoiceId, at: momentNow(host), lines: lines ? JSON.stringify(lines) : null, ...entry };
  host.db.insert('payments', { ...values, reference: reference ?? `${entry.kind}-${randomUUID()}` });
  return readPayments(host, invoiceId).at(-1) as Payment;
}

/** The earlier payment that this request repeats: the same id, or any payment of an invoice that is paid. */
export function repeated(host: Host, invoiceId: string, kind: Kind, reference: string | undefined, done: boolean) {
  const earlier = readPayments(host, invoiceId).filter((payment) => payment.kind === kind);
  return earlier.find((payment) => payment.id === reference) ?? (done ? earlier.at(-1) : undefined);
}

/**
 * Pays an invoice, whole or in part. Paying it again, or the same payment id again, answers the payment that is there.
 * Only the payment that completes the total makes the invoice paid; a part sends nothing.
 */
export function payInvoice(host: Host, id: string, request: PayRequest): PaymentAnswer {
  return host.db.transaction(() => {
    const { status, currency, clientId } = invoiceRow(host, id);
    const done = ['paid', 'part_refunded', 'refunded'].includes(status);
    const earlier = repeated(host, id, 'payment', request.paymentId, done);
    if (earlier) return paymentAnswer(host, id, earlier);
    if (status !== 'unpaid') throw new Refusal('conflict', `An invoice that is ${status} cannot be paid.`);

    const digits = digitsOf(host, currency);
    const due = sumsOf(host, id).total - sumsOf(host, id).paid;
    const amount = request.amount === undefined ? due : toMinor(request.amount, digits);
    if (amount > due || amount < 0 || (amount === 0 && due > 0)) {
      throw new Refusal('amount_refused', `Pay more than zero and at most ${toText(due, digits)}.`);
    }
    const method = request.method ?? 'gateway';
    if (method === 'credit') takeCredit(host, clientId, currency, amount, `invoice-${id}-${randomUUID()}`);
    const payment = bookPayment(host, id, { kind: 'payment', method, amount, reference: request.paymentId });
    if (amount === due) settle(host, id, payment);
    else bumpVersion(host, 'invoices', id);
    return paymentAnswer(host, id, payment);
  });
}

/** The invoice is paid: tell the plugin, then set up what is new and prolong what is renewed. */
function settle(host: Host, id: string, payment: Payment): void {
  host.db.update('invoices', id, { status: 'paid', paidAt: payment.at });
  const { orderId } = invoiceRow(host, id);
  const invoice = readInvoice(host, id);
  emit(host, 'invoice.paid', id, { invoice, payment: { id: payment.id, at: payment.at, method: payment.method } });
  if (orderId !== null && exists(host, 'orders', orderId)) {
    host.db.update('orders', orderId, { status: 'active' });
    bumpVersion(host, 'orders', orderId);
  }
  for (const { kind, serviceId, occasion, periodFrom } of lineRows(host, id)) {
    if (serviceId === null || kind === 'setup' || !exists(host, 'services', serviceId)) continue;
    if (occasion === 'new') provision(host, serviceId);
    if (occasion === 'renewal' && periodFrom !== null) renew(host, serviceId, periodFrom);
  }
}

/** Staff may have deleted what an invoice names. */
function exists(host: Host, table: 'orders' | 'services', id: string): boolean {
  return host.db.get(`SELECT id FROM ${table} WHERE id = ?`, id) !== undefined;
}

/** The test gateway refuses: the try is on record, the invoice stays as it is. */
export function failPayment(host: Host, id: string): PaymentAnswer {
  return host.db.transaction(() => {
    const { status } = invoiceRow(host, id);
    if (status !== 'unpaid') throw new Refusal('conflict', `An invoice that is ${status} waits for no payment.`);
    const { total, paid } = sumsOf(host, id);
    const payment = bookPayment(host, id, { kind: 'failed', method: 'gateway', amount: total - paid });
    bumpVersion(host, 'invoices', id);
    return paymentAnswer(host, id, payment);
  });
}
