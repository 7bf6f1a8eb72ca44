import { parseDecimal, powerOfTen } from '../../hooks/prices/money.ts';
import type { Catalogue } from './formats/catalogue.ts';
import type { Rules } from './formats/rules.ts';
import type { Charge } from './kinds.ts';

/** A fixed price below what the provider pays. `path` is a JSON Pointer into the rules. */
export interface UnderCost {
  readonly path: string;
  readonly book: string;
  readonly charge: Charge;
  readonly amount: string;
  readonly cost: string;
  readonly currency: string;
}

/**
 * Fixed prices that are under the known cost; publishing such rules is refused (rule 11). Compiling does not look at
 * this: a list can be computed from rules that may not be published.
 */
export function booksUnderCost(catalogue: Catalogue, rules: Rules): UnderCost[] {
  const components = new Map(
    catalogue.products.flatMap((product) =>
      product.components.map((component) => [`${product.id}\t${component.id}`, component] as const),
    ),
  );
  return rules.books.flatMap((book, index) => {
    const cell = components
      .get(`${book.product}\t${book.component}`)
      ?.prices.find(({ term, currency }) => term === book.term && currency === book.currency);
    if (cell === undefined) return [];
    return (['price', 'setup'] as const).flatMap((charge) => {
      const amount = book[charge];
      const cost = charge === 'price' ? cell.priceCost : cell.setupCost;
      if (amount === null || cost === null || !isBelow(amount, cost)) return [];
      return [{ path: `/books/${index}/${charge}`, book: book.id, charge, amount, cost, currency: book.currency }];
    });
  });
}

/** Exact comparison of two decimal amounts. */
function isBelow(amount: string, limit: string): boolean {
  const left = parseDecimal(amount);
  const right = parseDecimal(limit);
  return left.units * powerOfTen(right.scale) < right.units * powerOfTen(left.scale);
}
