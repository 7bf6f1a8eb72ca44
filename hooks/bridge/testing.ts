import { hashOfChunk, hashOfIndex, hashOfList, hashOfPage } from '../contract/content-hash.ts';
import type {
  OrderItem,
  PriceChunk,
  PriceIndex,
  PriceListManifest,
  PriceListPage,
  PriceLock,
} from '../contract/index.ts';
import type { PriceListSource } from '../transport/in-process.ts';
import { createMemoryBridgeStore } from './memory-store.ts';
import type { BridgeStore } from './store.ts';

/** The moment at which the tests of bridges play. */
export const nowMs = Date.parse('2027-01-01T12:00:00Z');
export const at = (ms: number): string => new Date(ms).toISOString();

type Row = [component: string, term: string, charge: 'price' | 'setup', retail: string, wholesale: string];

function chunkOf(product: string, components: PriceChunk['components'], rows: Row[]): PriceChunk {
  const content = {
    product,
    components,
    rows: rows.map(([component, term, charge, retail, wholesale]) => ({
      component,
      term,
      currency: 'USD',
      charge,
      retail,
      wholesale,
      source: 'tier_rate',
      bp: 2000,
      adjusted: null,
    })),
    omitted: [],
  };
  return { hash: hashOfChunk(content), ...content };
}

/** A server with a required option and one by quantity, a domain, and a one-off product. */
export const chunks: PriceChunk[] = [
  chunkOf(
    'vps-s',
    [
      { id: 'base', kind: 'base' },
      { id: 'ip', kind: 'option', option: { id: 'ip', type: 'quantity', min: 0, max: 16 } },
      { id: 'ram:8g', kind: 'option', option: { id: 'ram', type: 'choice', choice: '8g', required: true } },
    ],
    [
      ['base', '1M', 'price', '10.00', '8.00'],
      ['base', '1M', 'setup', '5.00', '5.00'],
      ['ip', '1M', 'price', '1.25', '1.00'],
      ['ram:8g', '1M', 'price', '3.00', '2.40'],
    ],
  ),
  chunkOf(
    'com',
    [
      { id: 'register', kind: 'domain' },
      { id: 'renew', kind: 'domain' },
    ],
    [
      ['register', '1Y', 'price', '12.00', '6.00'],
      ['renew', '1Y', 'price', '14.00', '11.99'],
    ],
  ),
  chunkOf('fix', [{ id: 'base', kind: 'base' }], [['base', 'once', 'price', '50.00', '40.00']]),
];

/** A page and list over chunks. */
export function listOf(content: PriceChunk[]): { list: PriceListManifest; page: PriceListPage } {
  const entries = content.map(({ product, hash }) => ({ product, chunk: hash }));
  const page = { hash: hashOfPage({ entries }), entries };
  return { list: { hash: hashOfList({ pages: [page.hash] }), pages: [page.hash] }, page };
}

/** An index with one reseller, client 42, whose list over `chunks` holds since yesterday. */
export function indexOf(
  entry: Partial<PriceIndex['entries'][number]> = {},
  changes: Partial<PriceIndex> = {},
): PriceIndex {
  const content: Omit<PriceIndex, 'revision'> = {
    format: 'price-index/1',
    at: at(nowMs - 60_000),
    programme: 'on',
    coupons: 'refuse',
    currencies: [{ code: 'USD', digits: 2 }],
    catalogueTax: 'net',
    setupPerQuantity: false,
    refuseAfterSeconds: 7 * 24 * 3600,
    entries: [
      {
        clientId: '42',
        resellerId: 'rsl_1',
        state: 'active',
        publicReason: null,
        lists: [{ hash: listOf(chunks).list.hash, validFrom: at(nowMs - 86_400_000), validUntil: null }],
        ...entry,
      },
    ],
    ...changes,
  };
  return { revision: hashOfIndex(content), ...content };
}

/** A store that pulled `index` at the tests' moment. */
export function storeOf(index: PriceIndex, content: PriceChunk[] = chunks): BridgeStore {
  const store = createMemoryBridgeStore();
  const { list, page } = listOf(content);
  store.writeIndex({ index, confirmedAtMs: nowMs, lists: [list], pages: [page], chunks: content });
  return store;
}

/** A plugin's price lists: one list over `content`. */
export function sourceOf(index: PriceIndex, content: PriceChunk[] = chunks): PriceListSource {
  const { list, page } = listOf(content);
  return {
    index: async () => index,
    list: async (hash) => (hash === list.hash ? list : null),
    page: async (hash) => (hash === page.hash ? page : null),
    chunks: async (hashes) => content.filter(({ hash }) => hashes.includes(hash)),
  };
}

export const vps: OrderItem = { product: 'vps-s', term: '1M', quantity: 1, options: { ram: '8g', ip: 2 } };
export const domain: OrderItem = { product: 'com', term: '1Y', quantity: 1, options: {}, action: 'register' };
export const oneOff: OrderItem = { product: 'fix', term: 'once', quantity: 1, options: {} };

/** The lock of service 900: the server above at 12.40 a month. */
export function lockOf(changes: Partial<PriceLock> = {}): PriceLock {
  return {
    serviceId: '900',
    clientId: '42',
    product: 'vps-s',
    term: '1M',
    currency: 'USD',
    quantity: 1,
    unitPrice: '12.40',
    components: [
      { component: 'base', quantity: 1, unit: '8.00' },
      { component: 'ip', quantity: 2, unit: '1.00' },
      { component: 'ram:8g', quantity: 1, unit: '2.40' },
    ],
    listHash: listOf(chunks).list.hash,
    lockedAt: at(nowMs),
    status: 'active',
    ...changes,
  };
}
