import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guardLine } from './guard.ts';
import { divideHalfAway } from './round.ts';

const amount = fc.bigInt(0n, 10n ** 12n);
const quantity = fc.integer({ min: 1, max: 100 });
const part = fc.record({ numerator: fc.integer({ min: 0, max: 400 }), denominator: fc.integer({ min: 1, max: 400 }) });

test('a corrected line passes the guard', () => {
  fc.assert(
    fc.property(amount, amount, quantity, fc.option(part), (unit, lock, count, prorated) => {
      const verdict = guardLine({ unit, quantity: count, prorated }, { lock, list: null });
      if (verdict.ok || verdict.reason === 'no_price') return;
      expect(guardLine({ unit: verdict.correctTo, quantity: count, prorated }, { lock, list: null })).toEqual({
        ok: true,
      });
      expect(verdict.difference).toBe((verdict.correctTo - unit) * BigInt(count));
    }),
  );
});

test('a prorated line passes exactly within one minor unit of the rounded part', () => {
  fc.assert(
    fc.property(amount, part, fc.bigInt(-3n, 3n), (lock, prorated, apart) => {
      const rounded = divideHalfAway(lock * BigInt(prorated.numerator), BigInt(prorated.denominator));
      const verdict = guardLine({ unit: rounded + apart, quantity: 1, prorated }, { lock, list: null });
      expect(verdict.ok).toBe(apart >= -1n && apart <= 1n);
    }),
  );
});

test('the lock decides even when the list says otherwise', () => {
  fc.assert(
    fc.property(amount, fc.option(amount), (lock, list) => {
      expect(guardLine({ unit: lock, quantity: 1, prorated: null }, { lock, list })).toEqual({ ok: true });
    }),
  );
});
