import { minorUnits, parseDecimal } from '../../hooks/prices/money.ts';
import type { ComponentPrice } from './formats/catalogue.ts';
import type { Charge } from './kinds.ts';
import { costFloor } from './round.ts';
import type { StackFloor } from './rule-stack.ts';

/** One floor's amounts for a charge, in minor units; null where it sets none. */
export interface FloorAmounts {
  readonly minimum: bigint | null;
  readonly overCost: bigint | null;
}

/** The largest amount that any floor sets for a charge, in minor units; null when none does (rule 11). */
export function floorOf(
  floors: readonly StackFloor[],
  component: string,
  cell: ComponentPrice,
  charge: Charge,
  digits: number,
): bigint | null {
  let highest: bigint | null = null;
  for (const floor of floors) {
    if (!floorMatches(floor, component, cell)) continue;
    const { minimum, overCost } = floorAmounts(floor, cell, charge, digits);
    for (const amount of [minimum, overCost]) {
      if (amount !== null && (highest === null || amount > highest)) highest = amount;
    }
  }
  return highest;
}

/** True if a floor speaks of a component in this term and currency. What it is on is not looked at here. */
export function floorMatches(
  floor: Pick<StackFloor, 'component' | 'term' | 'currency'>,
  component: string,
  cell: Pick<ComponentPrice, 'term' | 'currency'>,
): boolean {
  return (
    floor.currency === cell.currency &&
    (floor.component === null || floor.component === component) &&
    (floor.term === null || floor.term === cell.term)
  );
}

/** The minimum amount, and the cost with its margin rounded up to the currency's digits where the cost is known. */
export function floorAmounts(
  floor: Pick<StackFloor, 'minPrice' | 'minSetup' | 'overCostBp'>,
  cell: ComponentPrice,
  charge: Charge,
  digits: number,
): FloorAmounts {
  const minimum = charge === 'price' ? floor.minPrice : floor.minSetup;
  const cost = charge === 'price' ? cell.priceCost : cell.setupCost;
  const { overCostBp } = floor;
  return {
    minimum: minimum === null ? null : minorUnits(minimum, digits),
    overCost: cost === null || overCostBp === null ? null : costFloor(parseDecimal(cost), overCostBp, digits),
  };
}
