import { compareBytes } from '../../hooks/prices/byte-order.ts';
import { digitsByCurrency } from './currencies.ts';
import { type ChargeToPrice, evaluateCharge, type EvaluatedCharge, evaluator } from './evaluate-charge.ts';
import type { CatalogueMeta, ComponentPrice, Product } from './formats/catalogue.ts';
import type { OmissionReason } from './formats/price-list.ts';
import { kindOfCharge } from './kinds.ts';
import { readCell } from './omission.ts';
import type { StackSlice } from './stack-slice.ts';

/** A component that is not offered in a term and currency. */
export interface ChunkOmission {
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly reason: OmissionReason;
}

/** What is done with each charge of a product, in the order of their UTF-8 bytes: component, term, currency, price. */
export interface ChargeVisitor {
  onPrice(charge: ChargeToPrice, priced: EvaluatedCharge): void;
  onOmitted?(omission: ChunkOmission): void;
}

const CHARGES = ['price', 'setup'] as const;

/** Evaluates every charge of a product under a slice of rules. A product that is not offered has none. */
export function eachCharge(meta: CatalogueMeta, product: Product, slice: StackSlice, visitor: ChargeVisitor): void {
  if (!product.offered) return;
  const digitsOf = digitsByCurrency(meta);
  const ready = evaluator(slice);
  for (const component of product.components.toSorted((left, right) => compareBytes(left.id, right.id))) {
    for (const cell of component.prices.toSorted(compareCells)) {
      const { term, currency } = cell;
      const amounts = readCell(component, cell, digitsOf.get(currency));
      if (typeof amounts === 'string') {
        visitor.onOmitted?.({ component: component.id, term, currency, reason: amounts });
        continue;
      }
      const { digits } = amounts;
      for (const charge of CHARGES) {
        const retail = amounts[charge];
        if (retail === null) continue;
        const kind = kindOfCharge(component.kind, charge);
        const to = { component: component.id, cell, charge, kind, retail, digits };
        visitor.onPrice(to, evaluateCharge(ready, to));
      }
    }
  }
}

function compareCells(left: ComponentPrice, right: ComponentPrice): number {
  return compareBytes(left.term, right.term) || compareBytes(left.currency, right.currency);
}
