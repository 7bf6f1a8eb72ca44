import type { ServiceContext } from '../../context.ts';
import { CatalogueHead, Product } from '../catalogue/entity.ts';
import { loadStanding } from '../reseller/standing.ts';

/** What the price of a product stands on at a moment. */
export async function basisOfPrice(
  { em, now }: ServiceContext,
  productId: string,
  resellerId: string | null,
  moment: Date,
) {
  const [head, product, standing, versions] = await Promise.all([
    em.findOneOrFail(CatalogueHead, 1),
    em.findOneOrFail(Product, productId, { fields: ['hash'] }),
    resellerId === null ? null : loadStanding(em, resellerId, now),
    em.execute<{ number: number; name: string }[]>(
      `select number, name from price_version
        where number > 0 and state in ('live', 'replaced', 'scheduled') and coalesce(applied_at, effective_at) <= ?
        order by coalesce(applied_at, effective_at) desc, number desc limit 1`,
      [moment],
    ),
  ]);
  return {
    /** The price version that held; null before the first one. */
    version: versions[0] ?? null,
    /** The product as it was last read from the host: the hash of what was read, and when. */
    snapshot: { id: product.hash, at: head.readAt.toISOString() },
    /** Hash of the list that the reseller buys by now; null for a tier, and where there is none. */
    listHash: standing?.listHash ?? null,
  };
}
