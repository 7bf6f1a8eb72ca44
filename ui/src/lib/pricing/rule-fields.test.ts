import { expect, test } from 'vitest';
import type { PriceRuleRow } from '#lib/api/contract.ts';
import { changeOf, fieldsOf, missingIn } from './rule-fields.ts';

const rules: PriceRuleRow['rule'][] = [
  { id: 'd1', for: { tier: 'gold' }, on: { group: 'vps' }, bp: 2250, kinds: ['base'], from: null, until: null },
  {
    id: 'b1',
    for: { reseller: 'rs_1' },
    product: 'vps-s',
    component: 'base',
    term: '1M',
    currency: 'USD',
    price: '7.00',
    setup: null,
    from: '2027-01-01T00:00:00Z',
    until: null,
  },
  {
    id: 'f1',
    on: {},
    component: 'base',
    term: '1M',
    currency: 'USD',
    minPrice: '5.00',
    minSetup: null,
    overCostBp: 1000,
  },
];

test('a rule that is opened and saved again stays what it was', () => {
  for (const [index, kind] of (['discount', 'book', 'floor'] as const).entries()) {
    const { id, ...rule } = rules[index]!;
    expect(changeOf(kind, fieldsOf(kind, rules[index]!, 'EUR'), id)).toEqual({ kind, id, after: rule });
  }
});

test('what is missing is named before saving', () => {
  const empty = fieldsOf('book', null, 'USD');
  expect(missingIn('book', empty)).toBe('rules.missingWho');
  expect(missingIn('floor', fieldsOf('floor', null, 'USD'))).toBe('rules.missingAmount');
  expect(missingIn('book', { ...empty, who: 'tier:gold', on: 'product:vps-s', line: 'base 1M' })).toBe(
    'rules.missingAmount',
  );
});
