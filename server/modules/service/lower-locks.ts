import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Reseller } from '../reseller/entity.ts';
import { loadStanding } from '../reseller/standing.ts';
import { PriceLock } from './entity.ts';
import { relock } from './relock.ts';
import { priceInList } from './price-in-list.ts';

const job = z.object({ resellerId: z.string() });

/**
 * After better terms: every service whose components now cost less in sum is locked anew at that sum, so that its next
 * renewal is cheaper by itself. Never dearer; services from before the approval (no components) keep their price
 * (pricing.md rules 20 and 21). Safe to run again. Returns how many were lowered. @throws HostError
 */
export async function lowerLocks(ctx: ServiceContext, data: unknown): Promise<number> {
  const { resellerId } = job.parse(data);
  const em = ctx.em.fork();
  const reseller = await em.findOneOrFail(Reseller, resellerId);
  const { listHash } = await loadStanding(em, resellerId, ctx.now);
  const locks = await em.find(PriceLock, { resellerId, status: { $in: ['pending', 'active'] } });
  const digits = await digitsOf(em);
  const { now: hostNow } = await ctx.host.describe({});
  let lowered = 0;
  for (const lock of locks) {
    if (listHash === null) continue;
    const today = (await priceInList(ctx, listHash, lock, digits(lock.currency)))?.wholesale;
    if (!today || today.total >= parseAmount(lock.unitPrice, digits(lock.currency))) continue;
    const price = {
      unitPrice: formatAmount(today.total, digits(lock.currency)),
      components: today.components,
      listHash,
    };
    await relock(ctx, reseller, lock, price, { action: 'service.price_lowered', reason: 'Better terms', hostNow });
    lowered += 1;
  }
  return lowered;
}
