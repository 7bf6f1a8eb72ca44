import type { ComponentPrice } from './formats/catalogue.ts';
import { floorOf } from './floor.ts';
import type { Charge, ChargeKind } from './kinds.ts';
import { bookFinder, rateWinners, type FindBook, type RateWinner } from './precedence.ts';
import { discounted } from './round.ts';
import type { Adjustment, Source } from './sources.ts';
import type { StackSlice } from './stack-slice.ts';

/** A slice made ready for many charges of its product. */
export interface Evaluator {
  readonly slice: StackSlice;
  readonly rates: Readonly<Record<ChargeKind, RateWinner>>;
  readonly findBook: FindBook | null;
}

/** A charge to be priced; `retail` in minor units of a currency with `digits` digits. */
export interface ChargeToPrice {
  readonly component: string;
  readonly cell: ComponentPrice;
  readonly charge: Charge;
  readonly kind: ChargeKind;
  readonly retail: bigint;
  readonly digits: number;
}

/** The price of a charge, amounts in minor units: what the winning rule gives, the floor, and what became of both. */
export interface EvaluatedCharge {
  readonly source: Source;
  readonly bp: number | null;
  readonly ruled: bigint;
  readonly floor: bigint | null;
  readonly lifted: boolean;
  readonly wholesale: bigint;
  readonly adjusted: Adjustment | null;
}

/** Prepares a slice. */
export function evaluator(slice: StackSlice): Evaluator {
  return { slice, rates: rateWinners(slice), findBook: bookFinder(slice) };
}

/**
 * The only place where rules become a price: the winning rule (rules 7 to 9), its rounded amount (rule 1), the floor
 * (rule 11), then the cap (rule 12).
 */
export function evaluateCharge(ready: Evaluator, to: ChargeToPrice): EvaluatedCharge {
  const { slice } = ready;
  const book = ready.findBook?.(to.component, to.cell.term, to.cell.currency, to.charge, to.digits) ?? null;
  const { source, bp } = book === null ? ready.rates[to.kind] : { source: book.source, bp: null };
  const ruled = book !== null ? book.amount : bp === null ? to.retail : discounted(to.retail, bp);
  const floor = slice.floors.length === 0 ? null : floorOf(slice.floors, to.component, to.cell, to.charge, to.digits);

  const lifted = floor !== null && ruled < floor && (book === null || slice.floorLiftsBooks);
  let wholesale = lifted ? floor : ruled;
  let adjusted: Adjustment | null = lifted ? 'floor' : null;
  if (slice.capAtRetail && wholesale > to.retail) {
    wholesale = to.retail;
    adjusted = 'retail_cap';
  }
  return { source, bp, ruled, floor, lifted, wholesale, adjusted };
}
