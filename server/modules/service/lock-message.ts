import type { PriceLock as LockMessage } from '../../../hooks/contract/index.ts';
import type { Reseller } from '../reseller/entity.ts';
import type { PriceLock } from './entity.ts';

/** A lock as the host's bridge keeps it. `lockedAt` is now when the host is to take it for the newest one. */
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
