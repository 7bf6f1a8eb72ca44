import { cellPrices } from '../../../hooks/prices/lookup.ts';
import type { ServiceContext } from '../../context.ts';
import { formatAmount } from '../../money.ts';
import type { PriceLock } from './entity.ts';

/**
 * What the components of a lock cost today in a list, for one unit and term in minor units; null when one of them is not
 * sold any more, or when they are not known (a price from before the approval).
 */
export async function priceToday(
  { em, prices }: Pick<ServiceContext, 'em' | 'prices'>,
  listHash: string,
  lock: Pick<PriceLock, 'product' | 'term' | 'currency' | 'components'>,
  digits: number,
) {
  if (lock.components.length === 0) return null;
  const chunk = await prices.find(em, listHash, lock.product);
  const cells = cellPrices(chunk?.rows ?? [], lock.term, lock.currency, digits);
  let [wholesale, retail] = [0n, 0n];
  const components = [];
  for (const { component, quantity } of lock.components) {
    const price = cells.get(component)?.price;
    if (price === undefined) return null;
    wholesale += price.wholesale * BigInt(quantity);
    retail += price.retail * BigInt(quantity);
    components.push({
      component,
      quantity,
      unit: formatAmount(price.wholesale, digits),
      retailUnit: formatAmount(price.retail, digits),
    });
  }
  return { wholesale, retail, components };
}
