import type { EntityManager } from '@mikro-orm/postgresql';
import { Product } from '../catalogue/entity.ts';
import { componentTitle } from '../catalogue/reader.ts';
import { PriceLock } from './entity.ts';

/** Why a price was locked, in a word. */
type Why = 'ordered' | 'kept_from_before' | 'changed';

/**
 * The locks of a service, the newest first: what its renewals cost, since when, from which list, and why. The first one
 * came with the order, or with the approval when the service is older; later ones replaced it (pricing.md rules 19, 20).
 */
export async function locksOf(em: EntityManager, hostServiceId: string) {
  const locks = await em.find(PriceLock, { hostServiceId }, { orderBy: { lockedAt: 'desc', id: 'desc' }, limit: 100 });
  // Also what is no longer sold keeps its name.
  const products = await em.find(Product, { id: [...new Set(locks.map(({ product }) => product))] });
  const titled = (productId: string, component: string): string => {
    const { product, display } = products.find(({ id }) => id === productId) ?? {};
    const shape = product?.components.find(({ id }) => id === component);
    return componentTitle(display ?? null, shape ?? { id: component });
  };
  return locks.map((lock, index) => ({
    unitPrice: lock.unitPrice,
    quantity: lock.quantity,
    currency: lock.currency,
    term: lock.term,
    components: lock.components.map((part) => ({ ...part, title: titled(lock.product, part.component) })),
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
