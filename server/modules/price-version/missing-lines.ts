import { compareTerms } from '../../../hooks/prices/term.ts';
import type { OmissionReason } from '../../pricing/formats/price-list.ts';
import type { CatalogueMeta, Component, Product } from '../../pricing/formats/catalogue.ts';
import { readCell } from '../../pricing/omission.ts';

/** A component that cannot be bought for a term in a currency, and why: no rule gives it a price, only the host can. */
export interface MissingLine {
  component: string;
  term: string;
  reason: OmissionReason;
}

/**
 * What a product does not offer in a currency although one looks for it there: terms in which the component is sold in any
 * currency, and for its options those of the product itself, short terms first.
 */
export function missingLines(meta: CatalogueMeta, product: Product, currency: string): MissingLine[] {
  const digits = meta.currencies.find(({ code }) => code === currency)?.digits;
  const base = product.components.filter(({ kind }) => kind === 'base').flatMap(soldTerms);
  return product.components.flatMap((component) => {
    const expected = new Set([...soldTerms(component), ...(component.kind === 'option' ? base : [])]);
    return [...expected].toSorted(compareTerms).flatMap((term): MissingLine[] => {
      const cell = component.prices.find((each) => each.term === term && each.currency === currency);
      const amounts = cell ? readCell(component, cell, digits) : 'not_offered';
      return typeof amounts === 'string' ? [{ component: component.id, term, reason: amounts }] : [];
    });
  });
}

/** The terms in which a component has a price in any currency, or a place for one. */
const soldTerms = ({ prices }: Component): string[] => prices.map(({ term }) => term);
