import { checkInvoice } from '../../bridge/check-invoice.ts';
import type { HostInvoice } from '../../contract/index.ts';
import { draftInvoice, editLine, type NewLine } from './invoices.ts';
import { emit, load, momentNow, Refusal, save, toMinor, view, type Document, type Host } from './kit.ts';
import { payInvoice } from './payments.ts';
import { describeService } from './services.ts';

/**
 * Sends a draft: first the bridge's guard corrects lines that are not what the price lock or list says, then the mail
 * and the event go out. A line the guard can judge by nothing holds the draft back; the next daily run tries again.
 */
export function issueInvoice(host: Host, id: string, guard = true): HostInvoice {
  return host.db.transaction(() => {
    const draft = load(host, 'invoice', id);
    if (draft.status !== 'draft') return view(host, 'invoice', id);
    const describe = (serviceId: string) => describeService(host, serviceId);
    const verdict = guard ? checkInvoice(host.store, view(host, 'invoice', id), host.now(), describe) : null;
    if (verdict?.decision === 'hold') {
      save(host, { ...draft, held: verdict.message });
      return view(host, 'invoice', id);
    }
    const corrections = verdict?.decision === 'correct' ? verdict.corrections : [];
    for (const { lineId, unitPrice } of corrections) editLine(host, id, lineId, { unitPrice });
    save(host, { ...load(host, 'invoice', id), status: 'unpaid', issuedAt: momentNow(host), held: null });
    const invoice = view(host, 'invoice', id);
    sendMail(host, invoice);
    emit(host, 'invoice.issued', id);
    // With nothing to pay nobody would press the button: a discount of 100 % settles itself.
    if (toMinor(invoice.total, invoice.money.digits) === 0) payInvoice(host, id, { method: 'none' });
    return view(host, 'invoice', id);
  });
}

function sendMail(host: Host, { clientId, number, money, total, ...invoice }: HostInvoice): void {
  const { email } = load(host, 'client', clientId);
  const subject = `Invoice ${number}: ${money.currency} ${total}`;
  const content = { invoiceId: invoice.id, total, currency: money.currency, lines: invoice.lines };
  const sql = 'INSERT INTO mails (clientId, recipient, subject, content, at) VALUES (?, ?, ?, ?, ?)';
  host.db.run(sql, clientId, email, subject, JSON.stringify(content), momentNow(host));
}

/** A line per service at the price the order holds, its setup, and the coupon. */
function orderLines({ lines, coupon, discount, money }: Document<'order'>): NewLine[] {
  const drafted = lines.flatMap(({ serviceId, product, title, quantity, unitPrice, setup, action }): NewLine[] => {
    const own = { serviceId, product, occasion: 'new' } as const;
    const price = { ...own, kind: action ? 'domain' : 'product', title, quantity, unitPrice } as const;
    const fee = { ...own, kind: 'setup', title: `Setup: ${title}`, quantity: 1, unitPrice: setup } as const;
    return toMinor(setup, money.digits) > 0 ? [price, fee] : [price];
  });
  if (coupon === null) return drafted;
  const about = {
    kind: 'discount',
    title: `Coupon ${coupon}`,
    serviceId: null,
    product: null,
    occasion: 'other',
  } as const;
  return [...drafted, { ...about, quantity: 1, unitPrice: `-${discount}` }];
}

/** The one invoice of an order; made and sent when there is none yet. */
export function issueOrderInvoice(host: Host, orderId: string, guard = true): HostInvoice {
  return host.db.transaction(() => {
    const order = load(host, 'order', orderId);
    if (order.status === 'cancelled') throw new Refusal('conflict', 'This order is cancelled.');
    const { clientId, money } = order;
    const invoiceId = order.invoiceId ?? draftInvoice(host, { clientId, orderId, money }, orderLines(order));
    if (order.invoiceId === null) save(host, { ...order, invoiceId });
    return issueInvoice(host, invoiceId, guard);
  });
}
