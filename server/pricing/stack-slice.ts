import type { Component, Product } from './formats/catalogue.ts';
import { canonicalJson } from './canonical-json.ts';
import { CHARGE_KINDS, type ChargeKind } from './kinds.ts';
import type { RuleStack, Scoped, StackBook, StackDiscount, StackFloor, StackRate } from './rule-stack.ts';

/**
 * What of a rule stack can affect one product, in one normal form: kinds that the product has, cells that it has,
 * everything sorted, nothing twice. Equal terms give equal slices, however and in which order they were entered.
 */
export interface StackSlice {
  readonly rate: (StackRate & { readonly kinds: readonly ChargeKind[] }) | null;
  readonly discounts: readonly StackDiscount[];
  readonly books: readonly StackBook[];
  readonly floors: readonly StackFloor[];
  readonly capAtRetail: boolean;
  readonly floorLiftsBooks: boolean;
}

/** The slice of a stack for a product. */
export function stackSlice(stack: RuleStack, product: Product): StackSlice {
  const kinds = kindsOf(product);
  const rateKinds = kinds.filter((kind) => stack.applyTo[kind]);
  const discounts = inScope(stack.discounts, product)
    .map(({ source, bp, kinds: covered }) => ({ source, bp, kinds: covered.filter((kind) => kinds.includes(kind)) }))
    .filter((rule) => rule.kinds.length > 0);
  const books = stack.books.get(product.id) ?? [];
  const floors = inScope(stack.floors, product).filter(setsAnything);
  return {
    rate: rateKinds.length === 0 ? null : { ...stack.rate, kinds: rateKinds },
    discounts: normal(discounts),
    books: normal(books.filter((book) => product.components.some((component) => hasCell(component, book)))),
    floors: normal(floors.filter((floor) => product.components.some((component) => hasCell(component, floor)))),
    capAtRetail: stack.capAtRetail,
    floorLiftsBooks: stack.floorLiftsBooks,
  };
}

function kindsOf(product: Product): ChargeKind[] {
  const found = new Set<ChargeKind>();
  for (const component of product.components) {
    found.add(component.kind);
    if (!found.has('setup') && component.prices.some(({ setup }) => setup !== null)) found.add('setup');
  }
  return CHARGE_KINDS.filter((kind) => found.has(kind));
}

function inScope<T>(rules: Scoped<T>, product: Product): readonly T[] {
  return [...rules.all, ...(rules.product.get(product.id) ?? []), ...(rules.group.get(product.group) ?? [])];
}

function setsAnything({ minPrice, minSetup, overCostBp }: StackFloor): boolean {
  return minPrice !== null || minSetup !== null || overCostBp !== null;
}

function hasCell(component: Component, rule: StackBook | StackFloor): boolean {
  if (rule.component !== null && rule.component !== component.id) return false;
  return component.prices.some(
    ({ term, currency }) => currency === rule.currency && (rule.term === null || rule.term === term),
  );
}

/** Sorted by canonical text, equal items once. */
function normal<T>(items: readonly T[]): readonly T[] {
  if (items.length < 2) return items;
  const byText = new Map(items.map((item) => [canonicalJson(item), item]));
  return [...byText.keys()]
    .toSorted()
    .map((text) => byText.get(text))
    .filter((item) => item !== undefined);
}
