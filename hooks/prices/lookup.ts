import { minorUnits } from './money.ts';

/** A compiled row as far as a hook needs it: one charge with its retail and wholesale amount as decimal text. */
export interface PriceRow {
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly charge: 'price' | 'setup';
  readonly retail: string;
  readonly wholesale: string;
}

/** Retail and wholesale of one charge in minor units. */
export interface ChargeAmounts {
  readonly retail: bigint;
  readonly wholesale: bigint;
}

/** The two charges of a component in a term and currency; `setup` null = no setup fee exists. */
export interface CellPrice {
  readonly price: ChargeAmounts;
  readonly setup: ChargeAmounts | null;
}

/**
 * The component prices of one product in one term and currency, by component id. A component that is not in the
 * result is not sold there: absent is not zero (rule 6). Throws RangeError when a row is not in the currency's digits.
 */
export function cellPrices(
  rows: Iterable<PriceRow>,
  term: string,
  currency: string,
  digits: number,
): Map<string, CellPrice> {
  const cells = new Map<string, CellPrice>();
  const setups = new Map<string, ChargeAmounts>();
  for (const row of rows) {
    if (row.term !== term || row.currency !== currency) continue;
    const amounts = { retail: stored(row.retail, digits), wholesale: stored(row.wholesale, digits) };
    if (row.charge === 'setup') setups.set(row.component, amounts);
    else cells.set(row.component, { price: amounts, setup: null });
  }
  for (const [component, setup] of setups) {
    const cell = cells.get(component);
    if (cell !== undefined) cells.set(component, { price: cell.price, setup });
  }
  return cells;
}

function stored(text: string, digits: number): bigint {
  const minor = minorUnits(text, digits);
  if (minor === null) throw new RangeError(`The stored price ${text} has more than ${digits} digits`);
  return minor;
}
