import type { HostInvoice, InvoiceLine } from '../../contract/index.ts';
import { addDays } from './calendar.ts';
import type { Values } from './database.ts';
import { bumpVersion, emit } from './emit.ts';
import { today, type Host } from './host.ts';
import { moneyOf, toText } from './money.ts';
import { notFound, Refusal } from './refusal.ts';

type InvoiceRow = Omit<HostInvoice, 'number' | 'money' | 'total' | 'lines'> & { currency: string; held: string | null };
/** A line in minor units. `periodFrom` is the first day of the term that a renewal pays for. */
export type LineRow = Omit<InvoiceLine, 'unitPrice' | 'amount' | 'net' | 'prorated'> & {
  unitPrice: number;
  periodFrom: string | null;
};
export type NewInvoice = { clientId: string; orderId: string | null; currency: string; dueOn?: string };
export type NewLine = Omit<LineRow, 'id'>;

/** Days a client has to pay a new invoice. */
const DUE_AFTER_DAYS = 14;

export function invoiceRow(host: Host, id: string): InvoiceRow {
  const row = host.db.get<InvoiceRow>('SELECT * FROM invoices WHERE id = ?', id);
  if (!row) throw notFound('invoice');
  return row;
}

export function lineRows(host: Host, invoiceId: string): LineRow[] {
  return host.db.all<LineRow>('SELECT * FROM invoice_lines WHERE invoiceId = ? ORDER BY id', invoiceId);
}

/** The invoice's total, what was paid and what went back, in minor units. */
export function sumsOf(host: Host, id: string): { total: number; paid: number; refunded: number } {
  const sql = `SELECT (SELECT coalesce(sum(quantity * unitPrice), 0) FROM invoice_lines WHERE invoiceId = ?) AS total,
    coalesce(sum(amount) FILTER (WHERE kind = 'payment'), 0) AS paid,
    coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS refunded FROM payments WHERE invoiceId = ?`;
  return host.db.get(sql, id, id) ?? { total: 0, paid: 0, refunded: 0 };
}

/** The invoice as the contract writes it. Prices are net, so a line's net is its amount. */
export function readInvoice(host: Host, invoiceId: string): HostInvoice {
  const { id, clientId, orderId, status, currency, issuedAt, dueOn, paidAt } = invoiceRow(host, invoiceId);
  const money = moneyOf(host, currency);
  const lines = lineRows(host, id).map(({ unitPrice, ...row }): InvoiceLine => {
    const { kind, title, serviceId, product, occasion, quantity } = row;
    const amount = toText(unitPrice * quantity, money.digits);
    const about = { id: row.id, kind, title, orderId: row.orderId, serviceId, product, occasion, quantity };
    return { ...about, unitPrice: toText(unitPrice, money.digits), amount, net: amount, prorated: null };
  });
  return {
    ...{ id, clientId, orderId, status, money, issuedAt, dueOn, paidAt, lines },
    number: `INV-${id.padStart(5, '0')}`,
    total: toText(sumsOf(host, id).total, money.digits),
  };
}

/** Writes a draft. Nothing is sent before `issueInvoice`. */
export function draftInvoice(host: Host, invoice: NewInvoice, lines: NewLine[]): string {
  return host.db.transaction(() => {
    const id = host.db.insert('invoices', { dueOn: addDays(today(host), DUE_AFTER_DAYS), ...invoice });
    for (const line of lines) host.db.insert('invoice_lines', { invoiceId: id, ...line });
    bumpVersion(host, 'invoices', id);
    return id;
  });
}

/** Changes or (without a line id) adds a line of an invoice that is not paid. No event: a hand edit in a host tells nobody. */
export function editLine(host: Host, invoiceId: string, lineId: string | null, values: Values): void {
  const { status } = invoiceRow(host, invoiceId);
  if (status !== 'draft' && status !== 'unpaid')
    throw new Refusal('conflict', `An invoice that is ${status} does not change.`);
  host.db.transaction(() => {
    if (lineId === null) host.db.insert('invoice_lines', { invoiceId, ...values });
    else if (lineRows(host, invoiceId).some((line) => line.id === lineId))
      host.db.update('invoice_lines', lineId, values);
    else throw notFound('invoice line');
    if (sumsOf(host, invoiceId).total < 0) throw new Refusal('amount_refused', 'An invoice is never below zero.');
    bumpVersion(host, 'invoices', invoiceId);
  });
}

/** Cancels an invoice on which nothing was paid; silently for the test endpoint, as some hosts do it. */
export function cancelInvoice(host: Host, id: string, silent = false): HostInvoice {
  return host.db.transaction(() => {
    const { status } = invoiceRow(host, id);
    if (status === 'cancelled') return readInvoice(host, id);
    if (!['draft', 'unpaid'].includes(status) || sumsOf(host, id).paid > 0) {
      throw new Refusal('conflict', 'Something was paid on this invoice. Refund it instead.');
    }
    host.db.update('invoices', id, { status: 'cancelled' });
    if (silent) bumpVersion(host, 'invoices', id);
    else emit(host, 'invoice.cancelled', id, { invoice: readInvoice(host, id) });
    return readInvoice(host, id);
  });
}
