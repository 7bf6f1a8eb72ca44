import { canonicalDecimal } from '../../hooks/prices/money.ts';
import type { Reseller } from './formats/reseller.ts';
import type { Book, Floor, Rules, Target } from './formats/rules.ts';
import { coveredKinds, type ChargeKind } from './kinds.ts';
import { bookSource, discountSource, isFor } from './scope.ts';
import type { BookSource, DiscountSource, RateSource } from './sources.ts';
import { holdsAt, nextChange } from './validity.ts';

/** The rate that holds for everything without a rule of its own: own, else tier's, else programme's (rule 8). */
export interface StackRate {
  readonly source: RateSource;
  readonly bp: number;
}

/** A discount by value; `kinds` is resolved against the programme's switches (rule 9). */
export interface StackDiscount {
  readonly source: DiscountSource;
  readonly bp: number;
  readonly kinds: readonly ChargeKind[];
}

/** A filled cell of a price book; amounts as canonical decimal text, null = inherit. */
export interface StackBook {
  readonly source: BookSource;
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly price: string | null;
  readonly setup: string | null;
}

/** A floor by value; null component or term = all. */
export interface StackFloor {
  readonly component: string | null;
  readonly term: string | null;
  readonly currency: string;
  readonly minPrice: string | null;
  readonly minSetup: string | null;
  readonly overCostBp: number | null;
}

/** Rules filed under what they are on. */
export interface Scoped<T> {
  readonly all: readonly T[];
  readonly product: ReadonlyMap<string, readonly T[]>;
  readonly group: ReadonlyMap<string, readonly T[]>;
}

/**
 * Everything that decides one reseller's prices at one moment, by value: it holds no id of a reseller, tier or rule,
 * and no rule that does not hold. Two resellers with equal terms have equal stacks.
 */
export interface RuleStack {
  readonly rate: StackRate;
  readonly applyTo: Readonly<Record<ChargeKind, boolean>>;
  readonly capAtRetail: boolean;
  readonly floorLiftsBooks: boolean;
  readonly discounts: Scoped<StackDiscount>;
  readonly books: ReadonlyMap<string, readonly StackBook[]>;
  readonly floors: Scoped<StackFloor>;
}

/**
 * The rules as they hold for a reseller at a moment (rules 7, 8, 9 and 17). `validUntil` is the earliest moment after
 * it at which any discount or book of this reseller or its tier begins or ends, null if none does.
 * The rules must have passed `parseRules`, and the reseller's tier must be one of theirs.
 */
export function ruleStack(
  rules: Rules,
  reseller: Reseller,
  at: string,
): { readonly stack: RuleStack; readonly validUntil: string | null } {
  const discounts = rules.discounts.filter((rule) => isFor(rule.for, reseller));
  const books = rules.books.filter((rule) => isFor(rule.for, reseller));
  const stack: RuleStack = {
    rate: resolveRate(rules, reseller),
    applyTo: rules.applyTo,
    capAtRetail: rules.capAtRetail,
    floorLiftsBooks: rules.floorLiftsBooks,
    discounts: scoped(
      discounts.filter((rule) => holdsAt(rule, at)),
      ({ for: holder, on, bp, kinds }) => ({
        source: discountSource(holder, on),
        bp,
        kinds: coveredKinds(kinds, rules.applyTo),
      }),
    ),
    books: booksByProduct(books.filter((rule) => holdsAt(rule, at))),
    floors: scoped(rules.floors, stackFloor),
  };
  return { stack, validUntil: nextChange([...discounts, ...books], at) };
}

function resolveRate(rules: Rules, reseller: Reseller): StackRate {
  if (reseller.discountBp !== null) return { source: 'reseller_rate', bp: reseller.discountBp };
  const tierBp = rules.tiers.find(({ id }) => id === reseller.tier)?.discountBp ?? null;
  if (tierBp !== null) return { source: 'tier_rate', bp: tierBp };
  return { source: 'programme_rate', bp: rules.discountBp };
}

function booksByProduct(books: readonly Book[]): Map<string, StackBook[]> {
  const result = new Map<string, StackBook[]>();
  for (const book of books) {
    if (book.price === null && book.setup === null) continue;
    push(result, book.product, {
      source: bookSource(book.for),
      component: book.component,
      term: book.term,
      currency: book.currency,
      price: canonicalAmount(book.price),
      setup: canonicalAmount(book.setup),
    });
  }
  return result;
}

function stackFloor({ component, term, currency, minPrice, minSetup, overCostBp }: Floor): StackFloor {
  return {
    component,
    term,
    currency,
    minPrice: canonicalAmount(minPrice),
    minSetup: canonicalAmount(minSetup),
    overCostBp,
  };
}

function canonicalAmount(amount: string | null): string | null {
  return amount === null ? null : canonicalDecimal(amount);
}

function scoped<R extends { readonly on: Target }, T>(rules: readonly R[], value: (rule: R) => T): Scoped<T> {
  const all: T[] = [];
  const product = new Map<string, T[]>();
  const group = new Map<string, T[]>();
  for (const rule of rules) {
    if ('product' in rule.on) push(product, rule.on.product, value(rule));
    else if ('group' in rule.on) push(group, rule.on.group, value(rule));
    else all.push(value(rule));
  }
  return { all, product, group };
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
