import { compareBytes } from '../../hooks/prices/byte-order.ts';
import { formatMinor } from '../../hooks/prices/money.ts';
import type { ComponentShape } from '../../hooks/prices/shapes.ts';
import { type ChunkOmission, eachCharge } from './each-charge.ts';
import type { CatalogueMeta, Component, Product } from './formats/catalogue.ts';
import type { Charge } from './kinds.ts';
import type { Adjustment, Source } from './sources.ts';
import type { StackSlice } from './stack-slice.ts';

/** One compiled charge: amounts as decimal text in exactly the currency's digits, `bp` null for books and retail. */
export interface ChunkRow {
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly charge: Charge;
  readonly retail: string;
  readonly wholesale: string;
  readonly source: Source;
  readonly bp: number | null;
  readonly adjusted: Adjustment | null;
}

/** All prices of one product under one rule set, without any id of a rule, tier or reseller. Sorted by UTF-8 bytes. */
export interface Chunk {
  readonly product: string;
  readonly components: readonly ComponentShape[];
  readonly rows: readonly ChunkRow[];
  readonly omitted: readonly ChunkOmission[];
}

/** Compiles one product under one slice of rules. A product that is not offered has no rows and no omissions. */
export function compileProduct(meta: CatalogueMeta, product: Product, slice: StackSlice): Chunk {
  const components = product.components.toSorted((left, right) => compareBytes(left.id, right.id));
  const rows: ChunkRow[] = [];
  const omitted: ChunkOmission[] = [];
  eachCharge(meta, product, slice, {
    onPrice({ component, cell: { term, currency }, charge, retail, digits }, { wholesale, source, bp, adjusted }) {
      const retailText = formatMinor(retail, digits);
      const text = wholesale === retail ? retailText : formatMinor(wholesale, digits);
      rows.push({ component, term, currency, charge, retail: retailText, wholesale: text, source, bp, adjusted });
    },
    onOmitted: (omission) => void omitted.push(omission),
  });
  return { product: product.id, components: components.map(shapeOf), rows, omitted };
}

function shapeOf({ id, kind, option }: Component): ComponentShape {
  return option === undefined ? { id, kind } : { id, kind, option };
}
