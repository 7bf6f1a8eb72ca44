import type { EntityManager } from '@mikro-orm/postgresql';
import { fromKysely, type PgBoss } from 'pg-boss';

/** Every queue, with the policy of its jobs. `exclusive`: at most one waiting and one running. */
export const queues = {
  'publish-prices': { policy: 'stately', retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 },
  'publish-locks': { policy: 'standard', retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 },
  'lower-locks': { policy: 'standard', retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600 },
  'sync-catalogue': { policy: 'stately', retryLimit: 5, retryDelay: 5, retryBackoff: true, retryDelayMax: 300 },
  'roll-prices': { policy: 'stately', retryLimit: 5, retryDelay: 5, retryBackoff: true, retryDelayMax: 300 },
  // One for each set of resellers: two may wait at once.
  'assign-prices': { policy: 'standard', retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 },
  'apply-price-versions': { policy: 'stately', retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 },
  'preview-prices': { policy: 'standard', retryLimit: 2, retryDelay: 5 },
  'move-locks': { policy: 'standard', retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600 },
  'resume-orders': { policy: 'stately', retryLimit: 0 },
  reconcile: { policy: 'stately', retryLimit: 2, retryDelay: 60 },
} as const;
export type QueueName = keyof typeof queues;

export type Enqueue = (em: EntityManager, queue: QueueName, data?: Record<string, unknown>) => Promise<void>;

/** Queues jobs through the caller's transaction (pg-boss on the ORM's own connection). */
export function createEnqueue(boss: PgBoss): Enqueue {
  return async (em, queue, data = {}) => {
    await boss.send(queue, data, { db: fromKysely(em.getKysely()) });
  };
}
