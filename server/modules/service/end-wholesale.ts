import type { ServiceContext } from '../../context.ts';
import { formatAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { raiseProblem } from '../problem/raise.ts';
import { Programme } from '../programme/entity.ts';
import { Reseller } from '../reseller/entity.ts';
import { loadStanding } from '../reseller/standing.ts';
import { billingDay } from '../revenue/billing-day.ts';
import { PriceLock } from './entity.ts';
import { keepLock } from './keep-lock.ts';
import { afterLock, lockMessage } from './lock-message.ts';
import { priceInList } from './price-in-list.ts';

/**
 * Terminated resellers whose chosen day has come: their running services renew at today's retail from now
 * (pricing.md rule 26). What is sold no more, or was bought before the approval, keeps its price; the former is told to
 * the provider. Safe to run again. Returns how many were moved. @throws HostError
 */
export async function endWholesale(ctx: ServiceContext): Promise<number> {
  const em = ctx.em.fork();
  const { billingZone } = await em.findOneOrFail(Programme, 1);
  const today = billingDay(ctx.now, billingZone);
  const over = await em.find(Reseller, { status: 'terminated', locksEndOn: { $lte: today } });
  if (over.length === 0) return 0;
  const digits = await digitsOf(em);
  const { now: hostNow } = await ctx.host.describe({});
  let moved = 0;
  for (const reseller of over) {
    const { listHash } = await loadStanding(em, reseller.id, ctx.now);
    const locks = await em.find(PriceLock, { resellerId: reseller.id, status: { $in: ['pending', 'active'] } });
    for (const lock of locks.filter(({ components }) => components.length > 0)) {
      const places = digits(lock.currency);
      const retail = listHash === null ? null : (await priceInList(ctx, listHash, lock, places))?.retail;
      if (!retail) {
        await raiseProblem(ctx, {
          key: `retail_missing:${lock.hostServiceId}`,
          message: `Service ${lock.hostServiceId} of ${reseller.company} should renew at retail, but its product is not sold any more. Set its price in the host.`,
          severity: 'warning',
        });
        continue;
      }
      const unitPrice = formatAmount(retail.total, places);
      if (unitPrice === lock.unitPrice) continue;
      const message = {
        ...lockMessage(lock, reseller, afterLock(lock, hostNow, ctx.now)),
        unitPrice,
        components: retail.components,
        listHash,
      };
      await ctx.host['services.pin']({ serviceId: lock.hostServiceId, lock: message, reason: 'Terminated: retail' });
      await keepLock(ctx, reseller.id, message, lock.unitPrice, 'service.moved_to_retail');
      moved += 1;
    }
    // Done, so that a later change of retail moves nothing again.
    await em.execute('update reseller set locks_end_on = null where id = ? and locks_end_on = ?', [
      reseller.id,
      reseller.locksEndOn,
    ]);
  }
  return moved;
}
