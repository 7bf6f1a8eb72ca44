import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Reseller } from '../reseller/entity.ts';
import { loadStanding } from '../reseller/standing.ts';
import { PriceLock } from '../service/entity.ts';
import { priceInList } from '../service/price-in-list.ts';
import { relock } from '../service/relock.ts';
import { findVersion } from './find.ts';

const job = z.object({ versionId: z.string() });

/**
 * Moves running services to the prices of a version that says so: those whose components it changed, cheaper ones from its
 * moment on, dearer ones once the notice is over, or all of them on the version's date. Locks made or moved after it began,
 * services from before the approval (no components), and rises that were taken back since (a new order is cheaper today)
 * stay. Safe to run again. Returns how many were moved. @throws HostError
 */
export async function moveLocks(ctx: ServiceContext, data: unknown): Promise<number> {
  const { versionId } = job.parse(data);
  const em = ctx.em.fork();
  const { number, running, servicesFrom, appliedAt } = await findVersion(em, versionId);
  if (running === 'keep' || !servicesFrom || !appliedAt) return 0;
  const mayRise = servicesFrom <= ctx.now;
  if (running === 'on_date' && !mayRise) return 0;
  const lists = await em.execute<{ reseller_id: string; before_list: string; after_list: string }[]>(
    'select reseller_id, before_list, after_list from price_version_move where version_id = ? order by reseller_id',
    [versionId],
  );
  const digits = await digitsOf(em);
  const { now: hostNow } = await ctx.host.describe({});
  let moved = 0;
  for (const { reseller_id, before_list, after_list } of lists) {
    const inner = ctx.em.fork();
    const reseller = await inner.findOneOrFail(Reseller, reseller_id);
    const { listHash } = await loadStanding(inner, reseller_id, ctx.now);
    const locks = await inner.find(PriceLock, {
      resellerId: reseller_id,
      status: { $in: ['pending', 'active'] },
      lockedAt: { $lt: appliedAt },
    });
    for (const lock of locks) {
      if (lock.components.length === 0) continue;
      const places = digits(lock.currency);
      const before = (await priceInList(ctx, before_list, lock, places))?.wholesale;
      const after = (await priceInList(ctx, after_list, lock, places))?.wholesale;
      if (!before || !after || before.total === after.total) continue;
      const held = parseAmount(lock.unitPrice, places);
      if (after.total === held || (after.total > held && !mayRise)) continue;
      if (after.total > held && listHash !== null) {
        const today = (await priceInList(ctx, listHash, lock, places))?.wholesale;
        if (today && today.total < after.total) continue;
      }
      const price = {
        unitPrice: formatAmount(after.total, places),
        components: after.components,
        listHash: after_list,
      };
      const reason = `Price version ${number}`;
      await relock(ctx, reseller, lock, price, { action: 'service.price_moved', reason, hostNow });
      moved += 1;
    }
  }
  return moved;
}
