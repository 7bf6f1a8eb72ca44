import type { InvoiceLine } from '../../contract/index.ts';
import { addDays, create, emit, load, refuse, refuseUnknown, save, sumOf, today, toMinor, toText } from './kit.ts';
import type { Document, Host, Line } from './kit.ts';

export type Invoice = Document<'invoice'>;
type Given = 'kind' | 'title' | 'serviceId' | 'product' | 'occasion' | 'quantity' | 'unitPrice';
export type NewLine = Pick<InvoiceLine, Given> & { periodFrom?: string };
type LineChange = { unitPrice?: string; quantity?: number };
type NewInvoice = Pick<Invoice, 'clientId' | 'orderId' | 'money'> & { dueOn?: string };

/** Days a client has to pay a new invoice. */
const DUE_AFTER_DAYS = 14;

/** Writes a draft. Nothing is sent before it is issued. */
export function draftInvoice(host: Host, about: NewInvoice, lines: NewLine[]): string {
  const fresh = { status: 'draft', number: '', total: '0', issuedAt: null, paidAt: null, held: null } as const;
  const dueOn = about.dueOn ?? addDays(today(host), DUE_AFTER_DAYS);
  const invoice: Invoice = create(host, 'invoice', { ...fresh, ...about, dueOn, lines: [], payments: [] });
  invoice.number = `INV-${invoice.id.padStart(5, '0')}`;
  for (const line of lines) invoice.lines.push(lineOf(invoice, line));
  saveInvoice(host, invoice);
  return invoice.id;
}

function lineOf({ id, orderId, lines }: Invoice, { periodFrom, ...line }: NewLine): Line {
  const rest = { amount: '0', net: '0', prorated: null, periodFrom: periodFrom ?? null };
  return { id: `${id}-${lines.length + 1}`, orderId, ...line, ...rest };
}

/** Stores an invoice with its sums. Prices are net, so a line's net is its amount. */
function saveInvoice(host: Host, invoice: Invoice): void {
  const { digits } = invoice.money;
  for (const line of invoice.lines) {
    const unit = toMinor(line.unitPrice, digits);
    const amount = toText(unit * line.quantity, digits);
    Object.assign(line, { unitPrice: toText(unit, digits), amount, net: amount });
  }
  const total = sumOf(digits, invoice.lines, 'amount');
  if (total < 0) refuse('amount_refused', 'An invoice is never below zero.');
  save(host, { ...invoice, total: toText(total, digits) });
}

function loadOpen(host: Host, id: string): Invoice {
  const invoice = load(host, 'invoice', id);
  const open = invoice.status === 'draft' || invoice.status === 'unpaid';
  return open ? invoice : refuse('conflict', `An invoice that is ${invoice.status} does not change.`);
}

/** Changes a line of an invoice that is not paid. No event: a hand edit in a host tells nobody. */
export function editLine(host: Host, id: string, lineId: string, change: LineChange): void {
  const invoice = loadOpen(host, id);
  Object.assign(invoice.lines.find((line) => line.id === lineId) ?? refuseUnknown('invoice line'), change);
  saveInvoice(host, invoice);
}

/** Adds a line to an invoice that is not paid, as silently. */
export function appendLine(host: Host, id: string, line: NewLine): void {
  const invoice = loadOpen(host, id);
  saveInvoice(host, { ...invoice, lines: [...invoice.lines, lineOf(invoice, line)] });
}

/** Cancels an invoice on which nothing was paid; silently for the test endpoint, as some hosts do it. */
export function cancelInvoice(host: Host, id: string, silent?: true): void {
  if (load(host, 'invoice', id).status === 'cancelled') return;
  const invoice = loadOpen(host, id);
  const touched = invoice.payments.some(({ kind }) => kind === 'payment');
  if (touched) refuse('conflict', 'Something was paid on this invoice already.');
  save(host, { ...invoice, status: 'cancelled' });
  if (!silent) emit(host, 'invoice.cancelled', id);
}
