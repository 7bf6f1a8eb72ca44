import type { HostInvoice, InvoiceLine } from '../../contract/index.ts';
import { addDays, create, emit, load, notFound, Refusal, save, sumOf, today, toMinor, toText, view } from './kit.ts';
import type { Document, Host, Line } from './kit.ts';

export type Invoice = Document<'invoice'>;
type Given = 'kind' | 'title' | 'serviceId' | 'product' | 'occasion' | 'quantity' | 'unitPrice';
export type NewLine = Pick<InvoiceLine, Given> & { periodFrom?: string };

/** Days a client has to pay a new invoice. */
const DUE_AFTER_DAYS = 14;

/** Writes a draft. Nothing is sent before it is issued. */
export function draftInvoice(
  host: Host,
  about: Pick<Invoice, 'clientId' | 'orderId' | 'money'>,
  lines: NewLine[],
  dueOn?: string,
): string {
  const state = { status: 'draft', issuedAt: null, paidAt: null, held: null } as const;
  const fresh = { ...state, number: '', total: '0', dueOn: dueOn ?? addDays(today(host), DUE_AFTER_DAYS) };
  const invoice = create(host, 'invoice', { ...about, ...fresh, lines: [], payments: [] });
  saveInvoice(host, {
    ...invoice,
    number: `INV-${invoice.id.padStart(5, '0')}`,
    lines: lines.map((line, at) => lineOf(invoice, line, at)),
  });
  return invoice.id;
}

function lineOf({ id, orderId }: Invoice, { periodFrom, ...line }: NewLine, position: number): Line {
  const rest = { amount: '0', net: '0', prorated: null, periodFrom: periodFrom ?? null };
  return { id: `${id}-${position + 1}`, orderId, ...line, ...rest };
}

/** Stores an invoice with its sums. Prices are net, so a line's net is its amount. */
function saveInvoice(host: Host, invoice: Invoice): void {
  const { digits } = invoice.money;
  const lines = invoice.lines.map((line): Line => {
    const unit = toMinor(line.unitPrice, digits);
    const amount = toText(unit * line.quantity, digits);
    return Object.assign(line, { unitPrice: toText(unit, digits), amount, net: amount });
  });
  const total = sumOf(digits, lines, 'amount');
  if (total < 0) throw new Refusal('amount_refused', 'An invoice is never below zero.');
  save(host, { ...invoice, lines, total: toText(total, digits) });
}

function loadOpen(host: Host, id: string): Invoice {
  const invoice = load(host, 'invoice', id);
  if (invoice.status === 'draft' || invoice.status === 'unpaid') return invoice;
  throw new Refusal('conflict', `An invoice that is ${invoice.status} does not change.`);
}

/** Changes a line of an invoice that is not paid. No event: a hand edit in a host tells nobody. */
export function editLine(
  host: Host,
  id: string,
  lineId: string,
  change: Partial<Pick<Line, 'unitPrice' | 'quantity'>>,
): HostInvoice {
  const invoice = loadOpen(host, id);
  if (!invoice.lines.some((line) => line.id === lineId)) throw notFound('invoice line');
  const lines = invoice.lines.map((line) => (line.id === lineId ? Object.assign(line, change) : line));
  saveInvoice(host, { ...invoice, lines });
  return view(host, 'invoice', id);
}

/** Adds a line to an invoice that is not paid, as silently. */
export function appendLine(host: Host, id: string, line: NewLine): HostInvoice {
  const invoice = loadOpen(host, id);
  saveInvoice(host, { ...invoice, lines: [...invoice.lines, lineOf(invoice, line, invoice.lines.length)] });
  return view(host, 'invoice', id);
}

/** Cancels an invoice on which nothing was paid; silently for the test endpoint, as some hosts do it. */
export function cancelInvoice(host: Host, id: string, silent = false): HostInvoice {
  return host.db.transaction(() => {
    if (load(host, 'invoice', id).status === 'cancelled') return view(host, 'invoice', id);
    const invoice = loadOpen(host, id);
    const touched = invoice.payments.some(({ kind }) => kind === 'payment');
    if (touched) throw new Refusal('conflict', 'Something was paid on this invoice already.');
    save(host, { ...invoice, status: 'cancelled' });
    if (!silent) emit(host, 'invoice.cancelled', id);
    return view(host, 'invoice', id);
  });
}
