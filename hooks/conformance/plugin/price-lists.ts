import { hashOfChunk, hashOfIndex, hashOfList, hashOfPage } from '../../contract/content-hash.ts';
import type { Catalogue, PriceChunk, PriceIndex } from '../../contract/index.ts';
import { formatMinor, minorUnits } from '../../prices/money.ts';
import { divideHalfAway } from '../../prices/round.ts';
import type { PriceListSource } from '../../transport/in-process.ts';

/** What the suite's resellers get off recurring prices. */
const DISCOUNT_BP = 2000;

type Component = Catalogue['products'][number]['components'][number];

/** The host's own catalogue as one price list: a fifth off every price, setup at retail. */
export function compileLists(catalogue: Catalogue): { list: string; source: Omit<PriceListSource, 'index'> } {
  const digitsOf = new Map(catalogue.currencies.map(({ code, digits }) => [code, digits]));
  const offered = catalogue.products.filter((product) => product.offered);
  const chunks = offered.map(({ id, components }) => chunkOf(id, components, digitsOf));
  const entries = chunks.map(({ product, hash }) => ({ product, chunk: hash }));
  const page = { hash: hashOfPage({ entries }), entries };
  const list = { hash: hashOfList({ pages: [page.hash] }), pages: [page.hash] };
  const source = {
    list: async (hash: string) => (hash === list.hash ? list : null),
    page: async (hash: string) => (hash === page.hash ? page : null),
    chunks: async (hashes: string[]) => chunks.filter(({ hash }) => hashes.includes(hash)),
  };
  return { list: list.hash, source };
}

function chunkOf(product: string, components: Component[], digitsOf: Map<string, number>): PriceChunk {
  const rows = components.flatMap((component) =>
    component.prices.flatMap(({ term, currency, price, setup }) => {
      const digits = digitsOf.get(currency);
      const [priceMinor, setupMinor] = [price, setup].map((text) =>
        text === null || digits === undefined ? null : minorUnits(text, digits),
      );
      if (digits === undefined || priceMinor === null || priceMinor === undefined) return [];
      const about = { component: component.id, term, currency, source: 'tier_rate', adjusted: null };
      const wholesale = divideHalfAway(priceMinor * BigInt(10_000 - DISCOUNT_BP), 10_000n);
      const text = (minor: bigint) => formatMinor(minor, digits);
      const charge = {
        ...about,
        charge: 'price' as const,
        retail: text(priceMinor),
        wholesale: text(wholesale),
        bp: DISCOUNT_BP,
      };
      if (setupMinor === null || setupMinor === undefined) return [charge];
      const fee = {
        ...about,
        charge: 'setup' as const,
        retail: text(setupMinor),
        wholesale: text(setupMinor),
        bp: null,
      };
      return [charge, fee];
    }),
  );
  const shapes = components.map(({ id, kind, option }) => (option ? { id, kind, option } : { id, kind }));
  const content = { product, components: shapes, rows, omitted: [] };
  return { hash: hashOfChunk(content), ...content };
}

/** The head: who is a reseller, and how. */
export function indexOf(catalogue: Catalogue, entries: PriceIndex['entries']): PriceIndex {
  const content: Omit<PriceIndex, 'revision'> = {
    format: 'price-index/1',
    at: new Date().toISOString(),
    programme: 'on',
    coupons: 'refuse',
    currencies: catalogue.currencies,
    catalogueTax: catalogue.catalogueTax,
    setupPerQuantity: catalogue.setupPerQuantity,
    refuseAfterSeconds: 7 * 86_400,
    entries,
  };
  return { revision: hashOfIndex(content), ...content };
}
