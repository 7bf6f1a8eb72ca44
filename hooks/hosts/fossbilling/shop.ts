import { z } from 'zod';
import { HostError } from '../../contract/index.ts';
import type { HostCurrency, HostProduct, HostTld } from './answers.ts';
import type { FossbillingApi } from './api-client.ts';
import { decimalText } from './decimal-text.ts';
import { looseFlag } from './loose.ts';
import { readAll } from './pages.ts';

/** What only tells products apart is read from this age on; prices come with catalogue.read. */
const FRESH_MS = 60_000;

const looseNumber = z.union([z.number(), z.string()]).nullish();
const product = z.object({
  id: z.union([z.number(), z.string()]),
  type: z.string().optional(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  product_category_id: z.union([z.number(), z.string()]).nullish(),
  category: z.object({ title: z.string().nullish() }).nullish().catch(null),
  status: z.string().optional(),
  setup: z.string().optional(),
  hidden: looseFlag,
  pricing: z.looseObject({}).or(z.array(z.unknown())).nullable(),
});
const productWithAddons = product.extend({ addons: z.array(product).nullish() });
const currency = z
  .object({ code: z.string(), conversion_rate: looseNumber, default: looseFlag })
  .transform((entry): HostCurrency => ({ ...entry, conversion_rate: entry.conversion_rate ?? null }));

/** Everything the host sells, as it sends it. */
export interface Shop {
  readonly products: readonly HostProduct[];
  readonly currencies: readonly HostCurrency[];
}

/** What a product of the contract is in the host. */
export interface Sold {
  /** The host's product. */
  readonly product: HostProduct;
  /** The top level domain, e.g. ".com", for a domain. */
  readonly tld: HostTld | null;
  /** The products it is an add-on of; null when it is sold by itself. */
  readonly addonOf: ReadonlySet<string> | null;
}

/** Reads products and currencies, and keeps them for a minute. */
export function createShopReader(api: FossbillingApi, now: () => number = Date.now) {
  let kept: { at: number; shop: Shop } | null = null;
  /** @param maxAgeMs how old the answer may be @throws HostError */
  return async function readShop(maxAgeMs = FRESH_MS): Promise<Shop> {
    if (kept !== null && now() - kept.at < maxAgeMs) return kept.shop;
    const products = await readAll(api, { method: 'product/get_list', params: {}, entry: productWithAddons });
    const currencies = await readAll(api, { method: 'currency/get_list', params: {}, entry: currency });
    const shop = { products, currencies };
    kept = { at: now(), shop };
    return shop;
  };
}
export type ReadShop = ReturnType<typeof createShopReader>;

/** The top level domains of a domain product by name. */
export function tldsOf({ pricing }: HostProduct): HostTld[] {
  const tlds: Readonly<Record<string, HostTld>> = { ...pricing };
  return Object.entries(tlds).map(([name, tld]) => ({ ...tld, tld: tld.tld ?? name }));
}

/** Finds a product of the contract: a host product, an add-on, or "domain:" with a top level domain. */
export function findSoldOrNull({ products }: Shop, id: string): Sold | null {
  if (id.startsWith('domain:')) {
    for (const product of products.filter(({ type }) => type === 'domain')) {
      const tld = tldsOf(product).find((entry) => `domain:${entry.tld}` === id);
      if (tld) return { product, tld, addonOf: null };
    }
  }
  const own = products.find((product) => String(product.id) === id && product.type !== 'domain');
  if (own) return { product: own, tld: null, addonOf: null };
  const parents = products.filter(({ addons }) => addons?.some((addon) => String(addon.id) === id));
  const addon = parents[0]?.addons?.find((entry) => String(entry.id) === id);
  if (addon) return { product: addon, tld: null, addonOf: new Set(parents.map((parent) => String(parent.id))) };
  return null;
}

/** As findSoldOrNull. @throws HostError not_found */
export function findSold(shop: Shop, id: string): Sold {
  const sold = findSoldOrNull(shop, id);
  if (sold) return sold;
  throw new HostError('not_found', 'The host has no such product.');
}

/** The currency the host's own prices are in. @throws HostError bad_answer when it has none. */
export function baseCurrency({ currencies }: Shop): string {
  const code = (currencies.find((entry) => entry.default === true) ?? currencies[0])?.code;
  if (code === undefined) throw new HostError('bad_answer', 'The host has no currency.');
  return code;
}

/** What the host multiplies its own prices by, for each currency. */
export function ratesOf({ currencies }: Shop): Record<string, string> {
  return Object.fromEntries(currencies.map(({ code, conversion_rate: rate }) => [code, decimalText(rate) ?? '1']));
}
