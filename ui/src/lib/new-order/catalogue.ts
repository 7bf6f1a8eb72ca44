import { api } from '#lib/api/client.ts';
import type { Catalogue } from '#lib/api/contract.ts';

/** Everything that can be ordered: the picker searches while one types, so it has all of it. */
export async function wholeCatalogue(currency: string | undefined): Promise<Catalogue> {
  const whole = await api().catalogue.products.query({ currency });
  for (let { cursor } = whole; cursor !== null;) {
    const next = await api().catalogue.products.query({ currency, cursor });
    whole.products.push(...next.products);
    ({ cursor } = next);
  }
  return whole;
}
