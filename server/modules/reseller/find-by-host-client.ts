import type { EntityManager } from '@mikro-orm/postgresql';
import { Reseller } from './entity.ts';

/** The reseller of a host's client account, or null when the client is none of ours. */
export function findByHostClient(em: EntityManager, hostClientId: string): Promise<Reseller | null> {
  return em.findOne(Reseller, { hostClientId });
}
