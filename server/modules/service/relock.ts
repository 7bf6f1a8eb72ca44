import type { ServiceContext } from '../../context.ts';
import type { Reseller } from '../reseller/entity.ts';
import type { PriceLock } from './entity.ts';
import { keepLock } from './keep-lock.ts';
import { afterLock, lockMessage } from './lock-message.ts';

/** A service's new price: per unit and term, with the list it is from. */
export interface NewPrice {
  unitPrice: string;
  components: PriceLock['components'];
  listHash: string;
}

/**
 * Pins another price on a running service: first in the host, then in our mirror, with its activity entry. The next
 * invoice that the host makes costs it. Safe to run again. @throws HostError
 */
export async function relock(
  ctx: ServiceContext,
  reseller: Reseller,
  lock: PriceLock,
  price: NewPrice,
  how: { action: 'service.price_lowered' | 'service.price_moved'; reason: string; hostNow: string | undefined },
): Promise<void> {
  const message = { ...lockMessage(lock, reseller, afterLock(lock, how.hostNow, ctx.now)), ...price };
  await ctx.host['services.pin']({ serviceId: lock.hostServiceId, lock: message, reason: how.reason });
  await keepLock(ctx, reseller.id, message, lock.unitPrice, how.action);
}
