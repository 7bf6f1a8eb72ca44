import type { Product } from './formats/catalogue.ts';
import type { Reseller } from './formats/reseller.ts';
import type { Book, Discount, Rules } from './formats/rules.ts';
import { coveredKinds, type Charge, type ChargeKind } from './kinds.ts';
import { chargeKey } from './precedence.ts';
import { bookSource, discountSource, isFor, targetKey } from './scope.ts';
import type { Source } from './sources.ts';
import { holdsAt } from './validity.ts';

/** A charge whose source is known. */
export interface SourcedCharge {
  readonly source: Source;
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly charge: Charge;
  readonly kind: ChargeKind;
}

/** Names the rule behind a compiled charge: id of the book, discount, reseller or tier; null for programme and retail. */
export type RuleIdOf = (product: Product, charge: SourcedCharge) => string | null;

/**
 * Chunks hold no ids, so the id is found again from the level that won. At most one rule of a level covers a charge
 * at a moment (rule 10), so there is nothing to choose and no precedence is evaluated here.
 */
export function ruleIds(rules: Rules, reseller: Reseller, at: string): RuleIdOf {
  const holds = (rule: Book | Discount): boolean => isFor(rule.for, reseller) && holdsAt(rule, at);
  const books = new Map<string, string>();
  for (const book of rules.books.filter(holds)) {
    for (const charge of ['price', 'setup'] as const) {
      if (book[charge] === null) continue;
      const key = chargeKey(book.component, book.term, book.currency, charge);
      books.set(`${bookSource(book.for)}\t${book.product}\t${key}`, book.id);
    }
  }
  const discounts = new Map<string, string>();
  for (const rule of rules.discounts.filter(holds)) {
    const scope = `${discountSource(rule.for, rule.on)}\t${targetKey(rule.on)}`;
    for (const kind of coveredKinds(rule.kinds, rules.applyTo)) discounts.set(`${scope}\t${kind}`, rule.id);
  }

  return (product, { source, component, term, currency, charge, kind }) => {
    switch (source) {
      case 'reseller_book':
      case 'tier_book':
        return books.get(`${source}\t${product.id}\t${chargeKey(component, term, currency, charge)}`) ?? null;
      case 'reseller_product':
      case 'tier_product':
        return discounts.get(`${source}\t${targetKey({ product: product.id })}\t${kind}`) ?? null;
      case 'reseller_group':
      case 'tier_group':
        return discounts.get(`${source}\t${targetKey({ group: product.group })}\t${kind}`) ?? null;
      case 'reseller_rate':
        return reseller.id;
      case 'tier_rate':
        return reseller.tier;
      case 'programme_rate':
      case 'retail':
        return null;
    }
  };
}
