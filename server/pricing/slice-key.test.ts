import { expect, test } from 'vitest';
import type { CatalogueMeta, ComponentPrice, Product } from './formats/catalogue.ts';
import type { Reseller } from './formats/reseller.ts';
import type { Rules } from './formats/rules.ts';
import { ruleStack } from './rule-stack.ts';
import { sliceKey } from './slice-key.ts';
import { stackSlice } from './stack-slice.ts';

const AT = '2027-01-01T00:00:00Z';
const META: CatalogueMeta = { currencies: [{ code: 'USD', digits: 2 }] };
const CELL: ComponentPrice = {
  term: '1M',
  currency: 'USD',
  price: '10.00',
  setup: null,
  priceCost: null,
  setupCost: null,
};
const PRODUCT: Product = {
  id: 'p',
  group: 'g',
  offered: true,
  components: [{ id: 'base', kind: 'base', prices: [CELL] }],
};
const RULES: Rules = {
  format: 'rules/1',
  discountBp: 1000,
  applyTo: { base: true, option: true, addon: true, domain: false, setup: false },
  capAtRetail: true,
  floorLiftsBooks: true,
  tiers: [{ id: 'gold', discountBp: 2000 }],
  discounts: [],
  books: [],
  floors: [],
};
const RESELLER: Reseller = { format: 'reseller/1', id: 'r1', tier: 'gold', discountBp: null };
const BOOK = {
  id: 'b',
  for: { tier: 'gold' },
  component: 'base',
  term: '1M',
  currency: 'USD',
  from: null,
  until: null,
};

function key(
  changes: { rules?: Partial<Rules>; product?: Partial<Product>; meta?: CatalogueMeta; at?: string } = {},
): string {
  const product = { ...PRODUCT, ...changes.product };
  const { stack } = ruleStack({ ...RULES, ...changes.rules }, RESELLER, changes.at ?? AT);
  return sliceKey(changes.meta ?? META, product, stackSlice(stack, product));
}

function withCell(changes: Partial<ComponentPrice>): Partial<Product> {
  return { components: [{ id: 'base', kind: 'base', prices: [{ ...CELL, ...changes }] }] };
}

test('a slice key is a named SHA-256', () => {
  expect(key()).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test('what cannot affect the product leaves its key alone', () => {
  const book = { ...BOOK, price: '1.00', setup: null };
  const plain = key();
  expect(key({ rules: { books: [{ ...book, product: 'other' }] } })).toBe(plain);
  expect(key({ rules: { books: [{ ...book, product: 'p', term: '1Y' }] } })).toBe(plain);
  expect(key({ rules: { books: [{ ...book, product: 'p', until: AT }] } })).toBe(plain);
  expect(key({ rules: { books: [{ ...book, product: 'p', price: null }] } })).toBe(plain);
  const discount = { id: 'd', for: { tier: 'gold' }, bp: 1, kinds: null, from: null, until: null };
  expect(key({ rules: { discounts: [{ ...discount, on: { group: 'h' } }] } })).toBe(plain);
  expect(key({ rules: { discounts: [{ ...discount, on: { group: 'g' }, kinds: ['setup'] }] } })).toBe(plain);
  const floor = { id: 'f', on: {}, component: null, term: null, minSetup: null, overCostBp: null };
  expect(key({ rules: { floors: [{ ...floor, currency: 'EUR', minPrice: '1.00' }] } })).toBe(plain);
  expect(key({ rules: { floors: [{ ...floor, currency: 'USD', minPrice: null }] } })).toBe(plain);
  expect(key({ rules: { applyTo: { ...RULES.applyTo, domain: true, setup: true } } })).toBe(plain);
  expect(key({ rules: { discountBp: 5 } })).toBe(plain);
  expect(key({ meta: { currencies: [...META.currencies, { code: 'EUR', digits: 2 }] } })).toBe(plain);
  expect(key({ product: { group: 'renamed' } })).toBe(plain);
  expect(key({ product: withCell({ price: '10.0' }) })).toBe(plain);
});

test('what affects the product gives another key', () => {
  const keys = [
    key(),
    key({ rules: { tiers: [{ id: 'gold', discountBp: 2001 }] } }),
    key({ rules: { tiers: [{ id: 'gold', discountBp: null }], discountBp: 2000 } }),
    key({ rules: { applyTo: { ...RULES.applyTo, base: false } } }),
    key({ rules: { books: [{ ...BOOK, product: 'p', price: '1.00', setup: null }] } }),
    key({ rules: { books: [{ ...BOOK, product: 'p', price: '2.00', setup: null }] } }),
    key({ product: withCell({ price: '10.01' }) }),
    key({ product: withCell({ setup: '0.00' }) }),
    key({ product: withCell({ priceCost: '1' }) }),
    key({ product: { id: 'q' } }),
    key({ product: { offered: false } }),
    key({ meta: { currencies: [{ code: 'USD', digits: 3 }] } }),
    key({ meta: { currencies: [] } }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('books with the same amounts in another spelling give one key', () => {
  const [short, long] = ['7', '07.00'].map((price) => ({ ...BOOK, product: 'p', price, setup: null }));
  expect(key({ rules: { books: short ? [short] : [] } })).toBe(key({ rules: { books: long ? [long] : [] } }));
});
