import type { PriceIndex, PriceIndexEntry, PricedLine } from '../contract/index.ts';
import { findEntry, listAt } from './find-entry.ts';
import { priceItem } from './price-item.ts';
import type { BridgeStore } from './store.ts';
import type { OrderToPrice, OrderVerdict, RefusalCode } from './types.ts';

type Refused = Extract<OrderVerdict, { decision: 'refused' }>;

const retryableCodes = new Set<RefusalCode>(['prices_stale', 'prices_missing']);

function refuse(code: RefusalCode, message: string, line?: number): Refused {
  const refused: Refused = { decision: 'refused', code, message, retryable: retryableCodes.has(code) };
  return line === undefined ? refused : { ...refused, line };
}

/**
 * Decides what a host does with an order that is about to be committed, or shown (pricing rules 16, 17, 24 and 26).
 * It reads only the bridge's own tables, and never throws for what a buyer can send.
 *
 * - Before the first pull, for clients the index does not name, and for terminated ones: retail.
 * - Suspended and inactive resellers: refused with the public reason. Programme off: active ones are refused too.
 * - Coupons where the policy refuses them, an index not confirmed for `refuseAfterSeconds`, no list that holds now,
 *   anything that is not sold: refused, with words for the buyer. Never retail in silence, never zero.
 *
 * @param nowMs the host's clock in UTC milliseconds, the same one that confirms pulls.
 */
export function priceOrder(store: BridgeStore, order: OrderToPrice, nowMs: number): OrderVerdict {
  const held = store.readIndex();
  if (held === null) return { decision: 'retail' };
  const entry = findEntry(held.index, order.clientId);
  if (entry === null || entry.state === 'terminated') return { decision: 'retail' };
  const refused = refuseAll(held, entry, order, nowMs);
  if (refused !== null) return refused;
  const listHash = listAt(entry, nowMs);
  if (listHash === null) {
    return refuse('prices_missing', 'Your prices are being prepared. Please try again in a few minutes.');
  }
  return priceLines(store, { index: held.index, entry, listHash, order, nowMs });
}

/** What refuses an order as a whole, whatever is on it. */
function refuseAll(
  held: { index: PriceIndex; confirmedAtMs: number },
  entry: PriceIndexEntry,
  order: OrderToPrice,
  nowMs: number,
): Refused | null {
  const { index, confirmedAtMs } = held;
  if (entry.state === 'suspended' || entry.state === 'inactive') {
    const reason = entry.publicReason?.trim() || `Your reseller account is ${entry.state}`;
    return refuse(
      `reseller_${entry.state}`,
      `${/[.!?]$/.test(reason) ? reason : `${reason}.`} New orders are not possible: please contact us.`,
    );
  }
  if (index.programme === 'off') {
    return refuse(
      'programme_off',
      'The reseller programme is paused: new orders are not possible now. Please contact us.',
    );
  }
  if (order.coupon !== null && order.coupon.trim() !== '' && index.coupons === 'refuse') {
    return refuse(
      'coupon_refused',
      'Coupons cannot be combined with reseller prices: remove the coupon and order again.',
    );
  }
  if (nowMs - confirmedAtMs > index.refuseAfterSeconds * 1000) {
    return refuse('prices_stale', 'Your prices could not be confirmed lately. Please try again later, or contact us.');
  }
  return null;
}

function priceLines(
  store: BridgeStore,
  {
    index,
    entry,
    listHash,
    order,
    nowMs,
  }: {
    index: PriceIndex;
    entry: PriceIndexEntry;
    listHash: string;
    order: OrderToPrice;
    nowMs: number;
  },
): OrderVerdict {
  const digits = index.currencies.find(({ code }) => code === order.currency)?.digits;
  if (digits === undefined) {
    const message = `There are no reseller prices in ${order.currency}: choose another currency.`;
    return refuse('currency_unknown', message);
  }
  const lines: PricedLine[] = [];
  for (const [position, item] of order.lines.entries()) {
    const priced = priceItem(store, { index, listHash, currency: order.currency, digits }, item);
    if ('code' in priced) return refuse(priced.code, priced.message, position);
    lines.push(priced.line);
  }
  const stamp = { listHash, at: new Date(nowMs).toISOString() };
  return { decision: 'wholesale', lines, stamp, resellerId: entry.resellerId, digits };
}
