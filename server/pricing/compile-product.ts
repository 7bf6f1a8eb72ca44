import { compareBytes } from '../../hooks/prices/byte-order.ts';
import { formatMinor } from '../../hooks/prices/money.ts';
import type { ComponentShape } from '../../hooks/prices/shapes.ts';
import { digitsByCurrency } from './currencies.ts';
import { evaluateCharge, evaluator } from './evaluate-charge.ts';
import type { CatalogueMeta, Component, ComponentPrice, Product } from './formats/catalogue.ts';
import type { OmissionReason } from './formats/price-list.ts';
import { kindOfCharge, type Charge } from './kinds.ts';
import { readCell } from './omission.ts';
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

/** A component that is not offered in a term and currency. */
export interface ChunkOmission {
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly reason: OmissionReason;
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
  const chunk = { product: product.id, components: components.map(shapeOf), rows, omitted };
  if (!product.offered) return chunk;

  const digitsOf = digitsByCurrency(meta);
  const ready = evaluator(slice);
  for (const component of components) {
    for (const cell of component.prices.toSorted(compareCells)) {
      const { term, currency } = cell;
      const amounts = readCell(component, cell, digitsOf.get(currency));
      if (typeof amounts === 'string') {
        omitted.push({ component: component.id, term, currency, reason: amounts });
        continue;
      }
      const { digits } = amounts;
      for (const charge of CHARGES) {
        const retail = amounts[charge];
        if (retail === null) continue;
        const kind = kindOfCharge(component.kind, charge);
        const priced = evaluateCharge(ready, { component: component.id, cell, charge, kind, retail, digits });
        const retailText = formatMinor(retail, digits);
        rows.push({
          component: component.id,
          term,
          currency,
          charge,
          retail: retailText,
          wholesale: priced.wholesale === retail ? retailText : formatMinor(priced.wholesale, digits),
          source: priced.source,
          bp: priced.bp,
          adjusted: priced.adjusted,
        });
      }
    }
  }
  return chunk;
}

const CHARGES = ['price', 'setup'] as const;

function compareCells(left: ComponentPrice, right: ComponentPrice): number {
  return compareBytes(left.term, right.term) || compareBytes(left.currency, right.currency);
}

function shapeOf({ id, kind, option }: Component): ComponentShape {
  return option === undefined ? { id, kind } : { id, kind, option };
}
