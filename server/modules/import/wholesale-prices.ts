import type { EntityManager } from '@mikro-orm/postgresql';
import type { HostService } from '../../../hooks/contract/index.ts';
import { compile } from '../../pricing/compile.ts';
import { PricingError } from '../../pricing/errors.ts';
import { quote, quoteCatalogue } from '../../pricing/quote.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { loadRules, toMoment } from '../price-list/load-rules.ts';
import { itemOfService } from '../service/item-of-service.ts';

/**
 * What a service would renew at for a reseller who does not exist yet, for one unit; null where the list does not sell
 * it. Compiled for the products at hand only, and kept nowhere.
 */
export async function wholesaleFor(
  em: EntityManager,
  terms: { tier: string; discountBp: number | null },
  services: HostService[],
  now: Date,
): Promise<(service: HostService) => string | null> {
  const catalogue = await loadCatalogue(em, [...new Set(services.map(({ product }) => product))]);
  if (!catalogue || services.length === 0) return () => null;
  const reseller = { format: 'reseller/1' as const, id: 'to-be-imported', ...terms };
  const { rows } = compile(catalogue, await loadRules(em), reseller, toMoment(now));
  const sold = quoteCatalogue(catalogue, (product) => rows.filter((row) => row.product === product));
  return (service) => {
    const order = { format: 'order/1' as const, currency: service.money.currency, lines: [itemOfService(service)] };
    try {
      return quote(sold, order as Parameters<typeof quote>[1]).lines[0]?.renewal ?? null;
    } catch (error) {
      if (error instanceof PricingError) return null;
      throw error;
    }
  };
}
