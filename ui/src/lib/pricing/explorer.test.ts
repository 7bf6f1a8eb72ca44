import { expect, test } from 'vitest';
import type { ExploredProduct } from '#lib/api/contract.ts';
import { readWho, rowsOf } from './explorer.ts';

test('the address names a reseller, a tier, or nobody', () => {
  expect(readWho('reseller:rs_1')).toEqual({ resellerId: 'rs_1' });
  expect(readWho('tier:gold')).toEqual({ tierId: 'gold' });
  expect(readWho('')).toEqual({});
  expect(readWho('reseller:')).toEqual({});
});

test('the lines of the product itself come first, and setup fees of nothing are left out', () => {
  const line = (title: string, charge: 'price' | 'setup', retail: string) =>
    ({ component: title, title, term: '1M', charge, retail }) as ExploredProduct['lines'][number];
  const product = {
    product: 'vps-s',
    title: 'VPS S',
    group: 'vps',
    lockedServices: 0,
    lines: [line('Backup', 'price', '2.00'), line('VPS S', 'price', '10.00'), line('VPS S', 'setup', '0.00')],
  } as unknown as ExploredProduct;
  expect(rowsOf([product]).map(({ title, first }) => [title, first])).toEqual([
    ['VPS S', true],
    ['Backup', false],
  ]);
});
