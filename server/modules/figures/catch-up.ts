import type { EntityManager } from '@mikro-orm/postgresql';
import { foldFigures } from './fold.ts';

/**
 * To be called before figures of resellers are read (reseller_total, reseller_count, reseller_unpaid, reseller_day,
 * measure_rollup), or of the network (revenue_network, network_unpaid): what was committed until now is in them afterwards. Outside of a transaction: inside one a fold would need a second
 * connection while the first is held.
 */
export async function catchUp(em: EntityManager): Promise<void> {
  const [tail] = await em.execute<{ left: boolean }[]>(
    'select exists (select from revenue_tail) or exists (select from count_tail) or exists (select from unpaid_tail) as left',
  );
  if (tail?.left) await foldFigures(em);
}
