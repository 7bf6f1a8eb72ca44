import { priceOrder } from '../../bridge/price-order.ts';
import type { PricedLine } from '../../contract/index.ts';
import type { Account } from './accounts.ts';
import { cancelInvoice } from './invoices.ts';
import { issueOrderInvoice } from './issue-invoice.ts';
import { create, emit, load, momentNow, moneyOf, refuse, save, sumOf, toText, view } from './kit.ts';
import type { Document, Host } from './kit.ts';
import { payFromCredit } from './payments.ts';
import type { OrderRequest } from './requests.ts';
import { priceAtRetail } from './retail-price.ts';
import { endService, itemOf, writeService } from './services.ts';

/**
 * What an order costs now: the bridge's amounts for a reseller (`stamp` names the list), the host's own for everybody
 * else. Refuses with words for the buyer. `raw` leaves the bridge out, as a careless staff order does.
 */
export function quote(host: Host, client: Account | undefined, order: OrderRequest, raw = false) {
  const money = moneyOf(host, order.currency ?? client?.currency ?? 'USD');
  const { currency, digits } = money;
  const { coupon = null } = order;
  const retail = order.lines.map((line) => priceAtRetail(host, money, line));
  const question = { clientId: client?.id ?? '', currency, coupon, lines: retail.map(itemOf) };
  const verdict = raw ? { decision: 'retail' as const } : priceOrder(host.store, question, host.now());
  if (verdict.decision === 'refused') return refuse(verdict.code, verdict.message, verdict.retryable);
  const { lines, stamp } = verdict.decision === 'wholesale' ? verdict : { lines: retail, stamp: null };
  const price = sumOf(digits, lines, 'price');
  const discount = coupon === null ? 0 : couponDiscount(host, coupon, price);
  const total = toText(price + sumOf(digits, lines, 'setup') - discount, digits);
  return { money, lines, discount: toText(discount, digits), total, stamp };
}

function couponDiscount(host: Host, code: string, price: number): number {
  const coupon = host.db.get<{ bp: number }>('SELECT bp FROM coupons WHERE code = ?', code);
  return Math.round((price * (coupon?.bp ?? refuse('coupon_unknown', `There is no coupon "${code}".`))) / 10_000);
}

/**
 * Places an order. One transaction holds order, services, locks, invoice, mail and events; nothing in it goes over the
 * network, and a refused order leaves nothing behind.
 */
export function checkout(host: Host, client: Account, request: OrderRequest, placedBy: 'shop' | 'staff', raw = false) {
  if (client.status !== 'active') refuse('account_closed', 'This account cannot order. Please contact support.');
  return host.db.transaction(() => {
    const { total: _total, ...priced } = quote(host, client, request, raw);
    const words = { coupon: request.coupon ?? null, note: request.note ?? null, reference: null, customer: null };
    const orderId = writeOrder(host, { clientId: client.id, placedBy, ...priced, ...words });
    const invoiceId = issueOrderInvoice(host, orderId, !raw);
    if (request.paymentMethod === 'credit') payFromCredit(host, invoiceId);
    return { order: view(host, 'order', orderId), invoice: view(host, 'invoice', invoiceId) };
  });
}

/** What the shop answers to an order. */
export function receiptOf({ order, invoice }: ReturnType<typeof checkout>) {
  const ids = { orderId: order.id, invoiceId: invoice.id, status: invoice.status };
  const priced = order.stamp ? 'wholesale' : 'retail';
  return { ...ids, total: invoice.total, currency: invoice.money.currency, priced, lines: order.lines };
}

type Order = Document<'order'>;
type Decided = 'id' | 'status' | 'createdAt' | 'invoiceId' | 'lines';
export type NewOrder = Omit<Order, Decided> & { lines: PricedLine[] };

/** Writes an order at the given prices with its services (pending), their locks, and the event. Each line is one service. */
export function writeOrder(host: Host, { lines, ...given }: NewOrder): string {
  const fixed = { status: 'pending', createdAt: momentNow(host), invoiceId: null } as const;
  const order = create(host, 'order', { ...given, ...fixed, lines: [] });
  const bought = lines.map((line) => {
    const { id, title } = writeService(host, order, line);
    return { ...line, id, serviceId: id, title };
  });
  save(host, { ...order, lines: bought });
  emit(host, 'order.created', order.id);
  return order.id;
}

/** Cancels an order that is not paid: its invoice, its services and their locks end with it. */
export function cancelOrder(host: Host, id: string): void {
  const order = load(host, 'order', id);
  if (order.status === 'active') refuse('conflict', 'This order is paid. Refund its invoice instead.');
  if (order.status === 'cancelled') return;
  if (order.invoiceId !== null) cancelInvoice(host, order.invoiceId);
  save(host, { ...order, status: 'cancelled' });
  for (const { serviceId } of order.lines) endService(host, serviceId);
  emit(host, 'order.cancelled', id);
}

/** Deletes an order and its services without a word, as staff of many hosts can. Invoices and locks stay behind. */
export function deleteOrder(host: Host, id: string): void {
  const gone = [id, ...load(host, 'order', id).lines.map((line) => line.serviceId)];
  for (const one of gone) host.db.run('DELETE FROM documents WHERE id = ?', one);
}
