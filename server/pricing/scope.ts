import type { Product } from './formats/catalogue.ts';
import type { Reseller } from './formats/reseller.ts';
import type { Holder, Target } from './formats/rules.ts';
import type { BookSource, DiscountSource } from './sources.ts';

/** True if a discount or book is for this reseller or its tier. */
export function isFor(holder: Holder, reseller: Reseller): boolean {
  return 'reseller' in holder ? holder.reseller === reseller.id : holder.tier === reseller.tier;
}

/** True if a discount or floor is on this product, its group, or everything. */
export function isOn(target: Target, product: Pick<Product, 'id' | 'group'>): boolean {
  if ('product' in target) return target.product === product.id;
  return 'group' in target ? target.group === product.group : true;
}

/** The level of a discount (rule 7). */
export function discountSource(holder: Holder, target: Target): DiscountSource {
  const onProduct = 'product' in target;
  if ('reseller' in holder) return onProduct ? 'reseller_product' : 'reseller_group';
  return onProduct ? 'tier_product' : 'tier_group';
}

/** The level of a price book (rule 7). */
export function bookSource(holder: Holder): BookSource {
  return 'reseller' in holder ? 'reseller_book' : 'tier_book';
}

/** Text that is equal for equal holders. */
export function holderKey(holder: Holder): string {
  return 'reseller' in holder ? `reseller\t${holder.reseller}` : `tier\t${holder.tier}`;
}

/** Text that is equal for equal targets. */
export function targetKey(target: Target): string {
  if ('product' in target) return `product\t${target.product}`;
  return 'group' in target ? `group\t${target.group}` : 'all';
}
