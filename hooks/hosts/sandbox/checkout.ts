import { priceOrder } from '../../bridge/price-order.ts';
import type { HostInvoice, HostOrder, PricedLine } from '../../contract/index.ts';
import type { User } from './accounts.ts';
import { coveredByCredit } from './credit.ts';
import type { Host } from './host.ts';
import { readInvoice, sumsOf } from './invoices.ts';
import { issueOrderInvoice } from './issue-invoice.ts';
import { digitsOf, toMinor, toText } from './money.ts';
import type { OrderRequest } from './requests.ts';
import { readOrder, writeOrder } from './orders.ts';
import { payInvoice } from './payments.ts';
import { Refusal } from './refusal.ts';
import { priceAtRetail } from './retail-price.ts';
import { itemOf } from './services.ts';

/** What an order would cost now: the bridge's amounts for a reseller, the host's own for everybody else. */
export type Quote = {
  currency: string;
  priced: 'retail' | 'wholesale';
  lines: PricedLine[];
  retail: PricedLine[];
  /** Minor units that the coupon takes off. */
  discount: number;
  total: string;
  stamp: HostOrder['stamp'];
};

/** Prices an order, or refuses it with a message for the buyer. `raw` leaves the bridge out, as a careless staff order does. */
export function quote(host: Host, client: User | undefined, order: OrderRequest, raw = false): Quote {
  const currency = order.currency ?? client?.currency ?? 'USD';
  const coupon = order.coupon ?? null;
  const retail = order.lines.map((line) => priceAtRetail(host, currency, line));
  const question = { clientId: client?.id ?? '', currency, coupon, lines: retail.map(itemOf) };
  const verdict = raw || !client ? { decision: 'retail' as const } : priceOrder(host.store, question, host.now());
  if (verdict.decision === 'refused') throw new Refusal(verdict.code, verdict.message, verdict.retryable);
  const wholesale = verdict.decision === 'wholesale';
  const lines = wholesale ? verdict.lines : retail;
  const digits = digitsOf(host, currency);
  const price = lines.reduce((sum, line) => sum + toMinor(line.price, digits), 0);
  const setup = lines.reduce((sum, line) => sum + toMinor(line.setup, digits), 0);
  const discount = coupon === null ? 0 : couponDiscount(host, coupon, price);
  const total = toText(price + setup - discount, digits);
  const priced = wholesale ? 'wholesale' : 'retail';
  return { currency, priced, lines, retail, discount, total, stamp: wholesale ? verdict.stamp : null };
}

function couponDiscount(host: Host, code: string, price: number): number {
  const coupon = host.db.get<{ bp: number }>('SELECT bp FROM coupons WHERE code = ?', code);
  if (!coupon) throw new Refusal('coupon_unknown', `There is no coupon "${code}".`);
  return Math.round((price * coupon.bp) / 10_000);
}

export type CheckoutOptions = { placedBy: 'shop' | 'staff'; raw?: boolean };

/**
 * Places an order. One transaction holds order, services, locks, invoice, mail and events; nothing in it goes over the
 * network, and a refused order leaves nothing behind.
 */
export function checkout(host: Host, client: User, request: OrderRequest, { placedBy, raw = false }: CheckoutOptions) {
  if (client.status !== 'active')
    throw new Refusal('account_closed', 'This account cannot order. Please contact support.');
  return host.db.transaction((): { order: HostOrder; invoice: HostInvoice } => {
    const { currency, lines, discount, stamp } = quote(host, client, request, raw);
    const words = { coupon: request.coupon ?? null, note: request.note ?? null, reference: null, customer: null };
    const { id } = writeOrder(host, { clientId: client.id, currency, lines, discount, stamp, placedBy, ...words });
    const invoice = issueOrderInvoice(host, id, !raw);
    if (request.paymentMethod === 'credit') payFromCredit(host, invoice);
    return { order: readOrder(host, id), invoice: readInvoice(host, invoice.id) };
  });
}

/** Applies account credit as far as it reaches. */
export function payFromCredit(host: Host, { id, clientId, status, money }: HostInvoice): void {
  const { total, paid } = sumsOf(host, id);
  const covered = coveredByCredit(host, clientId, money.currency, total - paid);
  if (status === 'unpaid' && covered > 0)
    payInvoice(host, id, { method: 'credit', amount: toText(covered, money.digits) });
}
