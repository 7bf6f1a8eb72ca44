import type { CallRequest, CallResponse } from '../contract/index.ts';
import { priceOrder } from './price-order.ts';
import type { BridgeStore } from './store.ts';

/** prices.check: what a checkout of these lines would be charged now. Nothing is written. */
export function checkPrices(
  store: BridgeStore,
  request: CallRequest<'prices.check'>,
  nowMs: number,
): CallResponse<'prices.check'> {
  const verdict = priceOrder(store, { ...request, coupon: null }, nowMs);
  const { decision } = verdict;
  if (decision !== 'wholesale') {
    return { decision, code: decision === 'refused' ? verdict.code : null, listHash: null, lines: [] };
  }
  const lines = verdict.lines.map(({ unitPrice, price, setup, renewal }) => ({ unitPrice, price, setup, renewal }));
  return { decision, code: null, listHash: verdict.stamp.listHash, lines };
}
