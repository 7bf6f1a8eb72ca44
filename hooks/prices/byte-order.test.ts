import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareBytes } from './byte-order.ts';

test('text is ordered as its UTF-8 bytes are', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, (left, right) => {
      expect(Math.sign(compareBytes(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
    }),
    {
      numRuns: 2000,
      examples: [
        ['\u{ff5e}', '\u{1f600}'],
        ['a', 'ab'],
        ['', 'a'],
        ['\u{d7ff}', '\u{e000}'],
      ],
    },
  );
});
