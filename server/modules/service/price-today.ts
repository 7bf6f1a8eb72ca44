import { cellPrices } from '../../../hooks/prices/lookup.ts';
import type { ServiceContext } from '../../context.ts';
import { formatAmount } from '../../money.ts';
import type { PriceLock } from './entity.ts';

/** What the lock's components cost in a list, as a rule the one of today; null when one of them is not sold there. */
export async function priceToday(
  ctx: ServiceContext,
  listHash: string,
  lock: PriceLock,
  amount: 'wholesale' | 'retail',
  digits: number,
) {
  const chunk = await ctx.prices.find(ctx.em, listHash, lock.product);
  const cells = cellPrices(chunk?.rows ?? [], lock.term, lock.currency, digits);
  let total = 0n;
  const components = [];
  for (const { component, quantity } of lock.components) {
    const unit = cells.get(component)?.price[amount];
    if (unit === undefined) return null;
    total += unit * BigInt(quantity);
    components.push({ component, quantity, unit: formatAmount(unit, digits) });
  }
  return { total, components };
}
