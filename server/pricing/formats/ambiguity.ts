import { PricingError } from '../errors.ts';
import { coveredKinds } from '../kinds.ts';
import { holderKey, targetKey } from '../scope.ts';
import { overlap, type Validity } from '../validity.ts';
import type { Book, Discount, Rules } from './rules.ts';

/**
 * Refuses two rules of the same level, scope and kind that hold at a common moment (rule 10), so that the order of
 * entry never matters. Throws PricingError ambiguous_rules at the later of the two.
 */
export function refuseAmbiguity(rules: Rules): void {
  const covered = new Map(rules.discounts.map((rule) => [rule, new Set(coveredKinds(rule.kinds, rules.applyTo))]));
  refuseClash(
    'discounts',
    rules.discounts,
    (rule) => `${holderKey(rule.for)}\n${targetKey(rule.on)}`,
    (one, other) => {
      const kinds = covered.get(other);
      return [...(covered.get(one) ?? [])].filter((kind) => kinds?.has(kind)).join(', ');
    },
  );
  refuseClash('books', rules.books, cellKey, (one, other) => {
    if (one.price !== null && other.price !== null) return 'price';
    return one.setup !== null && other.setup !== null ? 'setup' : '';
  });
}

function cellKey(book: Book): string {
  return [holderKey(book.for), book.product, book.component, book.term, book.currency].join('\n');
}

/** `shared` names what two rules of one key both cover, "" for nothing. */
function refuseClash<T extends (Discount | Book) & Validity>(
  list: 'discounts' | 'books',
  rules: readonly T[],
  keyOf: (rule: T) => string,
  shared: (one: T, other: T) => string,
): void {
  const earlier = new Map<string, T[]>();
  for (const [index, rule] of rules.entries()) {
    const key = keyOf(rule);
    const others = earlier.get(key);
    if (others === undefined) {
      earlier.set(key, [rule]);
      continue;
    }
    for (const other of others) {
      const both = overlap(rule, other) ? shared(rule, other) : '';
      if (both === '') continue;
      const message =
        `"${rule.id}" and "${other.id}" both set ${both} for the same scope at the same time: ` +
        'end one before the other starts, or remove one.';
      throw new PricingError('ambiguous_rules', 'rules', `/${list}/${index}`, message);
    }
    others.push(rule);
  }
}
