import type { PriceLock as LockMessage } from '../../../hooks/contract/index.ts';
import type { Reseller } from '../reseller/entity.ts';
import type { PriceLock } from './entity.ts';

/** The moment of a lock that replaces the one we know: by the host's clock, which all locks are dated by. */
export function afterLock(lock: PriceLock, hostNow: string | undefined, now: Date): Date {
  return new Date(Math.max(hostNow ? Date.parse(hostNow) : now.getTime(), lock.lockedAt.getTime() + 1));
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
