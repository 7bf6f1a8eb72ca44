import { expect, test } from 'vitest';
import { readWho } from './explorer.ts';

test('the address names a reseller, a tier, or nobody', () => {
  expect(readWho('reseller:rs_1')).toEqual({ resellerId: 'rs_1' });
  expect(readWho('tier:gold')).toEqual({ tierId: 'gold' });
  expect(readWho('')).toEqual({});
  expect(readWho('reseller:')).toEqual({});
});
