import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, compare, divide, isDecimal, shareBp, subtract, sum, times } from './decimal.ts';

describe('decimal', () => {
  test('adds and subtracts without a float', () => {
    expect(add('0.1', '0.2')).toBe('0.3');
    expect(subtract('7.90', '9.90')).toBe('-2.00');
    expect(sum(['35.70', '9.90', '9.90'])).toBe('55.50');
    expect(times('1.250', 3)).toBe('3.750');
  });

  test('keeps amounts a float cannot hold', () => {
    expect(add('9007199254740993.01', '0.01')).toBe('9007199254740993.02');
  });

  test('gives shares in basis points, half away from zero', () => {
    expect(shareBp('24.20', '59.90')).toBe(4040);
    expect(shareBp('-2.00', '7.90')).toBe(-2532);
    expect(shareBp('1', '0')).toBeNull();
  });

  test('divides at the digits of the amount', () => {
    expect(divide('250.25', 12)).toBe('20.85');
    expect(divide('100', 3)).toBe('33');
  });

  test('knows what a decimal is', () => {
    expect(isDecimal('12.50')).toBe(true);
    expect(['', '1,5', '1.', '.5', '1e3', ' 1'].some(isDecimal)).toBe(false);
  });

  test('subtracting undoes adding', () => {
    const cents = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((value) => divide(`${value}.00`, 1));
    fc.assert(fc.property(cents, cents, (a, b) => compare(subtract(add(a, b), b), a) === 0));
  });
});
