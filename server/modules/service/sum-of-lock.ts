import { cellPrices } from '../../../hooks/prices/lookup.ts';
import type { ServiceContext } from '../../context.ts';
import { formatAmount } from '../../money.ts';
import type { PriceLock } from './entity.ts';

/** What a lock's components cost in one list: per unit and term, minor units; null when one of them is not sold there. */
export async function sumOfLock(
  ctx: Pick<ServiceContext, 'em' | 'prices'>,
  listHash: string,
  lock: Pick<PriceLock, 'product' | 'term' | 'currency' | 'components'>,
  digits: number,
) {
  const chunk = await ctx.prices.find(ctx.em, listHash, lock.product);
  const cells = cellPrices(chunk?.rows ?? [], lock.term, lock.currency, digits);
  let total = 0n;
  const components = [];
  for (const { component, quantity } of lock.components) {
    const unit = cells.get(component)?.price.wholesale;
    if (unit === undefined) return null;
    total += unit * BigInt(quantity);
    components.push({ component, quantity, unit: formatAmount(unit, digits) });
  }
  return { total, components };
}
