import { checkInvoice } from '../../bridge/check-invoice.ts';
import { draftInvoice, editLine, type NewLine } from './invoices.ts';
import { emit, load, momentNow, refuse, save, toMinor, view, type Document, type Host } from './kit.ts';
import { sendMail } from './mail.ts';
import { payInvoice } from './payments.ts';
import { describeService } from './services.ts';

/**
 * Sends a draft: first the bridge's guard corrects lines that are not what the price lock or list says, then the mail
 * and the event go out. A line the guard can judge by nothing holds the draft back; the next daily run tries again.
 */
export function issueInvoice(host: Host, id: string, guard = true): void {
  const draft = load(host, 'invoice', id);
  if (draft.status !== 'draft') return;
  const describe = (serviceId: string) => describeService(host, serviceId);
  const verdict = guard ? checkInvoice(host.store, view(host, 'invoice', id), host.now(), describe) : null;
  if (verdict?.decision === 'hold') return save(host, { ...draft, held: verdict.message });
  const corrections = verdict?.decision === 'correct' ? verdict.corrections : [];
  for (const { lineId, unitPrice } of corrections) editLine(host, id, lineId, { unitPrice });
  save(host, { ...load(host, 'invoice', id), status: 'unpaid', issuedAt: momentNow(host), held: null });
  mailInvoice(host, id);
  emit(host, 'invoice.issued', id);
  // With nothing to pay nobody would press the button: a discount of 100 % settles itself.
  if (toMinor(load(host, 'invoice', id).total, draft.money.digits) === 0) payInvoice(host, id, { method: 'none' });
}

function mailInvoice(host: Host, id: string): void {
  const { clientId, number, money, total, lines } = view(host, 'invoice', id);
  const subject = `Invoice ${number}: ${money.currency} ${total}`;
  const { email } = load(host, 'client', clientId);
  sendMail(host, { clientId, to: email, subject }, { invoiceId: id, total, currency: money.currency, lines });
}

/** A line per service at the price the order holds, its setup, and the coupon. */
function orderLines({ lines, coupon, discount, money }: Document<'order'>): NewLine[] {
  const drafted = lines.flatMap(({ serviceId, product, title, quantity, unitPrice, setup, action }): NewLine[] => {
    const own = { serviceId, product, occasion: 'new' } as const;
    const price = { ...own, kind: action ? 'domain' : 'product', title, quantity, unitPrice } as const;
    const fee = { ...own, kind: 'setup', title: `Setup: ${title}`, quantity: 1, unitPrice: setup } as const;
    return toMinor(setup, money.digits) > 0 ? [price, fee] : [price];
  });
  return coupon === null ? drafted : [...drafted, discountLine(coupon, discount)];
}

/** A line that takes something off. */
export function discountLine(code: string, amount: string): NewLine {
  const about = { kind: 'discount', serviceId: null, product: null, occasion: 'other', quantity: 1 } as const;
  return { ...about, title: `Coupon ${code}`, unitPrice: `-${amount}` };
}

/** The one invoice of an order; made and sent when there is none yet. */
export function issueOrderInvoice(host: Host, orderId: string, guard = true): string {
  const order = load(host, 'order', orderId);
  if (order.status === 'cancelled') refuse('conflict', 'This order is cancelled.');
  const { clientId, money } = order;
  const invoiceId = order.invoiceId ?? draftInvoice(host, { clientId, orderId, money }, orderLines(order));
  if (order.invoiceId === null) save(host, { ...order, invoiceId });
  issueInvoice(host, invoiceId, guard);
  return invoiceId;
}
