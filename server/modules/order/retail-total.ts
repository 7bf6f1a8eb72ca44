import { formatAmount, parseAmount } from '../../money.ts';
import type { Order } from './entity.ts';

/** What the order would have cost at retail when it was placed; null where a line's retail price is not known. */
export function retailTotal({ lines, digits }: Pick<Order, 'lines' | 'digits'>): string | null {
  let total = 0n;
  for (const { retailPrice, retailSetup } of lines) {
    if (retailPrice === null) return null;
    total += parseAmount(retailPrice, digits) + parseAmount(retailSetup ?? '0', digits);
  }
  return formatAmount(total, digits);
}
