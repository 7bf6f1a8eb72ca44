import { checkInvoice } from '../../bridge/check-invoice.ts';
import type { HostInvoice } from '../../contract/index.ts';
import { readUser } from './accounts.ts';
import { emit } from './emit.ts';
import { momentNow, type Host } from './host.ts';
import { draftInvoice, editLine, readInvoice, sumsOf, type NewLine } from './invoices.ts';
import { digitsOf, toMinor } from './money.ts';
import { orderRow } from './orders.ts';
import { payInvoice } from './payments.ts';
import { describeService, readLines } from './services.ts';

/** Drafts the invoice of an order at the prices the order holds: a line per service, its setup, and the coupon. */
function draftOrderInvoice(host: Host, orderId: string): string {
  const { clientId, currency, coupon, discount } = orderRow(host, orderId);
  const digits = digitsOf(host, currency);
  const common = { orderId, serviceId: null, product: null, occasion: 'new', periodFrom: null } as const;
  const lines = readLines(host, orderId).flatMap(({ serviceId, product, title, quantity, ...line }): NewLine[] => {
    const setup = toMinor(line.setup, digits);
    const own = { ...common, serviceId, product };
    const price = { ...own, kind: line.action ? 'domain' : 'product', title, quantity } as const;
    const lines: NewLine[] = [{ ...price, unitPrice: toMinor(line.unitPrice, digits) }];
    if (setup > 0) lines.push({ ...own, kind: 'setup', title: `Setup: ${title}`, quantity: 1, unitPrice: setup });
    return lines;
  });
  if (discount > 0)
    lines.push({ ...common, kind: 'discount', title: `Coupon ${coupon}`, quantity: 1, unitPrice: -discount });
  return draftInvoice(host, { clientId, orderId, currency }, lines);
}

/**
 * Sends a draft: first the bridge's guard corrects lines that are not what the price lock or list says, then the mail
 * and the event go out. A line the guard can judge by nothing holds the draft back; the next daily run tries again.
 */
export function issueInvoice(host: Host, id: string, guard = true): HostInvoice {
  return host.db.transaction(() => {
    const draft = readInvoice(host, id);
    if (draft.status !== 'draft') return draft;
    const check = () => checkInvoice(host.store, draft, host.now(), (service) => describeService(host, service));
    const verdict = guard ? check() : { decision: 'pass' as const };
    if (verdict.decision === 'hold') {
      host.db.update('invoices', id, { held: verdict.message });
      return draft;
    }
    for (const { lineId, unitPrice } of verdict.decision === 'correct' ? verdict.corrections : []) {
      editLine(host, id, lineId, { unitPrice: toMinor(unitPrice, draft.money.digits) });
    }
    host.db.update('invoices', id, { status: 'unpaid', issuedAt: momentNow(host), held: null });
    const invoice = readInvoice(host, id);
    sendMail(host, invoice);
    emit(host, 'invoice.issued', id, { invoice });
    // With nothing to pay nobody would press the button: a discount of 100 % settles itself.
    if (sumsOf(host, id).total === 0) payInvoice(host, id, { method: 'none' });
    return readInvoice(host, id);
  });
}

/** The one invoice of an order; made and sent when there is none yet. */
export function issueOrderInvoice(host: Host, orderId: string, guard = true): HostInvoice {
  return host.db.transaction(() => {
    const sql = 'SELECT id FROM invoices WHERE orderId = ? ORDER BY id';
    return issueInvoice(host, host.db.get<{ id: string }>(sql, orderId)?.id ?? draftOrderInvoice(host, orderId), guard);
  });
}

function sendMail(host: Host, invoice: HostInvoice): void {
  const { id, email } = readUser(host, invoice.clientId);
  const subject = `Invoice ${invoice.number}: ${invoice.money.currency} ${invoice.total}`;
  const mail = { clientId: id, recipient: email, subject, invoice: JSON.stringify(invoice), at: momentNow(host) };
  host.db.insert('mails', mail);
}
