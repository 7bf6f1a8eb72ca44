import { compareBytes } from '../../hooks/prices/byte-order.ts';
import type { PriceRow } from '../../hooks/prices/lookup.ts';
import { formatMinor } from '../../hooks/prices/money.ts';
import { priceLine, type PricedLineAmounts } from '../../hooks/prices/price-line.ts';
import type { ComponentShape } from '../../hooks/prices/shapes.ts';
import { PricingError } from './errors.ts';
import type { Catalogue, CatalogueMeta } from './formats/catalogue.ts';
import type { Order, OrderLine } from './formats/order.ts';
import type { Quote, QuoteLine } from './formats/quote.ts';

/** What a quote needs of the catalogue besides prices. */
export interface QuoteCatalogue extends CatalogueMeta {
  readonly setupPerQuantity: boolean;
  /** A product's structure, undefined when it is unknown. */
  readonly findProduct: (
    id: string,
  ) => { readonly offered: boolean; readonly components: readonly ComponentShape[] } | undefined;
}

/** The compiled rows of a product, e.g. of its chunk. */
export type RowsOf = (product: string, term: string, currency: string) => Iterable<PriceRow>;

/** The structure side of a whole catalogue. */
export function quoteCatalogue(catalogue: Catalogue): QuoteCatalogue {
  const products = new Map(catalogue.products.map((product) => [product.id, product]));
  const { currencies, setupPerQuantity } = catalogue;
  return { currencies, setupPerQuantity, findProduct: (id) => products.get(id) };
}

/**
 * Prices an order from compiled rows (rules 3, 4, 14 and 15). No rule is evaluated here. Throws PricingError
 * not_offered, unknown_product, unknown_option, option_required, quantity_out_of_range, currency_unknown with the path
 * in the order. The form of the order must have been checked by `parseOrder`.
 */
export function quote(catalogue: QuoteCatalogue, rowsOf: RowsOf, order: Order): Quote {
  const { currency } = order;
  const digits = catalogue.currencies.find(({ code }) => code === currency)?.digits;
  if (digits === undefined) {
    const known = catalogue.currencies.map(({ code }) => code).join(', ');
    const message = `The catalogue has no prices in "${currency}": order in one of ${known}.`;
    throw new PricingError('currency_unknown', 'order', '/currency', message);
  }
  const lines: QuoteLine[] = [];
  const recurring = new Map<string, bigint>();
  let dueNow = 0n;
  for (const [index, line] of order.lines.entries()) {
    const priced = quoteLine(catalogue, rowsOf, line, currency, digits, `/lines/${index}`);
    dueNow += priced.wholesale.price + priced.wholesale.setup;
    if (priced.renewal !== null) {
      const sum = recurring.get(line.term) ?? 0n;
      recurring.set(line.term, sum + priced.renewal * BigInt(line.quantity));
    }
    lines.push(formatLine(line, priced, digits));
  }
  const terms = [...recurring].toSorted(([left], [right]) => compareBytes(left, right));
  return {
    format: 'quote/1',
    currency,
    lines,
    dueNow: formatMinor(dueNow, digits),
    recurring: Object.fromEntries(terms.map(([term, sum]) => [term, formatMinor(sum, digits)])),
  };
}

function quoteLine(
  catalogue: QuoteCatalogue,
  rowsOf: RowsOf,
  line: OrderLine,
  currency: string,
  digits: number,
  path: string,
): PricedLineAmounts {
  const product = catalogue.findProduct(line.product);
  if (product === undefined) {
    const message = `The catalogue has no product "${line.product}".`;
    throw new PricingError('unknown_product', 'order', `${path}/product`, message);
  }
  if (!product.offered) {
    const message = `The product "${line.product}" is not offered to new orders.`;
    throw new PricingError('not_offered', 'order', `${path}/product`, message);
  }
  const { components } = product;
  const { setupPerQuantity } = catalogue;
  const priced = priceLine(
    { components, rows: rowsOf(line.product, line.term, currency), currency, digits, setupPerQuantity },
    line,
  );
  if ('value' in priced) return priced.value;
  const { code, path: below, message } = priced.refusal;
  throw new PricingError(code, 'order', path + below, message);
}

function formatLine(line: OrderLine, priced: PricedLineAmounts, digits: number): QuoteLine {
  const text = (minor: bigint): string => formatMinor(minor, digits);
  return {
    product: line.product,
    term: line.term,
    quantity: line.quantity,
    ...(line.action === undefined ? {} : { action: line.action }),
    unitPrice: text(priced.wholesale.unit),
    price: text(priced.wholesale.price),
    setup: text(priced.wholesale.setup),
    retailPrice: text(priced.retail.price),
    retailSetup: text(priced.retail.setup),
    renewal: priced.renewal === null ? null : text(priced.renewal),
    components: priced.parts.map(({ component, quantity, unit, amount }) => ({
      component,
      quantity,
      unit: text(unit),
      amount: text(amount),
    })),
  };
}
