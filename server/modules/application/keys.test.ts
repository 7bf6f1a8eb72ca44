import { expect, test } from 'vitest';
import { domainKeys, nameKey, numberKey, phoneKey } from './keys.ts';

test('a name is compared without its legal form, marks and signs', () => {
  expect(nameKey('Müller & Söhne GmbH')).toBe('muller sohne');
  expect(nameKey('ACME S.A.')).toBe('acme');
  expect(nameKey('GmbH')).toBe('gmbh');
  expect(nameKey('ＡＣＭＥ 日本')).toBe('acme 日本');
  expect(nameKey(' - ')).toBeNull();
});

test('a number is compared by its letters and digits; what is too short says nothing', () => {
  expect(numberKey('DE 136.695-976')).toBe('DE136695976');
  expect(numberKey('hrb 12345')).toBe(numberKey('HRB12345'));
  expect(numberKey('n/a')).toBeNull();
});

test('a telephone number is the same line with and without its country’s prefix', () => {
  expect(phoneKey('+49 30 1234567')).toBe(phoneKey('030 / 1234567'));
  expect(phoneKey('0049 30 12345678')).toBe(phoneKey('+49 (30) 12345678'));
  expect(phoneKey('110')).toBeNull();
});

test('a domain is the registrable one, and a public mailbox is nobody’s', () => {
  expect(domainKeys(['sales@mail.harbour.co.uk', 'https://www.harbour.co.uk/about', 'me@gmail.com'])).toEqual([
    'harbour.co.uk',
  ]);
  expect(domainKeys(['nonsense', ''])).toEqual([]);
});
