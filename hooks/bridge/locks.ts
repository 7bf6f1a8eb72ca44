import type { PriceLock, PricedLine, PriceStamp } from '../contract/index.ts';

/** What was priced: a wholesale verdict, a request of orders.place, or an order of the host. */
export interface PricedOrder {
  lines: readonly PricedLine[];
  /** Null when a person pinned the amounts. */
  stamp: PriceStamp | null;
}

/** What the host adds when it commits. */
export interface LockIds {
  clientId: string;
  currency: string;
  /** The service of each line, in the order of the lines. */
  serviceIds: readonly string[];
  /** The host's clock in UTC milliseconds. */
  nowMs: number;
  /** `pending` until the service exists. */
  status: 'pending' | 'active';
}

/**
 * The price locks of an order's lines (rules 15 and 19): what each later term costs. Lines that do not renew have
 * none. A domain is locked at its renewal, not at what registering or transferring it costs.
 * @throws RangeError when there is not one service for each line: a service without its lock would be billed unguarded.
 */
export function locksOf(order: PricedOrder, ids: LockIds): PriceLock[] {
  if (ids.serviceIds.length !== order.lines.length) throw new RangeError('give one service id for each line');
  const locks: PriceLock[] = [];
  for (const [position, line] of order.lines.entries()) {
    const serviceId = ids.serviceIds[position];
    if (line.renewal === null || serviceId === undefined) continue;
    locks.push({
      serviceId,
      clientId: ids.clientId,
      product: line.product,
      term: line.term,
      currency: ids.currency,
      quantity: line.quantity,
      unitPrice: line.renewal,
      components: lockedComponents(line, line.renewal),
      listHash: order.stamp?.listHash ?? null,
      lockedAt: new Date(ids.nowMs).toISOString(),
      status: ids.status,
    });
  }
  return locks;
}

/** Only domains renew at another component than the one that was bought. */
function lockedComponents(line: PricedLine, renewal: string): PriceLock['components'] {
  const action = line.action ?? 'register';
  const isDomain = line.components.some(({ component }) => component === action);
  if (isDomain && action !== 'renew') return [{ component: 'renew', quantity: 1, unit: renewal }];
  return line.components.map(({ component, quantity, unit }) => ({ component, quantity, unit }));
}
