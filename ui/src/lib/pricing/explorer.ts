import type { ExploredLine, ExploredProduct } from '#lib/api/contract.ts';

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

/** The products of a page as rows, in the order of the host. */
export const rowsOf = (products: readonly ExploredProduct[]): ExplorerRow[] =>
  products.flatMap((product) =>
    product.lines.map((line, index) => ({
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
