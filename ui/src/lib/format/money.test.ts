import { describe, expect, test } from 'vitest';
import { currencyDigits, formatMoney, moneyParts, readMoney } from './money.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('money', () => {
  test('formats decimal strings, minor digits by currency', () => {
    expect(formatMoney('en', { currency: 'EUR', amount: '1240.5' })).toBe('€1,240.50');
    expect(formatMoney('en', { currency: 'JPY', amount: '1200' })).toBe('¥1,200');
    expect(plain(formatMoney('en', { currency: 'KWD', amount: '1.5' }, 'code'))).toBe('KWD 1.500');
    expect(plain(formatMoney('de', { currency: 'EUR', amount: '1240.50' }))).toBe('1.240,50 €');
  });

  test('never passes through a float', () => {
    expect(formatMoney('en', { currency: 'EUR', amount: '9007199254740993.01' })).toBe('€9,007,199,254,740,993.01');
  });

  test('puts the minus before the currency', () => {
    expect(formatMoney('en', { currency: 'EUR', amount: '-2.00' })).toBe('-€2.00');
  });

  test('gives the code as its own part', () => {
    const parts = moneyParts('en', { currency: 'USD', amount: '12.50' }, 'code');
    expect(parts.find((part) => part.type === 'currency')?.value).toBe('USD');
  });

  test('reads both decimal signs and refuses what is unclear', () => {
    expect(readMoney('59,9', 'EUR')).toBe('59.90');
    expect(readMoney(' 59.90 ', 'EUR')).toBe('59.90');
    expect(readMoney('1200', 'JPY')).toBe('1200');
    expect(['1.234,56', '5.999', '-3', '', 'abc'].map((text) => readMoney(text, 'EUR'))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(currencyDigits('KWD')).toBe(3);
  });
});
