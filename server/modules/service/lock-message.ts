import type { PriceLock as LockMessage } from '../../../hooks/contract/index.ts';
import type { Reseller } from '../reseller/entity.ts';
import type { PriceLock } from './entity.ts';

/** A moment at which a lock replaces the one we know, also where the host's clock is ahead of ours. */
export function afterLock(lock: PriceLock, now: Date): Date {
  return new Date(Math.max(now.getTime(), lock.lockedAt.getTime() + 1));
}

/** A lock as the host's bridge keeps it; with a later `lockedAt` the bridge takes it for the newest one. */
export function lockMessage(lock: PriceLock, reseller: Reseller, lockedAt = lock.lockedAt): LockMessage {
  const { hostServiceId, product, term, currency, quantity, unitPrice, components, listHash, status } = lock;
  return {
    serviceId: hostServiceId,
    clientId: reseller.hostClientId,
    product,
    term,
    currency,
    quantity,
    unitPrice,
    components,
    listHash: listHash ?? null,
    lockedAt: lockedAt.toISOString(),
    status,
  };
}
