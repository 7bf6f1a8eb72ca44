import { formatMinor, parseDecimal, type Decimal } from '../../prices/money.ts';
import { roundDecimal } from '../../prices/round.ts';
import { parseTerm } from '../../prices/term.ts';
import type { Catalogue, ComponentPrice, Product } from '../../../server/pricing/formats/catalogue.ts';
import {
  isYes,
  type HostCurrency,
  type HostPeriod,
  type HostPricing,
  type HostProduct,
  type HostTld,
} from './answers.ts';
import { currencyDigits } from './currency-digits.ts';
import { decimalText } from './decimal-text.ts';
import { domainPrices } from './domain.ts';

/** Add-on products have no category in FOSSBilling; they form one product group. */
export const ADDON_GROUP = 'addons';

/** A currency with what the host multiplies base prices by. */
export interface ConversionCurrency {
  readonly code: string;
  readonly digits: number;
  readonly rate: Decimal;
}

/**
 * The host's `product/get_list` and `currency/get_list` lists as catalogue/1. Retail in each currency is the base
 * price × the conversion rate, rounded half away from zero at the currency's digits, before any discount (rule 4).
 * Only enabled periods are taken over. Each top level domain becomes a product of its own, `domain:.com`; add-ons
 * become products of kind addon. Throws RangeError for an amount or rate that is not a number.
 */
export function fossbillingCatalogue(products: readonly HostProduct[], currencies: readonly HostCurrency[]): Catalogue {
  const conversions = currencies.map(readCurrency).filter((currency) => currency !== null);
  const found = new Map<string, Product>();
  for (const product of products) {
    for (const mapped of mapProduct(product, conversions)) found.set(mapped.id, mapped);
  }
  for (const addon of products.flatMap((product) => product.addons ?? [])) {
    const mapped = mapPlan(addon, conversions, true);
    if (!found.has(mapped.id)) found.set(mapped.id, mapped);
  }
  return {
    format: 'catalogue/1',
    catalogueTax: 'net',
    setupPerQuantity: false,
    currencies: conversions.map(({ code, digits }) => ({ code, digits })),
    products: [...found.values()],
  };
}

/** Null for a currency without a usable rate: the host cannot charge in it. */
function readCurrency({ code, conversion_rate: rate }: HostCurrency): ConversionCurrency | null {
  const text = decimalText(rate);
  if (text === null) return null;
  const decimal = parseDecimal(text);
  return decimal.units > 0n ? { code, digits: currencyDigits(code), rate: decimal } : null;
}

function mapProduct(product: HostProduct, currencies: readonly ConversionCurrency[]): Product[] {
  if (product.type !== 'domain') return [mapPlan(product, currencies, isYes(product.is_addon))];
  const tlds: Readonly<Record<string, HostTld>> = { ...product.pricing };
  return Object.entries(tlds).map(([name, tld]) => ({
    id: `domain:${tld.tld ?? name}`,
    group: groupOf(product),
    offered: isOffered(product) && isYes(tld.active ?? true),
    components: domainPrices(tld).map(({ id, term, price }) => ({
      id,
      kind: 'domain' as const,
      prices: currencies.map((currency) => priced(currency, term, price, null)),
    })),
  }));
}

function mapPlan(product: HostProduct, currencies: readonly ConversionCurrency[], isAddon: boolean): Product {
  const periods = soldPeriods({ ...product.pricing });
  const prices = periods.flatMap(([term, { price, setup }]) => {
    const [priceText, setupText] = [decimalText(price), decimalText(setup)];
    return currencies.map((currency) => priced(currency, term, exact(priceText), exact(setupText)));
  });
  return {
    id: String(product.id),
    group: isAddon ? ADDON_GROUP : groupOf(product),
    offered: isOffered(product),
    components: [{ id: 'base', kind: isAddon ? 'addon' : 'base', prices }],
  };
}

/** The periods of the product's own kind of payment; the others keep stale amounts in the host. */
function soldPeriods(pricing: HostPricing): [string, HostPeriod][] {
  if (pricing.type === 'free') return [['once', { price: 0, setup: 0 }]];
  if (pricing.type === 'once') return [['once', pricing.once ?? {}]];
  return Object.entries(pricing.recurrent ?? {}).filter(
    ([term, { enabled }]) => isYes(enabled) && parseTerm(term) !== null,
  );
}

function priced(
  currency: ConversionCurrency,
  term: string,
  price: Decimal | null,
  setup: Decimal | null,
): ComponentPrice {
  const { code } = currency;
  const amounts = { price: converted(currency, price), setup: converted(currency, setup) };
  return { term, currency: code, ...amounts, priceCost: null, setupCost: null };
}

/** Base amount × rate, rounded once at the currency's digits. */
function converted({ rate, digits }: ConversionCurrency, base: Decimal | null): string | null {
  if (base === null) return null;
  const product = { units: base.units * rate.units, scale: base.scale + rate.scale };
  return formatMinor(roundDecimal(product, digits), digits);
}

function exact(text: string | null): Decimal | null {
  return text === null ? null : parseDecimal(text);
}

function isOffered({ status, hidden }: HostProduct): boolean {
  return (status ?? 'enabled') === 'enabled' && !isYes(hidden);
}

function groupOf(product: HostProduct): string {
  return String(product.product_category_id ?? 'none');
}
