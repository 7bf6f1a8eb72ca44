import type { EntityManager } from '@mikro-orm/postgresql';
import type { Catalogue, Product as PricingProduct } from '../../pricing/formats/catalogue.ts';
import { CatalogueHead, Product } from '../catalogue/entity.ts';

/** The host's catalogue as last read, or null before the first reading. `ids` limits the products. */
export async function loadCatalogue(em: EntityManager, ids?: string[]): Promise<Catalogue | null> {
  const head = await em.findOne(CatalogueHead, 1);
  if (!head) return null;
  const products = await em.find(
    Product,
    { removedAt: null, ...(ids ? { id: { $in: ids } } : {}) },
    { orderBy: { id: 'asc' }, disableIdentityMap: true },
  );
  return {
    format: 'catalogue/1',
    catalogueTax: head.catalogueTax,
    setupPerQuantity: head.setupPerQuantity,
    currencies: head.currencies,
    products: products.map(({ product }) => product as PricingProduct),
  };
}
