import { expect, test } from 'vitest';
import { emptyTier, entryOf, formOf, wrongFields } from './form.ts';

const gold = {
  id: 'gold',
  name: 'Gold',
  position: 3,
  discountBp: 2000,
  minRevenue: '5000.00',
  minServices: 20,
  minOrders: null,
  match: 'any' as const,
  version: 4,
};

test('a tier that is not touched is told as it is', () => {
  const { position: _, version: __, ...told } = gold;
  expect(entryOf(formOf(gold), 'EUR')).toEqual(told);
});

test('what cannot be read is named and never told', () => {
  const form = {
    ...formOf(gold),
    name: ' ',
    discountBp: undefined,
    revenue: '5 thousand',
    services: '0',
    orders: '1.5',
  };
  expect(wrongFields(form, 'EUR')).toEqual(['name', 'discountBp', 'revenue', 'services', 'orders']);
  expect(entryOf(form, 'EUR')).toBeNull();
});

test('digits follow the currency, in either decimal sign', () => {
  expect(entryOf({ ...formOf(gold), revenue: '1234,5' }, 'EUR')?.minRevenue).toBe('1234.50');
  expect(wrongFields({ ...formOf(gold), revenue: '1234.5' }, 'JPY')).toEqual(['revenue']);
});

test('an empty tier only needs its name', () => {
  expect(wrongFields(emptyTier(), 'EUR')).toEqual(['name']);
  expect(entryOf({ ...emptyTier(), name: 'Iron' }, 'EUR')).toMatchObject({ minRevenue: null, discountBp: null });
});
