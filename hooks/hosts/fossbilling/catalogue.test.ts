import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCatalogue } from '../../../server/pricing/formats/catalogue.ts';
import { isYes, type HostProduct } from './answers.ts';
import { ADDON_GROUP, fossbillingCatalogue } from './catalogue.ts';
import { currencyDigits } from './currency-digits.ts';
import { decimalText } from './decimal-text.ts';

const USD = [{ code: 'USD', conversion_rate: 1 }];

function plan(changes: Partial<HostProduct> = {}): HostProduct {
  const recurrent = { '1M': { price: 8, setup: 0, enabled: true } };
  return {
    id: 7,
    type: 'custom',
    status: 'enabled',
    pricing: { type: 'recurrent', recurrent },
    addons: [],
    ...changes,
  };
}

test('a mapped catalogue passes the check of catalogue/1', () => {
  const domain = { id: 1, type: 'domain', pricing: { '.com': { price_registration: '11.99', price_renew: 12 } } };
  const catalogue = fossbillingCatalogue([plan(), domain], USD);
  expect(parseCatalogue(catalogue)).toEqual(catalogue);
  expect(catalogue.products.map(({ id }) => id)).toEqual(['7', 'domain:.com']);
});

test('an add-on forms a product of kind addon in the group of add-ons', () => {
  const [, addon] = fossbillingCatalogue([plan({ addons: [plan({ id: '3' })] })], USD).products;
  expect(addon).toMatchObject({
    id: '3',
    group: ADDON_GROUP,
    offered: true,
    components: [{ id: 'base', kind: 'addon' }],
  });
});

test('a product that stands in the list itself is not replaced by its mention as an add-on', () => {
  const products = [plan({ product_category_id: 4 }), plan({ id: 8, addons: [plan()] })];
  expect(fossbillingCatalogue(products, USD).products[0]).toMatchObject({ id: '7', group: '4' });
});

test('products without pricing or with empty PHP arrays are mapped to nothing sold', () => {
  const catalogue = fossbillingCatalogue([plan({ pricing: [], addons: null }), plan({ id: 8, pricing: null })], USD);
  expect(catalogue.products.map(({ components }) => components[0]?.prices)).toEqual([[], []]);
  expect(fossbillingCatalogue([{ id: 1, type: 'domain', pricing: [] }], USD).products).toEqual([]);
});

test('periods that are not billing terms are passed over', () => {
  const recurrent = {
    '1M': { price: 8, enabled: 1 },
    weekly: { price: 1, enabled: 1 },
    '0M': { price: 1, enabled: 1 },
  };
  const [product] = fossbillingCatalogue([plan({ pricing: { type: 'recurrent', recurrent } })], USD).products;
  expect(product?.components[0]?.prices.map(({ term }) => term)).toEqual(['1M']);
});

test('loose numbers become decimal text without exponent and without float arithmetic', () => {
  const cases: [number | string | null | undefined, string | null][] = [
    [99.99, '99.99'],
    ['11.990', '11.990'],
    [0, '0'],
    [1e-7, '0.0000001'],
    ['1.5E-6', '0.0000015'],
    [1e21, '1000000000000000000000'],
    ['12.5e1', '125'],
    ['-1.50', '-1.50'],
    ['.5', '0.5'],
    [' 8 ', '8'],
    ['', null],
    [null, null],
    [undefined, null],
  ];
  for (const [value, text] of cases) expect({ value, text: decimalText(value) }).toEqual({ value, text });
});

test('what is not a number is refused rather than read as zero', () => {
  for (const value of ['1,000.00', 'free', NaN, Infinity, '-', '.'])
    expect(() => decimalText(value)).toThrow(RangeError);
});

test('decimal text of any number reads back as that number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = decimalText(value);
      expect(text).toMatch(/^-?[0-9]+(\.[0-9]+)?$/);
      expect(Number(text) === value).toBe(true);
    }),
  );
});

test('switches are read as PHP means them', () => {
  expect([true, 1, '1', 'yes'].map(isYes)).toEqual([true, true, true, true]);
  expect([false, 0, '0', '', null, undefined].map(isYes)).toEqual([false, false, false, false, false, false]);
});

test('digits are the smaller of the currency and the host', () => {
  expect(['USD', 'JPY', 'KWD', 'CLF'].map(currencyDigits)).toEqual([2, 0, 2, 2]);
});
