import { ServiceError } from '../../errors.ts';
import type { CatalogueView } from './reader.ts';

/** Parents named in a refusal. */
const NAMED = 3;

/** The position of the line that an add-on goes with: the last before it, else the first behind; -1 without one. */
export function parentLine(parents: readonly string[], lines: readonly { product: string }[], at: number): number {
  const before = lines.findLastIndex(({ product }, index) => index < at && parents.includes(product));
  return before >= 0 ? before : lines.findIndex(({ product }) => parents.includes(product));
}

/**
 * An add-on that the host sells beside other products is ordered together with one of them: by itself the host refuses it
 * (pricing.md rule 14). @throws bad_input at the first line that stands alone
 */
export function requireParents({ products }: CatalogueView, lines: readonly { product: string }[]): void {
  for (const [at, { product }] of lines.entries()) {
    const addon = products.get(product);
    if (!addon?.addonTo || parentLine(addon.addonTo, lines, at) >= 0) continue;
    const titles = addon.addonTo.flatMap((id) =>
      products.get(id)?.offered ? (products.get(id)?.words?.title ?? id) : [],
    );
    const named = titles.slice(0, NAMED).join(', ');
    throw new ServiceError(
      'bad_input',
      `${addon.words?.title ?? product} is an add-on: order it together with ${titles.length > NAMED ? `a product such as ${named}` : named || 'its product'}.`,
      `/lines/${at}/product`,
    );
  }
}
