import { checkInvoice } from '../../hooks/bridge/check-invoice.ts';
import { priceOrder } from '../../hooks/bridge/price-order.ts';
import type { syncHooks } from '../../hooks/bridge/sync-hooks.ts';
import type { InvoiceToCheck, InvoiceVerdict, OrderToPrice, OrderVerdict } from '../../hooks/bridge/types.ts';
import { type EventType, eventTypes, type HostOrder, type PriceLock } from '../../hooks/contract/index.ts';
import type { NodeBridge } from './bridge.ts';
import { lockOrder } from './locks.ts';
import type { NodeHost } from './node-host.ts';
import { createEventHooks, type EventHooks, hookName } from './report.ts';

/** A moment of the host's order and invoice lifecycle: three that ask for a verdict, and each event of the contract. */
export type Moment = (typeof syncHooks)[number]['event'] | EventType;

/** Anything handlers can be registered on, such as the event bus of a billing platform. */
export interface Lifecycle {
  on(moment: Moment, handler: (subject: never) => unknown): unknown;
}

/** An order as a buyer sends it. */
export type OrderQuestion = Omit<OrderToPrice, 'coupon'> & { coupon?: string | null };

/** What a Node host calls at each moment. All of it is synchronous and asks nothing but memory. */
export interface HostHooks extends EventHooks {
  /** The verdict on an order that is shown or about to be committed: retail, wholesale with its amounts, or refused. */
  priceOrder(order: OrderQuestion): OrderVerdict;
  /** Writes and answers the price locks of an order that is being committed. Reporting the order does it too. */
  lockOrder(order: HostOrder): PriceLock[];
  /** The verdict on an invoice that is about to be sent: pass, correct these lines, or hold it. */
  checkInvoice(invoice: InvoiceToCheck): InvoiceVerdict;
  /** Registers all of it: `on('order.price', …)`, `on('order.created', …)` and so on, each handler taking one object. */
  register(lifecycle: Lifecycle): void;
}

const notFilled = {
  decision: 'refused',
  code: 'prices_missing',
  message: 'Prices are being prepared. Please try again in a few minutes.',
  retryable: true,
} as const satisfies OrderVerdict;

export function createHooks(bridge: NodeBridge, host: NodeHost): HostHooks {
  const describe = host.describeService?.bind(host) ?? bridge.recall;
  const price: HostHooks['priceOrder'] = (order) =>
    // Nobody can tell yet who is a reseller, and a reseller's order must never be sold at retail.
    bridge.filled ? priceOrder(bridge.store, { ...order, coupon: order.coupon ?? null }, bridge.now()) : notFilled;
  const check: HostHooks['checkInvoice'] = (invoice) => {
    if (bridge.filled) return checkInvoice(bridge.store, invoice, bridge.now(), describe);
    return { decision: 'hold', lineIds: invoice.lines.map(({ id }) => id), message: notFilled.message };
  };
  const verdicts = { 'price.display': price, 'order.price': price, 'invoice.check': check } as const satisfies {
    [Event in (typeof syncHooks)[number]['event']]: unknown;
  };
  const reports = createEventHooks(bridge);
  return {
    ...reports,
    priceOrder: price,
    lockOrder: (order) => lockOrder(bridge, order),
    checkInvoice: check,
    register(lifecycle) {
      for (const [moment, handler] of Object.entries(verdicts)) lifecycle.on(moment as Moment, handler);
      for (const type of eventTypes) lifecycle.on(type, (data: never) => reports[hookName(type)](data));
    },
  };
}
