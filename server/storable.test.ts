import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unstorableAt } from './storable.ts';

test.each([
  ['a\0b', ''],
  ['half \ud83d', ''],
  [{ note: 'whole \u{1f600}' }, null],
  [{ lines: [{ options: { os: 'x' } }, { options: { os: '\udc00' } }] }, '/lines/1/options/os'],
  [{ 'a\0': 1 }, ''],
  // Looks like what JSON makes of them, and is none of it.
  [{ note: String.raw`\u0000 and \ud83d` }, null],
  [undefined, null],
  [null, null],
])('%j cannot be stored at %j', (value, at) => expect(unstorableAt(value)).toBe(at));

test('a bigint, which JSON does not have, hides nothing', () => {
  expect(unstorableAt({ at: 1n, note: '\0' })).toBe('/note');
  expect(unstorableAt({ at: 1n })).toBe(null);
});

test('any text with NUL or half a pair is found wherever it stands, and no other', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\0', '\ud800', '\udfff'), (text, put) => {
      const bad = put !== '' || text.includes('\0');
      expect(unstorableAt({ deep: [{ text: `${text}${put}.` }] })).toBe(bad ? '/deep/0/text' : null);
    }),
  );
});
