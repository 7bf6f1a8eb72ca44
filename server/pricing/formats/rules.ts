import { z } from 'zod';
import { PricingError } from '../errors.ts';
import { CHARGE_KINDS } from '../kinds.ts';
import { refuseAmbiguity } from './ambiguity.ts';
import { basisPoints, identifier, moment, money, term } from './fields.ts';
import { readFormat } from './read.ts';

const byProduct = z.strictObject({ product: identifier });
const byGroup = z.strictObject({ group: identifier });
const holder = z.union(
  [z.strictObject({ reseller: identifier }), z.strictObject({ tier: identifier })],
  'must be {"reseller": id} or {"tier": id}',
);
const period = { from: moment.nullable(), until: moment.nullable() };
const kinds = z.array(z.enum(CHARGE_KINDS)).nullable();

/** One discount of rules/1. */
export const discountFormat = z.strictObject({
  id: identifier,
  for: holder,
  on: z.union([byProduct, byGroup], 'must be {"product": id} or {"group": id}'),
  bp: basisPoints,
  kinds,
  ...period,
});

/** One cell of a price book of rules/1. */
export const bookFormat = z.strictObject({
  id: identifier,
  for: holder,
  product: identifier,
  component: identifier,
  term,
  currency: identifier,
  price: money.nullable(),
  setup: money.nullable(),
  ...period,
});

/** One floor of rules/1. */
export const floorFormat = z.strictObject({
  id: identifier,
  on: z.union([byProduct, byGroup, z.strictObject({})], 'must be {"product": id}, {"group": id} or {}'),
  component: identifier.nullable(),
  term: term.nullable(),
  currency: identifier,
  minPrice: money.nullable(),
  minSetup: money.nullable(),
  overCostBp: z.int().min(0).nullable(),
});

/** A tier of rules/1: null inherits the programme's rate. */
export const tierFormat = z.strictObject({ id: identifier, discountBp: basisPoints.nullable() });

/** rules/1: the programme's rates, switches, tiers, discounts, price books and floors. Rates in basis points. */
export const rulesFormat = z.strictObject({
  format: z.literal('rules/1'),
  discountBp: basisPoints,
  applyTo: z.strictObject({
    base: z.boolean(),
    option: z.boolean(),
    addon: z.boolean(),
    domain: z.boolean(),
    setup: z.boolean(),
  }),
  capAtRetail: z.boolean(),
  floorLiftsBooks: z.boolean(),
  tiers: z.array(tierFormat),
  discounts: z.array(discountFormat),
  books: z.array(bookFormat),
  floors: z.array(floorFormat),
});

export type Rules = z.infer<typeof rulesFormat>;
export type Discount = Rules['discounts'][number];
export type Book = Rules['books'][number];
export type Floor = Rules['floors'][number];
/** Whom a discount or book is for. */
export type Holder = Discount['for'];
/** What a discount or floor is on; {} (floors only) is everything. */
export type Target = Floor['on'];

/**
 * Checks rules/1 by itself. Throws PricingError: invalid_format, duplicate_id, invalid_period (from not before until),
 * ambiguous_rules (rule 10). What it names is checked against a catalogue by `checkRules`.
 */
export function parseRules(value: unknown): Rules {
  const rules = readFormat(rulesFormat, value, 'rules');
  for (const list of ['tiers', 'discounts', 'books', 'floors'] as const) requireUniqueIds(rules[list], list);
  for (const list of ['discounts', 'books'] as const) {
    for (const [index, { id, from, until }] of rules[list].entries()) {
      if (from !== null && until !== null && from >= until) {
        const message = `"${id}" ends at ${until}, which is not after its start at ${from}.`;
        throw new PricingError('invalid_period', 'rules', `/${list}/${index}/until`, message);
      }
    }
  }
  refuseAmbiguity(rules);
  return rules;
}

function requireUniqueIds(items: readonly { readonly id: string }[], list: string): void {
  const seen = new Set<string>();
  for (const [index, { id }] of items.entries()) {
    if (seen.has(id)) {
      throw new PricingError('duplicate_id', 'rules', `/${list}/${index}/id`, `"${id}" is used twice in ${list}.`);
    }
    seen.add(id);
  }
}
