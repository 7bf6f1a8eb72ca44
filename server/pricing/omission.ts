import { minorUnits } from '../../hooks/prices/money.ts';
import type { Component, ComponentPrice } from './formats/catalogue.ts';
import type { OmissionReason } from './formats/price-list.ts';

/** The retail amounts of a cell in minor units of a currency; `setup` null = no setup fee exists. */
export interface CellAmounts {
  readonly digits: number;
  readonly price: bigint;
  readonly setup: bigint | null;
}

/**
 * The amounts of a component in a term and currency, or why it is not offered there (rule 6). `digits` is undefined
 * for a currency that the catalogue lacks. The reasons are judged in the order of OMISSION_REASONS, price and setup
 * together.
 */
export function readCell(
  component: Component,
  cell: ComponentPrice,
  digits: number | undefined,
): CellAmounts | OmissionReason {
  if (digits === undefined) return 'currency_unknown';
  if (cell.price === null) return 'not_offered';
  const price = minorUnits(cell.price, digits);
  const setup = cell.setup === null ? null : minorUnits(cell.setup, digits);
  if (price === null || (setup === null && cell.setup !== null)) return 'amount_too_precise';
  if (price < 0n || (setup !== null && setup < 0n)) return 'negative_amount';
  if (price === 0n && cell.term !== 'once' && hasRecurringPrice(component, cell.currency)) {
    return 'zero_price_unconfirmed';
  }
  return { digits, price, setup };
}

/** True if any recurring term of the component has a price above zero in the currency, itself omitted or not. */
function hasRecurringPrice(component: Component, currency: string): boolean {
  return component.prices.some(
    (cell) => cell.currency === currency && cell.term !== 'once' && cell.price !== null && isAboveZero(cell.price),
  );
}

function isAboveZero(amount: string): boolean {
  return !amount.startsWith('-') && /[1-9]/.test(amount);
}
