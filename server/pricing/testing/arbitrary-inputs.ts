import fc from 'fast-check';
import { formatMinor } from '../../../hooks/prices/money.ts';
import type { Catalogue } from '../formats/catalogue.ts';
import type { Order } from '../formats/order.ts';
import type { Reseller } from '../formats/reseller.ts';
import type { Book, Discount, Floor, Holder, Rules, Target } from '../formats/rules.ts';
import { CHARGE_KINDS } from '../kinds.ts';
import { holderKey, targetKey } from '../scope.ts';

/** Generators of valid input for property tests: few ids, so that rules meet products often. */
export const MOMENT = '2027-01-01T00:00:00Z';
const CURRENCIES = [
  { code: 'USD', digits: 2 },
  { code: 'JPY', digits: 0 },
  { code: 'KWD', digits: 3 },
];
const TERMS = ['once', '1M', '1Y'];
const PRODUCTS = ['p0', 'p1', 'p2'];
const GROUPS = ['g0', 'g1'];
const COMPONENTS = ['base', 'ip', 'ram'];

/** One id per scope, so that unique ids leave no ambiguity. */
function idOf(...parts: readonly string[]): string {
  return parts.join(' ').replaceAll('\t', ' ');
}

const currency = fc.constantFrom(...CURRENCIES);
const minor = fc.oneof(fc.bigInt(0n, 30_000n), fc.bigInt(0n, 10n ** 17n));

function amount(digits: number, extraDigits: number): fc.Arbitrary<string> {
  return minor.map((units) => formatMinor(units, digits + extraDigits));
}

const cell = fc.tuple(fc.constantFrom(...TERMS), currency).chain(([term, { code, digits }]) =>
  fc.record({
    term: fc.constant(term),
    currency: fc.constant(code),
    price: fc.oneof({ weight: 8, arbitrary: amount(digits, 0) }, { weight: 1, arbitrary: fc.constant(null) }),
    setup: fc.option(amount(digits, 0)),
    priceCost: fc.option(amount(digits, 1)),
    setupCost: fc.option(amount(digits, 2)),
  }),
);
const cells = fc.uniqueArray(cell, { maxLength: 6, selector: (each) => `${each.term} ${each.currency}` });

const product = fc.tuple(fc.constantFrom(...GROUPS), fc.tuple(cells, cells, cells)).map(([group, [base, ip, ram]]) => ({
  group,
  components: [
    { id: 'base', kind: 'base' as const, prices: base },
    { id: 'ip', kind: 'option' as const, option: { id: 'ip', type: 'quantity' as const, min: 0, max: 9 }, prices: ip },
    { id: 'ram', kind: 'option' as const, option: { id: 'ram', type: 'flag' as const }, prices: ram },
  ],
}));

export const catalogues: fc.Arbitrary<Catalogue> = fc
  .tuple(fc.tuple(product, product, product), fc.boolean())
  .map(([products, setupPerQuantity]) => ({
    format: 'catalogue/1',
    catalogueTax: 'net',
    setupPerQuantity,
    currencies: CURRENCIES,
    products: products.map((each, index) => ({ id: PRODUCTS[index] ?? '', offered: true, ...each })),
  }));

const holder: fc.Arbitrary<Holder> = fc.constantFrom<Holder[]>(
  { reseller: 'r1' },
  { reseller: 'r2' },
  { tier: 'gold' },
  { tier: 'bronze' },
);
const target = fc.oneof(
  fc.constantFrom(...PRODUCTS).map((id) => ({ product: id })),
  fc.constantFrom(...GROUPS).map((id) => ({ group: id })),
);
const basisPoints = fc.integer({ min: 0, max: 10_000 });
const period = fc.constantFrom(
  { from: null, until: null },
  { from: '2026-01-01T00:00:00Z', until: '2028-01-01T00:00:00Z' },
  { from: '2027-06-01T00:00:00Z', until: null },
  { from: null, until: MOMENT },
);

const discount: fc.Arbitrary<Discount> = fc
  .record({
    for: holder,
    on: target,
    bp: basisPoints,
    kinds: fc.option(fc.subarray([...CHARGE_KINDS])),
    period,
  })
  .map(({ period: time, ...rest }) => ({ id: idOf('d', holderKey(rest.for), targetKey(rest.on)), ...rest, ...time }));

const book: fc.Arbitrary<Book> = fc
  .tuple(
    holder,
    fc.constantFrom(...PRODUCTS),
    fc.constantFrom(...COMPONENTS),
    fc.constantFrom(...TERMS),
    currency,
    period,
  )
  .chain(([whom, id, component, term, { code, digits }, time]) =>
    fc.record({ price: fc.option(amount(digits, 0)), setup: fc.option(amount(digits, 0)) }).map((amounts) => ({
      id: idOf('b', holderKey(whom), id, component, term, code),
      for: whom,
      product: id,
      component,
      term,
      currency: code,
      ...amounts,
      ...time,
    })),
  );

const floor: fc.Arbitrary<Floor> = fc
  .tuple(fc.oneof(target, fc.constant<Target>({})), currency)
  .chain(([on, { code, digits }]) =>
    fc.record({
      id: fc.uuid(),
      on: fc.constant(on),
      // A floor that names a component needs a product that has it; a group may be empty.
      component: 'group' in on ? fc.constant(null) : fc.option(fc.constantFrom(...COMPONENTS)),
      term: fc.option(fc.constantFrom(...TERMS)),
      currency: fc.constant(code),
      minPrice: fc.option(amount(digits, 0)),
      minSetup: fc.option(amount(digits, 0)),
      overCostBp: fc.option(fc.integer({ min: 0, max: 20_000 })),
    }),
  );

export const ruleSets: fc.Arbitrary<Rules> = fc
  .record({
    discountBp: basisPoints,
    applyTo: fc.record({
      base: fc.boolean(),
      option: fc.boolean(),
      addon: fc.boolean(),
      domain: fc.boolean(),
      setup: fc.boolean(),
    }),
    capAtRetail: fc.boolean(),
    floorLiftsBooks: fc.boolean(),
    goldBp: fc.option(basisPoints),
    discounts: fc.uniqueArray(discount, { maxLength: 8, selector: ({ id }) => id }),
    books: fc.uniqueArray(book, { maxLength: 8, selector: ({ id }) => id }),
    floors: fc.uniqueArray(floor, { maxLength: 3, selector: ({ id }) => id }),
  })
  .map(({ goldBp, ...rest }) => ({
    format: 'rules/1',
    ...rest,
    tiers: [
      { id: 'bronze', discountBp: null },
      { id: 'gold', discountBp: goldBp },
    ],
  }));

export const resellers: fc.Arbitrary<Reseller> = fc
  .record({
    id: fc.constantFrom('r1', 'r2', 'r3'),
    tier: fc.constantFrom('gold', 'bronze'),
    discountBp: fc.option(basisPoints),
  })
  .map((each) => ({ format: 'reseller/1', ...each }));

export const orders: fc.Arbitrary<Order> = fc
  .record({
    currency: fc.constantFrom(...CURRENCIES.map(({ code }) => code)),
    lines: fc.array(
      fc.record({
        product: fc.constantFrom(...PRODUCTS),
        term: fc.constantFrom(...TERMS),
        quantity: fc.integer({ min: 1, max: 50 }),
        options: fc.constantFrom<Record<string, number | boolean>[]>(
          {},
          { ip: 3 },
          { ram: true },
          { ip: 9, ram: true },
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map((each) => ({ format: 'order/1', ...each }));
