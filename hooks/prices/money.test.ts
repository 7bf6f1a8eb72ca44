import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalDecimal, formatMinor, minorUnits, parseDecimal } from './money.ts';
import { divideHalfAway, divideUp, roundDecimal } from './round.ts';

test('decimal text becomes minor units exactly, and too many digits are null', () => {
  const cases: [string, number, bigint | null][] = [
    ['12.40', 2, 1240n],
    ['50', 2, 5000n],
    ['5', 1, 50n],
    ['500', 3, 500_000n],
    ['-3', 2, -300n],
    ['-0.05', 2, -5n],
    ['-0.00', 2, 0n],
    ['10.000', 2, 1000n],
    ['1000.00', 0, 1000n],
    ['10.005', 2, null],
    ['0.5', 0, null],
    ['007.1', 2, 710n],
    ['1', 0, 1n],
    ['0.0000000', 0, 0n],
  ];
  for (const [text, digits, minor] of cases) expect({ text, minor: minorUnits(text, digits) }).toEqual({ text, minor });
});

test('text that is not a decimal number is refused', () => {
  for (const text of ['', '.5', '5.', '1e3', '+1', '1,0', ' 1', '0x10', '--1', 'NaN', '.40', '1.-2']) {
    expect(() => minorUnits(text, 2)).toThrow(RangeError);
    expect(() => parseDecimal(text)).toThrow(RangeError);
  }
});

test('minor units come back from the text they are written as', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.integer({ min: 0, max: 8 }), (minor, digits) => {
      expect(minorUnits(formatMinor(minor, digits), digits)).toBe(minor);
    }),
  );
});

test('equal numbers have one canonical spelling', () => {
  expect(['007.50', '-0.0', '10', '100.00', '0.10', '-1.20'].map(canonicalDecimal)).toEqual([
    '7.5',
    '0',
    '10',
    '100',
    '0.1',
    '-1.2',
  ]);
});

test('halves are rounded away from zero on both sides', () => {
  expect([25n, 24n, 26n, -25n, -24n, -26n, 0n].map((value) => divideHalfAway(value, 10n))).toEqual([
    3n,
    2n,
    3n,
    -3n,
    -2n,
    -3n,
    0n,
  ]);
  expect(divideHalfAway(1n, 3n)).toBe(0n);
  expect(divideHalfAway(2n, 3n)).toBe(1n);
});

test('rounding up leaves exact quotients alone', () => {
  expect([20n, 21n, 29n, 0n, -21n].map((value) => divideUp(value, 10n))).toEqual([2n, 3n, 3n, 0n, -2n]);
});

test('a decimal number is rounded to the digits of a currency', () => {
  expect(roundDecimal(parseDecimal('9.135'), 2)).toBe(914n);
  expect(roundDecimal(parseDecimal('9.1349999'), 2)).toBe(913n);
  expect(roundDecimal(parseDecimal('9'), 3)).toBe(9000n);
});
