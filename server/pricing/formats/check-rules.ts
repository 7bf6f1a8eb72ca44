import { minorUnits } from '../../../hooks/prices/money.ts';
import { PricingError, type PricingErrorCode } from '../errors.ts';
import type { Catalogue } from './catalogue.ts';
import type { Book, Floor, Holder, Rules } from './rules.ts';

/**
 * Checks that what the rules name exists, and that fixed amounts fit their currency. Groups, resellers and terms may be
 * unknown. Throws PricingError: unknown_product, unknown_component, unknown_tier, currency_unknown, amount_too_precise,
 * negative_amount.
 */
export function checkRules(catalogue: Catalogue, rules: Rules): void {
  const known = readKnown(catalogue, rules);
  for (const [index, rule] of rules.discounts.entries()) {
    const path = `/discounts/${index}`;
    requireTier(known, rule.for, path);
    if ('product' in rule.on) requireProduct(known, rule.on.product, `${path}/on/product`);
  }
  for (const [index, book] of rules.books.entries()) checkBook(known, book, `/books/${index}`);
  for (const [index, floor] of rules.floors.entries()) checkFloor(known, floor, `/floors/${index}`);
}

interface Known {
  readonly tiers: ReadonlySet<string>;
  readonly digits: ReadonlyMap<string, number>;
  readonly components: ReadonlyMap<string, ReadonlySet<string>>;
  readonly componentsOfGroup: ReadonlyMap<string, ReadonlySet<string>>;
  readonly allComponents: ReadonlySet<string>;
}

function readKnown(catalogue: Catalogue, rules: Rules): Known {
  const components = new Map<string, Set<string>>();
  const componentsOfGroup = new Map<string, Set<string>>();
  const allComponents = new Set<string>();
  for (const product of catalogue.products) {
    const ids = product.components.map(({ id }) => id);
    components.set(product.id, new Set(ids));
    const ofGroup = componentsOfGroup.get(product.group) ?? new Set<string>();
    componentsOfGroup.set(product.group, ofGroup);
    for (const id of ids) {
      ofGroup.add(id);
      allComponents.add(id);
    }
  }
  return {
    tiers: new Set(rules.tiers.map(({ id }) => id)),
    digits: new Map(catalogue.currencies.map(({ code, digits }) => [code, digits])),
    components,
    componentsOfGroup,
    allComponents,
  };
}

function checkBook(known: Known, book: Book, path: string): void {
  requireTier(known, book.for, path);
  requireProduct(known, book.product, `${path}/product`);
  if (!known.components.get(book.product)?.has(book.component)) {
    const message = `The product "${book.product}" has no component "${book.component}".`;
    fail('unknown_component', `${path}/component`, message);
  }
  requireAmount(known, book.currency, book.price, path, 'price');
  requireAmount(known, book.currency, book.setup, path, 'setup');
}

function checkFloor(known: Known, floor: Floor, path: string): void {
  if ('product' in floor.on) requireProduct(known, floor.on.product, `${path}/on/product`);
  if (floor.component !== null && !componentsIn(known, floor.on)?.has(floor.component)) {
    fail('unknown_component', `${path}/component`, `No product of this floor has a component "${floor.component}".`);
  }
  requireAmount(known, floor.currency, floor.minPrice, path, 'minPrice');
  requireAmount(known, floor.currency, floor.minSetup, path, 'minSetup');
}

function componentsIn(known: Known, target: Floor['on']): ReadonlySet<string> | undefined {
  if ('product' in target) return known.components.get(target.product);
  return 'group' in target ? known.componentsOfGroup.get(target.group) : known.allComponents;
}

function requireTier(known: Known, holder: Holder, path: string): void {
  if ('tier' in holder && !known.tiers.has(holder.tier)) {
    fail('unknown_tier', `${path}/for/tier`, `There is no tier "${holder.tier}".`);
  }
}

function requireProduct(known: Known, product: string, path: string): void {
  if (!known.components.has(product)) fail('unknown_product', path, `The catalogue has no product "${product}".`);
}

/** Also checks the currency, whether or not there is an amount. */
function requireAmount(known: Known, currency: string, amount: string | null, path: string, field: string): void {
  const digits = known.digits.get(currency);
  if (digits === undefined) {
    fail('currency_unknown', `${path}/currency`, `The catalogue has no currency "${currency}".`);
  }
  if (amount === null) return;
  const minor = minorUnits(amount, digits);
  if (minor === null) {
    fail('amount_too_precise', `${path}/${field}`, `${amount} ${currency} has more than ${digits} decimal digits.`);
  }
  if (minor < 0n) fail('negative_amount', `${path}/${field}`, `${amount} ${currency} is below zero.`);
}

function fail(code: PricingErrorCode, path: string, message: string): never {
  throw new PricingError(code, 'rules', path, message);
}
