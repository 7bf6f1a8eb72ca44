import { cellPrices } from '../../../hooks/prices/lookup.ts';
import type { ServiceContext } from '../../context.ts';
import { formatAmount } from '../../money.ts';
import type { PriceLock } from './entity.ts';

/** A sum for one unit and term in minor units, and its parts. */
export interface ListedPrice {
  total: bigint;
  components: PriceLock['components'];
}

/**
 * What the components of a lock cost in a list, as a rule the one of today; null when one of them is not sold there, or
 * when they are not known (a price from before the approval).
 */
export async function priceInList(
  { em, prices }: Pick<ServiceContext, 'em' | 'prices'>,
  listHash: string,
  lock: Pick<PriceLock, 'product' | 'term' | 'currency' | 'components'>,
  digits: number,
): Promise<{ wholesale: ListedPrice; retail: ListedPrice } | null> {
  if (lock.components.length === 0) return null;
  const chunk = await prices.find(em, listHash, lock.product);
  const cells = cellPrices(chunk?.rows ?? [], lock.term, lock.currency, digits);
  const wholesale: ListedPrice = { total: 0n, components: [] };
  const retail: ListedPrice = { total: 0n, components: [] };
  for (const { component, quantity } of lock.components) {
    const price = cells.get(component)?.price;
    if (price === undefined) return null;
    for (const [sum, unit] of [
      [wholesale, price.wholesale],
      [retail, price.retail],
    ] as const) {
      sum.total += unit * BigInt(quantity);
      sum.components.push({ component, quantity, unit: formatAmount(unit, digits) });
    }
  }
  return { wholesale, retail };
}
