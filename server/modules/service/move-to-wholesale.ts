import { z } from 'zod';
import type { PriceLock as LockMessage } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { parseAmount } from '../../money.ts';
import { record } from '../activity/record.ts';
import { priceLines } from '../quote/price-lines.ts';
import { readServices } from '../reconcile/read-host.ts';
import { Reseller } from '../reseller/entity.ts';
import { loadStanding } from '../reseller/standing.ts';
import { PriceLock, Service } from './entity.ts';
import { itemOfService } from './item-of-service.ts';
import { afterLock, lockMessage } from './lock-message.ts';
import { mirrorLock } from './mirror-lock.ts';

const job = z.object({ resellerId: z.string() });

/**
 * Puts services from before the approval on the price list from their next renewal on, where that is cheaper; what the
 * list does not sell, or sells dearer, keeps its price (pricing.md rule 20). Safe to run again. Returns how many moved.
 * @throws HostError, prices_missing while there is no list yet
 */
export async function moveToWholesale(ctx: ServiceContext, data: unknown): Promise<number> {
  const { resellerId } = job.parse(data);
  const em = ctx.em.fork();
  const reseller = await em.findOneOrFail(Reseller, resellerId);
  const { listHash, catalogueReadAt } = await loadStanding(em, resellerId, ctx.now);
  if (listHash === null) throw new ServiceError('prices_missing', 'The price list of this reseller is not there yet.');
  const live = await em.find(PriceLock, { resellerId, status: { $in: ['pending', 'active'] } });
  // A lock without components was not made from a list.
  const old = new Map(
    live.filter(({ components }) => components.length === 0).map((lock) => [lock.hostServiceId, lock]),
  );
  if (old.size === 0) return 0;
  const view = await ctx.catalogue.view(em, catalogueReadAt);
  const { now: hostNow } = await ctx.host.describe({});
  let moved = 0;
  for (const service of await readServices(ctx.host, [reseller.hostClientId])) {
    const lock = old.get(service.id);
    if (!lock) continue;
    const request = { currency: service.money.currency, lines: [itemOfService(service)] };
    const line = await priceLines(em, ctx.prices, view, listHash, request).then(
      ({ quote }) => quote.lines[0] ?? null,
      notSold,
    );
    const { digits } = service.money;
    if (!line?.renewal || parseAmount(line.renewal, digits) >= parseAmount(lock.unitPrice, digits)) continue;
    const message: LockMessage = {
      ...lockMessage(lock, reseller, afterLock(lock, hostNow, ctx.now)),
      unitPrice: line.renewal,
      components: line.components.map(({ component, quantity, unit }) => ({ component, quantity, unit })),
      listHash,
    };
    await ctx.host['services.pin']({ serviceId: service.id, lock: message, reason: 'Moved to wholesale' });
    await keep(ctx, resellerId, message, lock.unitPrice);
    moved += 1;
  }
  return moved;
}

function notSold(error: unknown): null {
  if (error instanceof ServiceError) return null;
  throw error;
}

async function keep(ctx: ServiceContext, resellerId: string, lock: LockMessage, before: string): Promise<void> {
  await ctx.em.fork().transactional(async (em) => {
    const inside = { ...ctx, em };
    await mirrorLock(inside, resellerId, lock);
    await em.nativeUpdate(Service, { hostServiceId: lock.serviceId }, { recurring: lock.unitPrice });
    record(inside, {
      action: 'service.moved_to_wholesale',
      subject: { type: 'service', id: lock.serviceId },
      resellerId,
      before: { unitPrice: before },
      after: { unitPrice: lock.unitPrice, listHash: lock.listHash },
      event: { hostServiceId: lock.serviceId, unitPrice: lock.unitPrice, currency: lock.currency },
    });
  });
}
