import { priceOrder } from '../../bridge/price-order.ts';
import type { MoneyContext, PricedLine, PriceStamp } from '../../contract/index.ts';
import type { Account } from './accounts.ts';
import { issueOrderInvoice } from './issue-invoice.ts';
import { moneyOf, refuse, sumOf, toText, view, type Host } from './kit.ts';
import { writeOrder } from './orders.ts';
import { payFromCredit } from './payments.ts';
import type { OrderRequest } from './requests.ts';
import { priceAtRetail } from './retail-price.ts';
import { itemOf } from './services.ts';

/** What an order costs now: the bridge's amounts for a reseller (`stamp` names the list), the host's own for everybody else. */
export type Quote = {
  money: MoneyContext;
  lines: PricedLine[];
  discount: string;
  total: string;
  stamp: PriceStamp | null;
};

/** Prices an order, or refuses it with words for the buyer. `raw` leaves the bridge out, as a careless staff order does. */
export function quote(host: Host, client: Account | undefined, order: OrderRequest, raw = false): Quote {
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
