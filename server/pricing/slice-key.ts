import { compareBytes } from '../../hooks/prices/byte-order.ts';
import { canonicalDecimal } from '../../hooks/prices/money.ts';
import { canonicalJson } from './canonical-json.ts';
import { digitsByCurrency } from './currencies.ts';
import { sha256 } from './digest.ts';
import type { CatalogueMeta, ComponentPrice, Product } from './formats/catalogue.ts';
import type { StackSlice } from './stack-slice.ts';

/**
 * The name of a chunk: SHA-256 over the product's content and what of the rules affects it. Equal values give equal
 * keys whatever the ids of reseller, tier and rules, and whatever the order of entry.
 */
export function sliceKey(meta: CatalogueMeta, product: Product, slice: StackSlice): string {
  return sliceKeyOf(productText(meta, product), slice);
}

/** As `sliceKey`, for a caller that keeps `productText` while it keys many slices of one product. */
export function sliceKeyOf(text: string, slice: StackSlice): string {
  return sha256([text, '\n', canonicalJson(slice)]);
}

/** The canonical text of a product: everything a chunk depends on, the digits of its currencies included. */
export function productText(meta: CatalogueMeta, product: Product): string {
  const digits = digitsByCurrency(meta);
  const components = product.components
    .toSorted((left, right) => compareBytes(left.id, right.id))
    .map(({ id, kind, option, prices }) => ({
      id,
      kind,
      option,
      prices: prices.map((cell) => cellText(cell, digits)).toSorted(),
    }));
  return canonicalJson({ id: product.id, offered: product.offered, components });
}

/** A cell as text; currencies enter by their digits, so that an unrelated currency changes no key. */
function cellText(cell: ComponentPrice, digits: ReadonlyMap<string, number>): string {
  const amounts = [cell.price, cell.setup, cell.priceCost, cell.setupCost];
  return JSON.stringify([
    cell.term,
    cell.currency,
    digits.get(cell.currency) ?? null,
    ...amounts.map((amount) => (amount === null ? null : canonicalDecimal(amount))),
  ]);
}
