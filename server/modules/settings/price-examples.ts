import type { ServiceContext } from '../../context.ts';
import { amountText, inspectProduct } from '../../pricing/inspect-product.ts';
import { CHARGE_KINDS, type ChargeKind } from '../../pricing/kinds.ts';
import { stackSlice } from '../../pricing/stack-slice.ts';
import { Product } from '../catalogue/entity.ts';
import { componentTitle } from '../catalogue/reader.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { loadTimeline } from '../price-list/timeline.ts';
import { StackMaker } from '../price-list/wanted-segments.ts';
import type { SectionValues } from './sections/index.ts';

/** Products looked through for one charge of each kind. */
const MOST_PRODUCTS = 100;

/** One charge as a reseller without special terms would pay it. Amounts are decimal text in the currency's digits. */
export interface PriceExample {
  kind: ChargeKind;
  product: string;
  component: string;
  term: string;
  currency: string;
  retail: string;
  wholesale: string;
  /** Basis points off retail; null where no percentage decides. */
  bp: number | null;
}

/**
 * What these values make of real prices, by the evaluation that compiles the lists: of each kind of charge the first one
 * of the catalogue that is not free. Empty before the catalogue was read.
 */
export async function priceExamples(
  { em, now }: ServiceContext,
  values: SectionValues<'prices'>,
): Promise<PriceExample[]> {
  const catalogue = await loadCatalogue(em, []);
  if (!catalogue) return [];
  const { discountBp, applyTo, capAtRetail, floorLiftsBooks } = values;
  const rules = { ...(await loadTimeline(em)).at(now).rules, discountBp, applyTo, capAtRetail, floorLiftsBooks };
  const maker = new StackMaker({ at: () => ({ rules, until: null }), last: rules });
  const { stack } = maker.at({ id: '', tier_id: '', own_discount_bp: null }, now);
  const products = await em.find(
    Product,
    { removedAt: null, offered: true },
    { orderBy: { position: 'asc', id: 'asc' }, limit: MOST_PRODUCTS, disableIdentityMap: true },
  );
  const main = catalogue.currencies[0]?.code;
  const found = new Map<ChargeKind, PriceExample>();
  for (const { id, product, display } of products) {
    for (const line of inspectProduct(catalogue, product, stackSlice(stack, product))) {
      // In the catalogue's first currency where it is sold in that one.
      const known = found.get(line.kind);
      if (line.retail === 0n || (known && (known.currency === main || line.currency !== main))) continue;
      const shape = product.components.find((component) => component.id === line.component);
      found.set(line.kind, {
        kind: line.kind,
        product: display?.title ?? id,
        component: shape ? componentTitle(display ?? null, shape) : line.component,
        term: line.term,
        currency: line.currency,
        retail: amountText(line, line.retail),
        wholesale: amountText(line, line.wholesale),
        bp: line.bp,
      });
    }
  }
  return CHARGE_KINDS.flatMap((kind) => found.get(kind) ?? []);
}
