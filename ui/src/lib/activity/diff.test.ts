import { expect, test } from 'vitest';
import { fieldChanges } from './diff.ts';

test('only what differs is shown; a new thing shows all that it has', () => {
  expect(fieldChanges({ status: 'active', tier: 'gold' }, { status: 'suspended', tier: 'gold' })).toEqual([
    { field: 'status', before: 'active', after: 'suspended' },
  ]);
  expect(fieldChanges(null, { name: 'ERP', scopes: ['a'], note: null })).toEqual([
    { field: 'name', before: null, after: 'ERP' },
    { field: 'scopes', before: null, after: 'a' },
  ]);
  expect(fieldChanges(null, { company: { from: 'Acme', to: 'Acme Ltd' }, tags: ['a', 'b'], kept: [] })).toEqual([
    { field: 'company', before: 'Acme', after: 'Acme Ltd' },
    { field: 'tags', before: null, after: 'a, b' },
  ]);
  const shares = (value: unknown, field: string) => (field === 'discountBp' ? `${Number(value) / 100} %` : 'x');
  expect(fieldChanges({ discountBp: 1500 }, { discountBp: 2000 }, shares)).toEqual([
    { field: 'discountBp', before: '15 %', after: '20 %' },
  ]);
  expect(fieldChanges(null, null)).toEqual([]);
});
