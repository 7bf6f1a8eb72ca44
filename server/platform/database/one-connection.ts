import type { EntityManager } from '@mikro-orm/postgresql';
import pLimit, { type LimitFunction } from 'p-limit';
import { POOL_MAX } from './pool-size.ts';
import type { Prepared } from './prepared.ts';

/** A connection that is one's own for a while. Each statement commits by itself. */
export interface OneConnection {
  execute<Row>(statement: Prepared, values: unknown[]): Promise<Row[]>;
  /** To be called when the last statement gave back the only lock itself: that saves asking the database once more. */
  unlocked(): void;
}

interface Client {
  query<Row>(query: { name: string; text: string; values: unknown[] }): Promise<{ rows: Row[] }>;
  release(destroy?: boolean): void;
}

const UNLOCK = { name: 'unlock-all', text: 'select pg_advisory_unlock_all()', values: [] };

// Whoever holds a connection may need a second one: half of the pool is left for those, else all could wait for all.
const held = new WeakMap<object, LimitFunction>();
const limitOf = (pool: object, most: number): LimitFunction => {
  const limit = held.get(pool) ?? pLimit(Math.max(1, Math.floor(most / 2)));
  held.set(pool, limit);
  return limit;
};

/**
 * Does `work` on a connection of its own, so that it may hold advisory locks over calls to the host without holding a
 * transaction open. Its locks end with it, and with the process.
 */
export function onOneConnection<T>(em: EntityManager, work: (connection: OneConnection) => Promise<T>): Promise<T> {
  const connection = em.getConnection() as unknown as {
    getNativeClient(): Promise<{ connect(): Promise<Client> }>;
  };
  return limitOf(
    connection,
    em.config.get('pool')?.max ?? POOL_MAX,
  )(async () => {
    const client = await (await connection.getNativeClient()).connect();
    let locked = true;
    try {
      return await work({
        unlocked: () => {
          locked = false;
        },
        execute: async <Row>({ name, text }: Prepared, values: unknown[]) =>
          (await client.query<Row>({ name, text, values })).rows,
      });
    } finally {
      // Nobody has to wait for this; a connection that cannot be cleaned is closed, which cleans it too.
      if (locked) {
        client.query(UNLOCK).then(
          () => client.release(),
          () => client.release(true),
        );
      } else client.release();
    }
  });
}
