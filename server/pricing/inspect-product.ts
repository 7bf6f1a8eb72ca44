import { formatMinor, parseDecimal, powerOfTen } from '../../hooks/prices/money.ts';
import { eachCharge } from './each-charge.ts';
import type { CatalogueMeta, Product } from './formats/catalogue.ts';
import type { Charge, ChargeKind } from './kinds.ts';
import { chargeKey } from './precedence.ts';
import type { Adjustment, Source } from './sources.ts';
import type { StackSlice } from './stack-slice.ts';

/** A compiled charge with what an admin wants to know beside it; amounts in minor units of `digits` digits. */
export interface InspectedCharge {
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly charge: Charge;
  readonly kind: ChargeKind;
  readonly digits: number;
  readonly retail: bigint;
  readonly wholesale: bigint;
  readonly source: Source;
  readonly bp: number | null;
  readonly adjusted: Adjustment | null;
  readonly floor: bigint | null;
  /** The provider's cost as decimal text, which may be finer than the currency; null = not known. */
  readonly cost: string | null;
  /** A fixed price that the floor does not lift, or a floor above the cap. */
  readonly belowFloor: boolean;
  readonly belowCost: boolean;
}

/** Everything about the prices of one product under one slice of rules, by the evaluation that compiles the lists. */
export function inspectProduct(meta: CatalogueMeta, product: Product, slice: StackSlice): InspectedCharge[] {
  const charges: InspectedCharge[] = [];
  eachCharge(meta, product, slice, {
    onPrice({ component, cell, charge, kind, retail, digits }, { wholesale, source, bp, adjusted, floor }) {
      const cost = charge === 'price' ? cell.priceCost : cell.setupCost;
      charges.push({
        component,
        term: cell.term,
        currency: cell.currency,
        charge,
        kind,
        digits,
        retail,
        wholesale,
        source,
        bp,
        adjusted,
        floor,
        cost,
        belowFloor: floor !== null && wholesale < floor,
        belowCost: cost !== null && isUnder(wholesale, digits, cost),
      });
    },
  });
  return charges;
}

/** Exactly compares minor units with decimal text of any number of digits. */
function isUnder(minor: bigint, digits: number, limit: string): boolean {
  const { units, scale } = parseDecimal(limit);
  return minor * powerOfTen(scale) < units * powerOfTen(digits);
}

/** One charge before and after a change of rules; null = not sold then. */
export interface ComparedCharge {
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly charge: Charge;
  readonly before: InspectedCharge | null;
  readonly after: InspectedCharge | null;
}

/** A product under two slices of rules, charge by charge, in the order of `inspectProduct`. */
export function compareProduct(
  meta: CatalogueMeta,
  product: Product,
  before: StackSlice,
  after: StackSlice,
): ComparedCharge[] {
  const keyOf = (each: InspectedCharge) => chargeKey(each.component, each.term, each.currency, each.charge);
  const old = new Map(inspectProduct(meta, product, before).map((each) => [keyOf(each), each]));
  // What is sold depends on the catalogue alone, so both sides have the same charges.
  return inspectProduct(meta, product, after).map((each) => {
    const { component, term, currency, charge } = each;
    return { component, term, currency, charge, before: old.get(keyOf(each)) ?? null, after: each };
  });
}

/**
 * The change of a charge in basis points of what it was, towards zero; a rise from nothing counts as 1000000.
 * Screens compare it with a limit, so only its size matters there.
 */
export function changeBp(before: bigint, after: bigint): number {
  if (before === after) return 0;
  if (before === 0n) return 1_000_000;
  return Number(((after - before) * 10_000n) / before);
}

/** An inspected amount as decimal text. */
export function amountText({ digits }: Pick<InspectedCharge, 'digits'>, minor: bigint): string {
  return formatMinor(minor, digits);
}
