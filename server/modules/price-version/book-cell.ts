import { canonicalDecimal } from '../../../hooks/prices/money.ts';
import type { Product } from '../../pricing/formats/catalogue.ts';
import type { Book, Holder, Rules } from '../../pricing/formats/rules.ts';
import { amountText, type InspectedCharge } from '../../pricing/inspect-product.ts';
import type { Charge } from '../../pricing/kinds.ts';
import { chargeKey } from '../../pricing/precedence.ts';
import { holderKey } from '../../pricing/scope.ts';
import type { Adjustment, Source } from '../../pricing/sources.ts';
import { holdsAt } from '../../pricing/validity.ts';

/** Names a cell: a charge of a product in a term; the book's holder and currency are those of the whole grid. */
export interface CellName {
  product: string;
  component: string;
  term: string;
  charge: Charge;
}

/**
 * One charge in a price book: what it costs and why. Amounts as decimal text; what is not there does not hold. An empty
 * cell inherits: it has no `fixed`.
 */
export interface BookCell {
  retail: string;
  /** What is paid with the draft's changes. */
  wholesale: string;
  source: Source;
  bp: number | null;
  /** The amount that this book fixes. */
  fixed?: string;
  /** When the fixed amount begins or ends to hold, if it does. */
  from?: string;
  until?: string;
  adjusted?: Adjustment;
  floor?: string;
  /** The draft changes this cell: what it is before, and what is paid then. */
  was?: { fixed: string | null; wholesale: string };
  /** Retail moved since the amount was set: what it was then. */
  stale?: string;
}

/** The rules of one book, by cell. Several rules of a cell hold one after the other (rule 10). */
export class BookIndex {
  readonly #cells = new Map<string, Book[]>();
  readonly #at: string;

  /** `at`: the moment whose prices are looked at, in UTC to the second. */
  constructor(rules: Pick<Rules, 'books'>, holder: Holder, currency: string, at: string) {
    this.#at = at;
    const whose = holderKey(holder);
    for (const book of rules.books) {
      if (book.currency !== currency || holderKey(book.for) !== whose) continue;
      const key = cellKey(book);
      const held = this.#cells.get(key);
      if (held) held.push(book);
      else this.#cells.set(key, [book]);
    }
  }

  /** The rule that holds at the moment. */
  at(cell: Omit<CellName, 'charge'>): Book | null {
    return this.all(cell).find((book) => holdsAt(book, this.#at)) ?? null;
  }

  /** All rules of a cell, whenever they hold. */
  all(cell: Omit<CellName, 'charge'>): readonly Book[] {
    return this.#cells.get(cellKey(cell)) ?? [];
  }

  /** The stretch around the moment in which no rule of the cell holds: a new one may hold there. */
  gap(cell: Omit<CellName, 'charge'>): { from: string | null; until: string | null } {
    const others = this.all(cell);
    const ended = others.flatMap(({ until }) => (until !== null && until <= this.#at ? until : []));
    const later = others.flatMap(({ from }) => (from !== null && from > this.#at ? from : []));
    return { from: ended.toSorted().at(-1) ?? null, until: later.toSorted()[0] ?? null };
  }
}

function cellKey({ product, component, term }: Omit<CellName, 'charge'>): string {
  return `${product}\t${component}\t${term}`;
}

/** A product with the prices of one currency only: the others are not looked at. */
export function inCurrency(product: Product, currency: string): Product {
  const components = product.components.map((component) => ({
    ...component,
    prices: component.prices.filter((price) => price.currency === currency),
  }));
  return { ...product, components };
}

/** Charges of a product by the name that the pricing gives them. */
export function linesByKey(lines: readonly InspectedCharge[]): Map<string, InspectedCharge> {
  return new Map(lines.map((line) => [chargeKey(line.component, line.term, line.currency, line.charge), line]));
}

/** A charge as a cell. `before` is the same charge without the draft's changes, where the draft has any for it. */
export function bookCell(
  line: InspectedCharge,
  rule: Book | null,
  before: { rule: Book | null; line: InspectedCharge } | null,
  staleRetail: string | null,
): BookCell {
  const fixed = rule?.[line.charge] ?? null;
  const old = before?.rule?.[line.charge] ?? null;
  const changed = before !== null && !sameAmount(fixed, old);
  const moved = staleRetail !== null && !changed && !sameAmount(staleRetail, amountText(line, line.retail));
  return {
    retail: amountText(line, line.retail),
    wholesale: amountText(line, line.wholesale),
    source: line.source,
    bp: line.bp,
    ...(fixed !== null && { fixed }),
    ...(fixed !== null && rule?.from && { from: rule.from }),
    ...(fixed !== null && rule?.until && { until: rule.until }),
    ...(line.adjusted && { adjusted: line.adjusted }),
    ...(line.floor !== null && { floor: amountText(line, line.floor) }),
    ...(changed && { was: { fixed: old, wholesale: amountText(before.line, before.line.wholesale) } }),
    ...(moved && { stale: staleRetail }),
  };
}

/** True for equal amounts, however they are written: "10.0" is "10.00". */
export function sameAmount(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return canonicalDecimal(one) === canonicalDecimal(other);
}
