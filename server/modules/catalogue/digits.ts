import type { EntityManager } from '@mikro-orm/postgresql';
import type { Catalogue } from '../../../hooks/contract/index.ts';

/**
 * How many digits each currency has at the host (pricing.md rule 2); a currency the catalogue lacks counts as two,
 * since an old revenue row may name one that was removed.
 */
export async function digitsOf(em: EntityManager): Promise<(currency: string) => number> {
  const [row] = await em.execute<{ currencies: Catalogue['currencies'] }[]>(
    'select currencies from catalogue where id = 1',
  );
  const known = new Map((row?.currencies ?? []).map(({ code, digits }) => [code, digits]));
  return (currency) => known.get(currency) ?? 2;
}
