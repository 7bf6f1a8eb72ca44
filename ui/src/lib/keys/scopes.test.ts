import { expect, test } from 'vitest';
import { addressesOf, presetOf, scopesOf, type Scope } from './scopes.ts';

const offered: Scope[] = ['customers:read', 'customers:write', 'keys:manage', 'orders:read', 'orders:write'];

test('presets take what is offered and no more', () => {
  expect(scopesOf('read', offered)).toEqual(['customers:read', 'orders:read']);
  expect(scopesOf('orders', offered)).toEqual(['customers:read', 'customers:write', 'orders:read', 'orders:write']);
  expect(scopesOf('all', offered)).toEqual(offered);
});

test('a key is recognised by its scopes in any order', () => {
  expect(presetOf(['orders:read', 'customers:read'], offered)).toBe('read');
  expect(presetOf(['orders:read'], offered)).toBe('own');
});

test('addresses come one a line, or however they were pasted', () => {
  expect(addressesOf(' 203.0.113.7\n198.51.100.0/24, 203.0.113.7 ;2001:db8::/48\n')).toEqual([
    '203.0.113.7',
    '198.51.100.0/24',
    '2001:db8::/48',
  ]);
  expect(addressesOf('  ')).toEqual([]);
});
