import { expect, test } from 'vitest';
import { fieldChanges } from './diff.ts';

test('only what differs is shown; a new thing shows all that it has', () => {
  expect(fieldChanges({ status: 'active', tier: 'gold' }, { status: 'suspended', tier: 'gold' })).toEqual([
    { field: 'status', before: 'active', after: 'suspended' },
  ]);
  expect(fieldChanges(null, { name: 'ERP', scopes: ['a'], note: null })).toEqual([
    { field: 'name', before: null, after: 'ERP' },
    { field: 'scopes', before: null, after: '["a"]' },
  ]);
  expect(fieldChanges(null, null)).toEqual([]);
});
