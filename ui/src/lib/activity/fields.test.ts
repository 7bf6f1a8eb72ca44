import { expect, test } from 'vitest';
import german from './fields.de.json' with { type: 'json' };
import english from './fields.en.json' with { type: 'json' };
import { fieldName } from './diff.ts';

test('both languages name the same fields', () => {
  expect(Object.keys(german)).toEqual(Object.keys(english));
});

test('a field without words is readable', () => {
  expect(fieldName(english, 'ownDiscountBp')).toBe('Own discount');
  expect(fieldName(english, 'newThing_here')).toBe('new thing here');
});
