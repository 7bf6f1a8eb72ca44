import { expect, test } from 'vitest';
import { cellPrices, type PriceRow } from './lookup.ts';
import { priceLine } from './price-line.ts';
import { pointerStep } from './refusal.ts';
import type { ComponentShape } from './shapes.ts';
import { sumLine } from './sum.ts';

function row(component: string, charge: 'price' | 'setup', retail: string, wholesale: string, term = '1M'): PriceRow {
  return { component, term, currency: 'USD', charge, retail, wholesale };
}

const ROWS = [
  row('base', 'setup', '5.00', '4.00'),
  row('base', 'price', '10.00', '8.00'),
  row('ip', 'price', '1.00', '0.80'),
];

test('the look-up takes only rows of the term and currency and pairs price and setup', () => {
  const cells = cellPrices([...ROWS, row('base', 'price', '99.00', '90.00', '1Y')], '1M', 'USD', 2);
  expect([...cells.keys()].toSorted()).toEqual(['base', 'ip']);
  expect(cells.get('base')).toEqual({
    price: { retail: 1000n, wholesale: 800n },
    setup: { retail: 500n, wholesale: 400n },
  });
  expect(cells.get('ip')?.setup).toBeNull();
  expect(cellPrices(ROWS, '1M', 'EUR', 2).size).toBe(0);
});

test('a setup row without a price row sells nothing', () => {
  expect(cellPrices([row('base', 'setup', '5.00', '4.00')], '1M', 'USD', 2).size).toBe(0);
});

test('a stored row that does not fit its currency is an error, not a guess', () => {
  expect(() => cellPrices([row('base', 'price', '1.50', '1.00')], '1M', 'USD', 0)).toThrow(RangeError);
});

test('a sum multiplies setup by the line quantity only where the host does so', () => {
  const parts = [
    { price: 800n, setup: 400n, quantity: 1 },
    { price: 80n, setup: 10n, quantity: 3 },
  ];
  expect(sumLine(parts, 2, false)).toEqual({ unit: 1040n, price: 2080n, setup: 430n });
  expect(sumLine(parts, 2, true)).toEqual({ unit: 1040n, price: 2080n, setup: 860n });
  expect(sumLine([], 5, true)).toEqual({ unit: 0n, price: 0n, setup: 0n });
});

function price(components: readonly ComponentShape[], options: Record<string, string | number | boolean>) {
  const prices = { components, rows: ROWS, currency: 'USD', digits: 2, setupPerQuantity: false };
  return priceLine(prices, { term: '1M', quantity: 1, options });
}

test('required quantities and flags are asked for', () => {
  const components: ComponentShape[] = [
    { id: 'base', kind: 'base' },
    { id: 'ip', kind: 'option', option: { id: 'ip', type: 'quantity', min: 0, max: 4, required: true } },
  ];
  const flag: ComponentShape[] = [
    { id: 'base', kind: 'base' },
    { id: 'ip', kind: 'option', option: { id: 'terms', type: 'flag', required: true } },
  ];
  expect(price(components, {})).toMatchObject({ refusal: { code: 'option_required', path: '/options/ip' } });
  expect(price(components, { ip: 0 })).toMatchObject({ refusal: { code: 'quantity_out_of_range' } });
  expect(price(components, { ip: 1 })).toMatchObject({ value: { wholesale: { unit: 880n, setup: 400n } } });
  expect(price(flag, {})).toMatchObject({ refusal: { code: 'option_required' } });
  expect(price(flag, { terms: false })).toMatchObject({ refusal: { code: 'option_required' } });
  expect(price(flag, { terms: true })).toMatchObject({ value: { wholesale: { unit: 880n } } });
});

test('a product of options alone needs at least one of them', () => {
  const components: ComponentShape[] = [
    { id: 'ip', kind: 'option', option: { id: 'ip', type: 'quantity', min: 0, max: 4 } },
  ];
  expect(price(components, {})).toMatchObject({ refusal: { code: 'not_offered' } });
  expect(price(components, { ip: 2 })).toMatchObject({ value: { wholesale: { unit: 160n } } });
});

test('every refusal says what to do', () => {
  const components: ComponentShape[] = [
    { id: 'base', kind: 'base' },
    { id: 'ip', kind: 'option', option: { id: 'ip', type: 'quantity', min: 0, max: 4 } },
  ];
  const prices = { components, rows: ROWS, currency: 'USD', digits: 2, setupPerQuantity: false };
  const message = (line: { term?: string; quantity?: number; options?: Record<string, number> }) => {
    const result = priceLine(prices, { term: '1M', quantity: 1, options: {}, ...line });
    return 'refusal' in result ? result.refusal.message : '';
  };
  expect(message({ quantity: 0 })).toBe('Order a whole number from 1 to 10000 of a product, not 0.');
  expect(message({ options: { ip: 9 } })).toBe('The option "ip" takes a whole number from 0 to 4.');
  expect(message({ options: { disk: 1 } })).toBe('The product has no option "disk": its options are ip.');
  expect(message({ term: '2Y' })).toBe('"base" has no price in the term 2Y: choose another term.');
});

test('an option that is named like a property of every object is not taken for given', () => {
  const components: ComponentShape[] = [
    { id: 'base', kind: 'base' },
    { id: 'ip', kind: 'option', option: { id: 'constructor', type: 'flag', required: true } },
  ];
  expect(price(components, {})).toMatchObject({ refusal: { code: 'option_required' } });
});

test('a JSON Pointer step escapes tilde and slash', () => {
  expect(pointerStep('a/b~c')).toBe('/a~1b~0c');
});
