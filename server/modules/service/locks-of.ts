import type { EntityManager } from '@mikro-orm/postgresql';
import { PriceLock } from './entity.ts';

/** Why a price was locked, in a word. */
type Why = 'ordered' | 'kept_from_before' | 'changed';

/**
 * The locks of a service, the newest first: what its renewals cost, since when, from which list, and why. The first one
 * came with the order, or with the approval when the service is older; later ones replaced it (pricing.md rules 19, 20).
 */
export async function locksOf(em: EntityManager, hostServiceId: string) {
  const locks = await em.find(PriceLock, { hostServiceId }, { orderBy: { lockedAt: 'desc', id: 'desc' }, limit: 100 });
  return locks.map((lock, index) => ({
    unitPrice: lock.unitPrice,
    quantity: lock.quantity,
    currency: lock.currency,
    term: lock.term,
    components: lock.components,
    listHash: lock.listHash ?? null,
    status: lock.status,
    since: lock.lockedAt.toISOString(),
    why: whyOf(lock, index === locks.length - 1),
  }));
}

function whyOf({ listHash }: PriceLock, isFirst: boolean): Why {
  if (!isFirst) return 'changed';
  return listHash === null || listHash === undefined ? 'kept_from_before' : 'ordered';
}
