import { cellPrices, type CellPrice, type PriceRow } from './lookup.ts';
import { refuse, type OrRefusal } from './refusal.ts';
import { formOf, type ProductForm, select } from './select.ts';
import type { ComponentShape, LineToPrice, Selection } from './shapes.ts';
import { sumLine, type LinePart, type LineSum } from './sum.ts';

/** The most units a line, and the most lines an order, may have. */
export const MOST_UNITS = 10_000;

/** What a line is priced from: the product's components, its compiled rows, and the host's way with setup fees. */
export interface LinePrices extends ProductRows {
  readonly setupPerQuantity: boolean;
}

/** A product's components and compiled rows, of one currency and its digits. */
export interface ProductRows {
  readonly components: readonly ComponentShape[];
  readonly rows: Iterable<PriceRow>;
  readonly currency: string;
  readonly digits: number;
}

/** A product in one term and currency, ready to price any number of lines. Immutable: it may be kept. */
export interface PreparedProduct {
  readonly form: ProductForm;
  readonly cells: ReadonlyMap<string, CellPrice>;
}

/** A component of a priced line; amounts in minor units, amount = unit × quantity, for one unit of the line. */
export interface PricedPart {
  readonly component: string;
  readonly quantity: number;
  readonly unit: bigint;
  readonly amount: bigint;
}

/** A priced line in minor units. `renewal` is what each later term costs for one unit, null when it does not renew. */
export interface PricedLineAmounts {
  readonly wholesale: LineSum;
  readonly retail: LineSum;
  readonly renewal: bigint | null;
  readonly parts: readonly PricedPart[];
}

/** Reads a product's rows of one term. Throws RangeError when an amount is not in the currency's digits. */
export function prepareProduct({ components, rows, currency, digits }: ProductRows, term: string): PreparedProduct {
  return { form: formOf(components), cells: cellPrices(rows, term, currency, digits) };
}

/**
 * Prices one order line from compiled rows: look-up and sums only, no rule is evaluated (rules 3, 14 and 15).
 * Refuses what is not sold; never takes a missing price for zero.
 */
export function priceLine(prices: LinePrices, line: LineToPrice): OrRefusal<PricedLineAmounts> {
  return pricePrepared(prepareProduct(prices, line.term), line, prices.setupPerQuantity);
}

/** As priceLine, for a product that was prepared in the line's term. */
export function pricePrepared(
  { form, cells }: PreparedProduct,
  line: LineToPrice,
  setupPerQuantity: boolean,
): OrRefusal<PricedLineAmounts> {
  if (!Number.isInteger(line.quantity) || line.quantity < 1 || line.quantity > MOST_UNITS) {
    const message = `Order a whole number from 1 to ${MOST_UNITS} of a product, not ${line.quantity}.`;
    return refuse('quantity_out_of_range', '/quantity', message);
  }
  const selection = select(form, line, (component) => cells.has(component));
  if ('refusal' in selection) return selection;
  return { value: sumSelection(selection.value, cells, line, setupPerQuantity) };
}

function sumSelection(
  selection: Selection,
  cells: ReadonlyMap<string, CellPrice>,
  line: LineToPrice,
  setupPerQuantity: boolean,
): PricedLineAmounts {
  const wholesale: LinePart[] = [];
  const retail: LinePart[] = [];
  const parts: PricedPart[] = [];
  for (const { component, quantity } of selection.chosen) {
    const { price, setup } = soldCell(cells, component);
    wholesale.push({ price: price.wholesale, setup: setup?.wholesale ?? 0n, quantity });
    retail.push({ price: price.retail, setup: setup?.retail ?? 0n, quantity });
    parts.push({ component, quantity, unit: price.wholesale, amount: price.wholesale * BigInt(quantity) });
  }
  const sum = sumLine(wholesale, line.quantity, setupPerQuantity);
  const recurring = selection.renewal === null ? sum.unit : soldCell(cells, selection.renewal).price.wholesale;
  return {
    wholesale: sum,
    retail: sumLine(retail, line.quantity, setupPerQuantity),
    renewal: line.term === 'once' ? null : recurring,
    parts,
  };
}

function soldCell(cells: ReadonlyMap<string, CellPrice>, component: string): CellPrice {
  const cell = cells.get(component);
  if (cell === undefined) throw new RangeError(`The component ${component} was chosen but has no price`);
  return cell;
}
