import { checkInvoice } from '../../bridge/check-invoice.ts';
import { create, emit, load, momentNow, notFound, Refusal, save, sumOf, toMinor, toText, view } from './kit.ts';
import { addDays, today, type Document, type Host, type Line } from './kit.ts';
import { payInvoice } from './payments.ts';
import { describeService } from './services.ts';

export type Invoice = Document<'invoice'>;
export type NewLine = Pick<Line, 'kind' | 'title' | 'serviceId' | 'product' | 'occasion' | 'quantity' | 'unitPrice'> & {
  periodFrom?: string;
};

/** Days a client has to pay a new invoice. */
const DUE_AFTER_DAYS = 14;

/** Writes a draft. Nothing is sent before `issueInvoice`. */
export function draftInvoice(
  host: Host,
  about: Pick<Invoice, 'clientId' | 'orderId' | 'money'>,
  lines: NewLine[],
  dueOn?: string,
) {
  const fresh = {
    number: '',
    status: 'draft',
    total: '0',
    issuedAt: null,
    paidAt: null,
    held: null,
    payments: [],
  } as const;
  const due = dueOn ?? addDays(today(host), DUE_AFTER_DAYS);
  const invoice: Invoice = create(host, 'invoice', { ...about, ...fresh, dueOn: due, lines: [], payments: [] });
  invoice.number = `INV-${invoice.id.padStart(5, '0')}`;
  for (const line of lines) addLine(invoice, line);
  saveInvoice(host, invoice);
  return invoice;
}

function addLine(invoice: Invoice, { periodFrom = '', ...line }: NewLine): void {
  const id = `${invoice.id}-${invoice.lines.length + 1}`;
  const rest = { orderId: invoice.orderId, amount: '0', net: '0', prorated: null, periodFrom: periodFrom || null };
  invoice.lines.push({ id, ...line, ...rest });
}

/** Stores an invoice with its sums. Prices are net, so a line's net is its amount. */
function saveInvoice(host: Host, invoice: Invoice): void {
  const { digits } = invoice.money;
  for (const line of invoice.lines) {
    line.unitPrice = toText(toMinor(line.unitPrice, digits), digits);
    line.amount = line.net = toText(toMinor(line.unitPrice, digits) * line.quantity, digits);
  }
  const total = sumOf(invoice.lines.map((line) => line.amount), digits); // prettier-ignore
  if (total < 0) throw new Refusal('amount_refused', 'An invoice is never below zero.');
  save(host, { ...invoice, total: toText(total, digits) });
}

/** Changes a line of an invoice that is not paid. No event: a hand edit in a host tells nobody. */
export function editLine(
  host: Host,
  id: string,
  lineId: string,
  change: Partial<Pick<Line, 'unitPrice' | 'quantity'>>,
): void {
  const invoice = loadOpen(host, id);
  const line = invoice.lines.find((entry) => entry.id === lineId);
  if (!line) throw notFound('invoice line');
  Object.assign(line, change);
  saveInvoice(host, invoice);
}

/** Adds a line to an invoice that is not paid, as silently. */
export function appendLine(host: Host, id: string, line: NewLine): void {
  const invoice = loadOpen(host, id);
  addLine(invoice, line);
  saveInvoice(host, invoice);
}

function loadOpen(host: Host, id: string): Invoice {
  const invoice = load(host, 'invoice', id);
  if (invoice.status === 'draft' || invoice.status === 'unpaid') return invoice;
  throw new Refusal('conflict', `An invoice that is ${invoice.status} does not change.`);
}

/** Cancels an invoice on which nothing was paid; silently for the test endpoint, as some hosts do it. */
export function cancelInvoice(host: Host, id: string, silent = false): void {
  host.db.transaction(() => {
    const invoice = load(host, 'invoice', id);
    if (invoice.status === 'cancelled') return;
    if (loadOpen(host, id).payments.some(({ kind }) => kind === 'payment')) {
      throw new Refusal('conflict', 'Something was paid on this invoice already.');
    }
    save(host, { ...invoice, status: 'cancelled' });
    if (!silent) emit(host, 'invoice.cancelled', id);
  });
}

/**
 * Sends a draft: first the bridge's guard corrects lines that are not what the price lock or list says, then the mail
 * and the event go out. A line the guard can judge by nothing holds the draft back; the next daily run tries again.
 */
export function issueInvoice(host: Host, id: string, guard = true): void {
  host.db.transaction(() => {
    const draft = load(host, 'invoice', id);
    if (draft.status !== 'draft') return;
    const check = () =>
      checkInvoice(host.store, view(host, 'invoice', id), host.now(), (service) => describeService(host, service));
    const verdict = guard ? check() : { decision: 'pass' as const };
    if (verdict.decision === 'hold') return save(host, { ...draft, held: verdict.message });
    const corrections = verdict.decision === 'correct' ? verdict.corrections : [];
    for (const { lineId, unitPrice } of corrections) editLine(host, id, lineId, { unitPrice });
    const issued = { status: 'unpaid', issuedAt: momentNow(host), held: null } as const;
    save(host, { ...load(host, 'invoice', id), ...issued });
    sendMail(host, id);
    emit(host, 'invoice.issued', id);
    // With nothing to pay nobody would press the button: a discount of 100 % settles itself.
    if (toMinor(load(host, 'invoice', id).total, draft.money.digits) === 0) payInvoice(host, id, { method: 'none' });
  });
}

function sendMail(host: Host, id: string): void {
  const invoice = view(host, 'invoice', id);
  const { email } = load(host, 'client', invoice.clientId);
  const subject = `Invoice ${invoice.number}: ${invoice.money.currency} ${invoice.total}`;
  const sql = 'INSERT INTO mails (clientId, recipient, subject, invoice, at) VALUES (?, ?, ?, ?, ?)';
  host.db.run(sql, invoice.clientId, email, subject, JSON.stringify(invoice), momentNow(host));
}

/** The one invoice of an order, at the prices the order holds; made and sent when there is none yet. */
export function issueOrderInvoice(host: Host, orderId: string, guard = true): Invoice {
  return host.db.transaction(() => {
    const order = load(host, 'order', orderId);
    if (order.status === 'cancelled') throw new Refusal('conflict', 'This order is cancelled.');
    const lines = order.lines.flatMap(
      ({ serviceId, product, title, quantity, unitPrice, setup, action }): NewLine[] => {
        const own = { serviceId, product, occasion: 'new' } as const;
        const price = { ...own, kind: action ? 'domain' : 'product', title, quantity, unitPrice } as const;
        const fee = { ...own, kind: 'setup', title: `Setup: ${title}`, quantity: 1, unitPrice: setup } as const;
        return toMinor(setup, order.money.digits) > 0 ? [price, fee] : [price];
      },
    );
    const discount = {
      kind: 'discount',
      title: `Coupon ${order.coupon}`,
      serviceId: null,
      product: null,
      occasion: 'other',
    } as const;
    if (order.coupon !== null) lines.push({ ...discount, quantity: 1, unitPrice: `-${order.discount}` });
    const { clientId, money } = order;
    const id = order.invoiceId ?? draftInvoice(host, { clientId, orderId, money }, lines).id;
    if (order.invoiceId === null) save(host, { ...order, invoiceId: id });
    issueInvoice(host, id, guard);
    return load(host, 'invoice', id);
  });
}
