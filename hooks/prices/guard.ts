import { divideHalfAway } from './round.ts';

/** An invoice line as the host stored it. `unit` is the amount for one unit in minor units. */
export interface LineToGuard {
  readonly unit: bigint;
  readonly quantity: number;
  /** The part of a term that the host charges, as a fraction; null on a line that the host does not call prorated. */
  readonly prorated: { readonly numerator: number; readonly denominator: number } | null;
}

/** What the line may cost per unit, in minor units: the service's price lock, else the current list's price. */
export interface GuardPrices {
  readonly lock: bigint | null;
  readonly list: bigint | null;
}

/**
 * ok: leave the line. Otherwise `correctTo` is the unit amount to store instead and `difference` what the whole line
 * changes by, in minor units; `no_price` has nothing to compare with and must be held, never guessed.
 */
export type GuardVerdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'differs_from_lock' | 'differs_from_list';
      readonly correctTo: bigint;
      readonly difference: bigint;
    }
  | { readonly ok: false; readonly reason: 'no_price' };

/**
 * Compares an invoice line with its price lock, or with the list when it has none (rules 20 and 25).
 * A prorated line is accepted within one minor unit of round(lock × part), because the host's own formula decides.
 * A host that stores line totals instead of unit amounts passes quantity 1 and prices for the whole line.
 */
export function guardLine(line: LineToGuard, prices: GuardPrices): GuardVerdict {
  const full = prices.lock ?? prices.list;
  if (full === null) return { ok: false, reason: 'no_price' };
  const expected =
    line.prorated === null
      ? full
      : divideHalfAway(full * BigInt(line.prorated.numerator), BigInt(line.prorated.denominator));
  const apart = expected - line.unit;
  const tolerance = line.prorated === null ? 0n : 1n;
  if (apart >= -tolerance && apart <= tolerance) return { ok: true };
  return {
    ok: false,
    reason: prices.lock === null ? 'differs_from_list' : 'differs_from_lock',
    correctTo: expected,
    difference: apart * BigInt(line.quantity),
  };
}
