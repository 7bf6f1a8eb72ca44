import type { ExploredLine, ExploredProduct, PriceQuestion } from '#lib/api/contract.ts';
import { isZero } from '#lib/format/decimal.ts';

/** One charge as a row of the explorer, with the product it belongs to. */
export interface ExplorerRow extends ExploredLine {
  id: string;
  product: string;
  productTitle: string;
  group: string;
  /** First line of its product: names it. */
  first: boolean;
  lockedServices: number;
}

const ofProduct = (line: ExploredLine, product: ExploredProduct): number => Number(line.title !== product.title);

/** The products of a page as rows: each product's own lines before its options; setup fees of nothing are left out. */
export const rowsOf = (products: readonly ExploredProduct[]): ExplorerRow[] =>
  products.flatMap((product) =>
    product.lines
      .filter((line) => line.charge === 'price' || !isZero(line.retail))
      .toSorted((a, b) => ofProduct(a, product) - ofProduct(b, product))
      .map((line, index) => ({
        ...line,
        id: [product.product, line.component, line.term, line.charge].join(' '),
        product: product.product,
        productTitle: product.title,
        group: product.group,
        first: index === 0,
        lockedServices: product.lockedServices,
      })),
  );

/** What stands in the address: `reseller:rs_…`, `tier:gold`, or nothing for somebody without special terms. */
export function readWho(value: string): { resellerId?: string; tierId?: string } {
  const [kind, ...rest] = value.split(':');
  const id = rest.join(':');
  if (kind === 'reseller' && id) return { resellerId: id };
  return kind === 'tier' && id ? { tierId: id } : {};
}

/** What stands beside it: somebody else (as in `readWho`), the same in another version (`version:pvs_…`), or at an earlier day. */
export function readBeside(who: string, beside: string, since: string): PriceQuestion['compare'] {
  if (since) return { ...readWho(who), at: new Date(`${since}T00:00`).toISOString() };
  return beside.startsWith(VERSION) ? { ...readWho(who), versionId: beside.slice(VERSION.length) } : readWho(beside);
}
export const VERSION = 'version:';
