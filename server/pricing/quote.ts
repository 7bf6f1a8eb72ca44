import { compareBytes } from '../../hooks/prices/byte-order.ts';
import type { PriceRow } from '../../hooks/prices/lookup.ts';
import { formatMinor } from '../../hooks/prices/money.ts';
import {
  type PreparedProduct,
  prepareProduct,
  type PricedLineAmounts,
  pricePrepared,
} from '../../hooks/prices/price-line.ts';
import { PricingError } from './errors.ts';
import type { Catalogue, CatalogueMeta } from './formats/catalogue.ts';
import type { Order, OrderLine } from './formats/order.ts';
import type { Quote, QuoteLine } from './formats/quote.ts';

/** What a quote needs of a product in a term: whether it is sold to new orders, and its compiled prices. */
export interface QuoteProduct {
  readonly offered: boolean;
  readonly prices: (currency: string, digits: number) => PreparedProduct;
}

export interface QuoteCatalogue extends CatalogueMeta {
  readonly setupPerQuantity: boolean;
  /** Undefined when the product is unknown. */
  readonly findProduct: (id: string, term: string) => QuoteProduct | undefined;
}

/** A whole catalogue with the compiled rows of its products. */
export function quoteCatalogue(catalogue: Catalogue, rowsOf: (product: string) => Iterable<PriceRow>): QuoteCatalogue {
  const products = new Map(catalogue.products.map((product) => [product.id, product]));
  const { currencies, setupPerQuantity } = catalogue;
  const findProduct = (id: string, term: string): QuoteProduct | undefined => {
    const product = products.get(id);
    if (product === undefined) return undefined;
    const { offered, components } = product;
    return {
      offered,
      prices: (currency, digits) => prepareProduct({ components, rows: rowsOf(id), currency, digits }, term),
    };
  };
  return { currencies, setupPerQuantity, findProduct };
}

/**
 * Prices an order from compiled rows (rules 3, 4, 14 and 15). No rule is evaluated here. Throws PricingError
 * not_offered, unknown_product, unknown_option, option_required, quantity_out_of_range, currency_unknown with the path
 * in the order. The form of the order must have been checked by `parseOrder`.
 */
export function quote(catalogue: QuoteCatalogue, order: Order): Quote {
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
    const priced = quoteLine(catalogue, line, currency, digits, `/lines/${index}`);
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
  line: OrderLine,
  currency: string,
  digits: number,
  path: string,
): PricedLineAmounts {
  const product = catalogue.findProduct(line.product, line.term);
  if (product === undefined) {
    const message = `The catalogue has no product "${line.product}".`;
    throw new PricingError('unknown_product', 'order', `${path}/product`, message);
  }
  if (!product.offered) {
    const message = `The product "${line.product}" is not offered to new orders.`;
    throw new PricingError('not_offered', 'order', `${path}/product`, message);
  }
  const priced = pricePrepared(product.prices(currency, digits), line, catalogue.setupPerQuantity);
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
    components: priced.parts.map(({ component, quantity, unit, amount }) => {
      const each = text(unit);
      return { component, quantity, unit: each, amount: quantity === 1 ? each : text(amount) };
    }),
  };
}
