import { formatAmount, parseAmount } from '../../money.ts';
import { marginOf } from '../../pricing/own-price.ts';
import type { OrderLine } from '../order/schemas.ts';

/**
 * What an order brings at the reseller's own prices, first terms and setup fees together, and what it keeps of that. Null
 * as soon as one line has no own price: a part of the sales beside all of the cost would be a wrong margin.
 */
export function marginOfOrder(lines: readonly OrderLine[], digits: number) {
  let own = 0n;
  let wholesale = 0n;
  for (const line of lines) {
    if (!line.own) return null;
    own += parseAmount(line.own.price, digits) + parseAmount(line.own.setup, digits);
    wholesale += parseAmount(line.price, digits) + parseAmount(line.setup, digits);
  }
  const margin = marginOf(own, wholesale);
  return { own: formatAmount(own, digits), margin: formatAmount(margin.amount, digits), marginBp: margin.bp };
}
