import { locksOf } from '../../../hooks/bridge/locks.ts';
import {
  type HostInvoice,
  type HostOrder,
  type HostService,
  type InvoiceLine,
  type MoneyContext,
  pricedLine,
} from '../../../hooks/contract/index.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import type { Invoice } from '../invoice/entity.ts';
import { dueNowOf } from '../order/host-lines.ts';
import type { Order } from '../order/entity.ts';

/** What a step of test mode needs to know of an order. */
export type Simulated = Pick<
  Order,
  'id' | 'number' | 'currency' | 'digits' | 'tax' | 'lines' | 'note' | 'listHash' | 'pricedAt' | 'placedAt'
>;

/** Days that an invoice of test mode leaves for its payment. */
const DUE_DAYS = 7;

/** A moment as the contract writes it: UTC, to the second. */
export const momentOf = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

/**
 * Ids that a host would have given, made of our own: asked twice for the same order, the simulated host answers the same,
 * so that it needs no memory of its own. No real host is ever asked for them.
 */
export const hostOrderId = ({ id }: Pick<Order, 'id'>): string => `test-${id}`;
export const orderInvoiceId = (order: Pick<Order, 'id'>): string => `${hostOrderId(order)}-i0`;
const serviceId = (order: Pick<Order, 'id'>, line: number): string => `${hostOrderId(order)}-s${line + 1}`;

const moneyOf = ({ currency, digits, tax }: Simulated): MoneyContext => ({ currency, digits, tax });

/** The order as a host would hold it. */
export function simulatedOrder(order: Simulated, clientId: string, status: HostOrder['status']): HostOrder {
  const id = hostOrderId(order);
  const stamp = order.listHash ? { listHash: order.listHash, at: momentOf(order.pricedAt ?? order.placedAt) } : null;
  const lines = order.lines.map((line) => pricedLine.parse(line));
  return {
    id,
    clientId,
    reference: order.id,
    status,
    createdAt: momentOf(order.placedAt),
    money: moneyOf(order),
    coupon: null,
    note: order.note ?? null,
    customer: null,
    registrant: null,
    lines: order.lines.map((line, at) => ({
      ...lines[at]!,
      id: `${id}-${at + 1}`,
      serviceId: serviceId(order, at),
      title: line.title,
    })),
    invoiceId: null,
    placedBy: 'plugin',
    stamp,
    locks: stamp
      ? locksOf(
          { lines, stamp },
          {
            clientId,
            currency: order.currency,
            serviceIds: lines.map((_, at) => serviceId(order, at)),
            nowMs: order.placedAt.getTime(),
            status: 'pending',
          },
        )
      : [],
  };
}

/** The invoice of an order, unpaid: a line for each service, and one for each setup fee. Test mode knows no tax. */
export function simulatedInvoice(order: Simulated, clientId: string, issuedAt: Date): HostInvoice {
  const id = orderInvoiceId(order);
  const lines = order.lines.flatMap((line, at): InvoiceLine[] => {
    const charge = chargeOf(id, serviceId(order, at), line, order);
    const price = charge(at * 2 + 1, line.action ? 'domain' : 'product', line.price, line.quantity);
    return parseAmount(line.setup, order.digits) > 0n ? [price, charge(at * 2 + 2, 'setup', line.setup, 1)] : [price];
  });
  const total = dueNowOf(order.lines, order.digits);
  return invoice(
    order,
    { id, number: `TEST-${order.number}`, clientId, orderId: hostOrderId(order), total, lines },
    issuedAt,
  );
}

/** An invoice as it stands. */
export function invoiceAsKept(order: Simulated, kept: Invoice, clientId: string): HostInvoice {
  return {
    id: kept.hostInvoiceId,
    number: kept.number,
    clientId,
    orderId: kept.hostOrderId ?? null,
    status: kept.status,
    money: moneyOf(order),
    total: kept.total,
    issuedAt: kept.issuedAt ? momentOf(kept.issuedAt) : null,
    dueOn: kept.dueOn ?? null,
    paidAt: kept.paidAt ? momentOf(kept.paidAt) : null,
    lines: kept.lines,
  };
}

/** The paid invoice of one renewal of services. */
export function simulatedRenewal(
  order: Simulated,
  clientId: string,
  services: readonly HostService[],
  issuedAt: Date,
  number: number,
): HostInvoice {
  const id = `${hostOrderId(order)}-i${number}`;
  const lines = services.map(({ id: service, title, product, quantity, recurring }, at): InvoiceLine => {
    const net = formatAmount(parseAmount(recurring ?? '0', order.digits) * BigInt(quantity), order.digits);
    return {
      ...chargeOf(id, service, { title, product }, order)(at + 1, 'product', net, quantity),
      occasion: 'renewal',
      orderId: null,
    };
  });
  const total = formatAmount(
    lines.reduce((sum, { amount }) => sum + parseAmount(amount, order.digits), 0n),
    order.digits,
  );
  const about = { id, number: `TEST-${order.number}-${number}`, clientId, orderId: null, total, lines };
  return { ...invoice(order, about, issuedAt), status: 'paid', paidAt: momentOf(issuedAt) };
}

const chargeOf =
  (invoiceId: string, service: string, { title, product }: { title: string; product: string }, order: Simulated) =>
  (at: number, kind: InvoiceLine['kind'], amount: string, quantity: number): InvoiceLine => ({
    id: `${invoiceId}-${at}`,
    kind,
    title: kind === 'setup' ? `Setup: ${title}` : title,
    orderId: hostOrderId(order),
    serviceId: service,
    product,
    occasion: 'new',
    quantity,
    unitPrice: formatAmount(parseAmount(amount, order.digits) / BigInt(quantity), order.digits),
    amount,
    net: amount,
    prorated: null,
  });

function invoice(
  order: Simulated,
  about: Pick<HostInvoice, 'id' | 'number' | 'clientId' | 'orderId' | 'total' | 'lines'>,
  issuedAt: Date,
): HostInvoice {
  return {
    ...about,
    status: 'unpaid',
    money: moneyOf(order),
    issuedAt: momentOf(issuedAt),
    dueOn: new Date(issuedAt.getTime() + DUE_DAYS * 86_400_000).toISOString().slice(0, 10),
    paidAt: null,
  };
}

/** The services of an order as a host would have them: one for each line, as they were set up. */
export function simulatedServices(order: Simulated, clientId: string): HostService[] {
  const { locks } = simulatedOrder(order, clientId, 'active');
  return order.lines.map((line, at) => ({
    id: serviceId(order, at),
    orderId: hostOrderId(order),
    clientId,
    product: line.product,
    title: line.title,
    domain: line.domain ?? null,
    status: 'pending',
    term: line.term,
    money: moneyOf(order),
    quantity: line.quantity,
    options: line.options,
    recurring: line.renewal,
    nextDueOn: null,
    createdAt: momentOf(order.placedAt),
    lock: locks.find((lock) => lock.serviceId === serviceId(order, at)) ?? null,
  }));
}
