import type { EntityManager } from '@mikro-orm/postgresql';
import { fromKysely, type PgBoss } from 'pg-boss';

/** Every queue, with the policy of its jobs. `exclusive`: at most one waiting and one running. */
export const queues = {
  'publish-prices': { policy: 'stately', retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 },
  'publish-locks': { policy: 'standard', retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 },
  'lower-locks': { policy: 'standard', retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600 },
  'move-to-wholesale': { policy: 'standard', retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600 },
  'sync-catalogue': { policy: 'stately', retryLimit: 5, retryDelay: 5, retryBackoff: true, retryDelayMax: 300 },
  'roll-prices': { policy: 'stately', retryLimit: 5, retryDelay: 5, retryBackoff: true, retryDelayMax: 300 },
  // One for each set of resellers: two may wait at once.
  'assign-prices': { policy: 'standard', retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 },
  'apply-price-versions': { policy: 'stately', retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 },
  'preview-prices': { policy: 'standard', retryLimit: 2, retryDelay: 5 },
  'move-locks': { policy: 'standard', retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600 },
  'review-tiers': { policy: 'stately', retryLimit: 2, retryDelay: 30 },
  'end-wholesale': { policy: 'stately', retryLimit: 5, retryDelay: 60, retryBackoff: true, retryDelayMax: 3600 },
  'rest-inactive': { policy: 'stately', retryLimit: 3, retryDelay: 60 },
  'run-task': { policy: 'standard', retryLimit: 3, retryDelay: 10, retryBackoff: true, retryDelayMax: 300 },
  'roll-figures': { policy: 'stately', retryLimit: 5, retryDelay: 60 },
  'resume-orders': { policy: 'stately', retryLimit: 0 },
  'follow-up-applications': { policy: 'stately', retryLimit: 2, retryDelay: 60 },
  'forget-deliveries': { policy: 'stately', retryLimit: 0 },
  'forget-calls': { policy: 'stately', retryLimit: 2, retryDelay: 60 },
  'close-statements': { policy: 'stately', retryLimit: 2, retryDelay: 60 },
  'fold-revenue': { policy: 'stately', retryLimit: 0 },
  notices: { policy: 'stately', retryLimit: 0 },
  'refresh-network': { policy: 'stately', retryLimit: 0 },
  'seal-activity': { policy: 'stately', retryLimit: 0 },
  'watch-host': { policy: 'stately', retryLimit: 0 },
  reconcile: { policy: 'stately', retryLimit: 2, retryDelay: 60 },
} as const;
export type QueueName = keyof typeof queues;

/** `afterSeconds`: not before then. */
export type Enqueue = (
  em: EntityManager,
  queue: QueueName,
  data?: Record<string, unknown>,
  afterSeconds?: number,
) => Promise<void>;

/** Queues jobs through the caller's transaction (pg-boss on the ORM's own connection). */
export function createEnqueue(boss: PgBoss): Enqueue {
  return async (em, queue, data = {}, afterSeconds = 0) => {
    await boss.send(queue, data, { db: fromKysely(em.getKysely()), startAfter: afterSeconds });
  };
}
