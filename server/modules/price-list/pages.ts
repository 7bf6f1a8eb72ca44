import { hash } from 'node:crypto';

/**
 * A list is cut into this many pages by a hash of the product's id: one changed product rewrites one page of about
 * thirty entries instead of one list of thousands.
 */
export const PAGE_COUNT = 64;

/** The page that holds a product, 0 to 63. */
export function pageOf(product: string): number {
  return (hash('sha256', product, 'buffer')[0] ?? 0) % PAGE_COUNT;
}
