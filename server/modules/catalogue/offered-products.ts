import { cursorPage, readCursor } from '../../paging.ts';
import type { CatalogueView } from './reader.ts';

interface Asked {
  /** A part of the id or title. */
  search?: string | undefined;
  group?: string | undefined;
  /** This one alone. */
  product?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** A page of what the host offers, in its own order. @throws bad_input for a cursor that no list made */
export function offeredProducts({ products }: CatalogueView, { search, group, product, cursor, limit }: Asked) {
  const text = search?.toLowerCase();
  const all = [...products.values()].filter(
    (each) =>
      each.offered &&
      (product === undefined || each.id === product) &&
      (group === undefined || each.group === group) &&
      (text === undefined || `${each.id} ${each.words?.title ?? ''}`.toLowerCase().includes(text)),
  );
  const after = readCursor(cursor);
  const start = after ? all.findIndex(({ id }) => id === after.id) + 1 : 0;
  return cursorPage(all.slice(start, start + limit + 1), limit, all.length, ({ id }) => ({ key: '', id }));
}
