import { type PreparedProduct, prepareProduct } from '../../../hooks/prices/price-line.ts';
import type { StoredChunk } from './reader.ts';

/** What a line is priced in: a product's prices under one rule set, in one term and currency. */
export interface CellName {
  product: string;
  term: string;
  currency: string;
  digits: number;
}

/** A chunk in one term and currency, ready for any number of lines. */
export interface Cell {
  prices: PreparedProduct;
  /** Structure and recurring price of each component that is sold here. */
  parts: ReadonlyMap<
    string,
    { shape: StoredChunk['components'][number] | undefined; row: StoredChunk['rows'][number] }
  >;
}

/** @throws RangeError when a stored amount is not in the currency's digits */
export function makeCell({ components, rows }: StoredChunk, { term, currency, digits }: CellName): Cell {
  const shapes = new Map(components.map((shape) => [shape.id, shape]));
  const sold = rows.filter((row) => row.term === term && row.currency === currency && row.charge === 'price');
  return {
    prices: prepareProduct({ components, rows, currency, digits }, term),
    parts: new Map(sold.map((row) => [row.component, { shape: shapes.get(row.component), row }])),
  };
}
