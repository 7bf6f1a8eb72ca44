import type { EntityManager } from '@mikro-orm/postgresql';

const PRICES = 7_203_002;

/** Compiling and assigning happen one at a time, over all processes; held until the transaction ends. */
export async function lockPrices(em: EntityManager): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(?)', [PRICES]);
}
