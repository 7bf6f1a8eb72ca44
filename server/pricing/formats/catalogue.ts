import { z } from 'zod';
import { pointerStep } from '../../../hooks/prices/refusal.ts';
import { PricingError, type PricingErrorCode } from '../errors.ts';
import { COMPONENT_KINDS } from '../kinds.ts';
import { identifier, money, term } from './fields.ts';
import { readFormat } from './read.ts';

const option = z.discriminatedUnion('type', [
  z.strictObject({ id: identifier, type: z.literal('choice'), choice: identifier, required: z.boolean() }),
  z.strictObject({
    id: identifier,
    type: z.literal('quantity'),
    min: z.int().min(0),
    max: z.int().min(0),
    required: z.boolean().optional(),
  }),
  z.strictObject({ id: identifier, type: z.literal('flag'), required: z.boolean().optional() }),
]);

const price = z.strictObject({
  term,
  currency: identifier,
  price: money.nullable(),
  setup: money.nullable(),
  priceCost: money.nullable(),
  setupCost: money.nullable(),
});

const component = z.strictObject({
  id: identifier,
  kind: z.enum(COMPONENT_KINDS),
  option: option.optional(),
  prices: z.array(price),
});

const product = z.strictObject({
  id: identifier,
  group: identifier,
  offered: z.boolean(),
  components: z.array(component),
});

/** catalogue/1: what the host sells at retail. `price` null = not sold, `setup` null = no setup fee exists. */
export const catalogueFormat = z.strictObject({
  format: z.literal('catalogue/1'),
  catalogueTax: z.enum(['net', 'gross']),
  setupPerQuantity: z.boolean(),
  currencies: z.array(z.strictObject({ code: identifier, digits: z.int().min(0).max(8) })),
  products: z.array(product),
});

export type Catalogue = z.infer<typeof catalogueFormat>;
export type Product = Catalogue['products'][number];
export type Component = Product['components'][number];
export type ComponentPrice = Component['prices'][number];
/** What a single product needs of its catalogue. */
export type CatalogueMeta = Pick<Catalogue, 'currencies'>;

/**
 * Checks catalogue/1. Throws PricingError: invalid_format, duplicate_id, duplicate_price (two prices of one component
 * for the same term and currency), contradictory_option.
 */
export function parseCatalogue(value: unknown): Catalogue {
  const catalogue = readFormat(catalogueFormat, value, 'catalogue');
  requireUnique(catalogue.currencies, ({ code }) => code, '/currencies', 'The currency');
  requireUnique(catalogue.products, ({ id }) => id, '/products', 'The product');
  for (const [index, { components }] of catalogue.products.entries()) {
    const path = `/products/${index}/components`;
    requireUnique(components, ({ id }) => id, path, 'The component');
    for (const [at, each] of components.entries()) checkComponent(each, `${path}/${at}`);
    checkOptions(components, path);
  }
  return catalogue;
}

function requireUnique<T>(items: readonly T[], key: (item: T) => string, path: string, what: string): void {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const id = key(item);
    if (seen.has(id)) fail('duplicate_id', path + pointerStep(index), `${what} "${id}" is listed twice.`);
    seen.add(id);
  }
}

function checkComponent(part: Component, path: string): void {
  if ((part.kind === 'option') !== (part.option !== undefined)) {
    fail('invalid_format', `${path}/option`, 'A component has an "option" if its kind is option, and only then.');
  }
  const seen = new Set<string>();
  for (const [index, cell] of part.prices.entries()) {
    const key = `${cell.term}\t${cell.currency}`;
    if (seen.has(key)) {
      const message = `"${part.id}" has two prices for ${cell.term} in ${cell.currency}: keep one.`;
      fail('duplicate_price', `${path}/prices/${index}`, message);
    }
    seen.add(key);
  }
}

/** An order names an option once, so the components that carry it must agree on what it is. */
function checkOptions(components: readonly Component[], path: string): void {
  const seen = new Map<string, NonNullable<Component['option']>[]>();
  for (const [index, { option: own }] of components.entries()) {
    if (own === undefined) continue;
    const at = `${path}/${index}/option`;
    if (own.type === 'quantity' && own.min > own.max) {
      fail('contradictory_option', at, `The option "${own.id}" has a min above its max.`);
    }
    const others = seen.get(own.id) ?? [];
    const clash = others.some((other) =>
      other.type === 'choice' && own.type === 'choice' ? other.choice === own.choice : true,
    );
    if (clash) {
      const message = `Two components claim the option "${own.id}": give each choice once, or other option ids.`;
      fail('contradictory_option', at, message);
    }
    seen.set(own.id, [...others, own]);
  }
}

function fail(code: PricingErrorCode, path: string, message: string): never {
  throw new PricingError(code, 'catalogue', path, message);
}
