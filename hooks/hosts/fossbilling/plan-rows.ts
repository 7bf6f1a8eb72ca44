import { HostError, type CallRequest, type PricedLine } from '../../contract/index.ts';
import { formatMinor } from '../../prices/money.ts';
import { priceMinor } from './host-money.ts';
import { rowConfig } from './row-config.ts';
import { findSold, type Shop, type Sold } from './shop.ts';

export type PlaceRequest = CallRequest<'orders.place'>;

/** One row to be made for one line of an order. */
export interface PlannedRow {
  /** Position of the line in the order. */
  readonly line: number;
  readonly item: PricedLine;
  readonly sold: Sold;
  readonly config: Record<string, unknown>;
  /** Position of the line whose group an add-on joins, null for a row with a group of its own. */
  readonly master: number | null;
}

/**
 * The rows of an order, in the order they are made: products first, then add-ons. An add-on joins the last product
 * before it that offers it, else the first one that does.
 * @throws HostError refused for amounts the host cannot hold, or an add-on without its product; not_found for a product.
 */
export function planRows(lines: readonly PricedLine[], digits: number, shop: Shop): PlannedRow[] {
  const sold = lines.map((item) => findSold(shop, item.product));
  const rows = lines.map((asked, line): PlannedRow => {
    const item = exactItem(asked, digits);
    const own = sold[line]!;
    return { line, item, sold: own, config: rowConfig(item, own), master: masterOf(line, sold) };
  });
  return [...rows.filter(({ master }) => master === null), ...rows.filter(({ master }) => master !== null)];
}

function masterOf(line: number, sold: readonly Sold[]): number | null {
  const parents = sold[line]?.addonOf;
  if (!parents) return null;
  const fitting = sold.flatMap(({ product, addonOf, tld }, at) => {
    return addonOf === null && tld === null && parents.has(String(product.id)) ? [at] : [];
  });
  const found = fitting.findLast((at) => at < line) ?? fitting[0];
  if (found === undefined) throw new HostError('refused', 'An add-on is ordered together with its product.');
  return found;
}

/**
 * A line with its amounts at the currency's digits. The host bills them as they are, so they must be exact and add up.
 * Components keep theirs: they explain the price and are not billed.
 */
function exactItem(item: PricedLine, digits: number): PricedLine {
  const exact = (text: string) => formatMinor(priceMinor(text, digits), digits);
  const { unitPrice, price, setup, renewal, quantity, product } = item;
  if (priceMinor(price, digits) !== priceMinor(unitPrice, digits) * BigInt(quantity)) {
    throw new HostError('refused', `The prices of "${product}" do not add up.`);
  }
  return {
    ...item,
    unitPrice: exact(unitPrice),
    price: exact(price),
    setup: exact(setup),
    renewal: renewal === null ? null : exact(renewal),
  };
}
