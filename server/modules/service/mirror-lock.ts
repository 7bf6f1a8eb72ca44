import type { PriceLock as LockMessage } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { PriceLock } from './entity.ts';

const LIVE = ['pending', 'active'] as const;

/** Keeps the plugin's mirror of a lock: the newer one replaces, an older one is dropped (pricing.md rule 19). */
export async function mirrorLock({ em }: ServiceContext, resellerId: string, lock: LockMessage): Promise<void> {
  const lockedAt = new Date(lock.lockedAt);
  const live = await em.findOne(PriceLock, { hostServiceId: lock.serviceId, status: { $in: [...LIVE] } });
  if (live && live.lockedAt > lockedAt) return;
  const sameAmount = live?.unitPrice === lock.unitPrice && live.quantity === lock.quantity;
  if (live && (sameAmount || lock.status === 'ended')) {
    live.status = lock.status;
    return;
  }
  const ended = await em.count(PriceLock, { hostServiceId: lock.serviceId, lockedAt: { $gte: lockedAt } });
  if (!live && ended > 0) return;
  if (live) live.status = 'replaced';
  await em.flush();
  em.create(PriceLock, {
    id: newId('lck'),
    resellerId,
    hostServiceId: lock.serviceId,
    product: lock.product,
    term: lock.term,
    currency: lock.currency,
    quantity: lock.quantity,
    unitPrice: lock.unitPrice,
    components: lock.components,
    listHash: lock.listHash,
    status: lock.status,
    lockedAt,
  });
  await em.flush();
}

/** The service is gone: nothing renews at its lock any more. */
export async function endLock({ em }: ServiceContext, hostServiceId: string): Promise<void> {
  await em.nativeUpdate(PriceLock, { hostServiceId, status: { $in: [...LIVE] } }, { status: 'ended' });
}
