import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOfChunk, hashOfIndex, hashOfList, hashOfPage } from '../../hooks/contract/content-hash.ts';
import type { HostEvent, PriceChunk, PriceIndex } from '../../hooks/contract/index.ts';
import { createKeys } from '../../hooks/transport/keys.ts';
import { PluginError } from '../../hooks/transport/plugin-error.ts';
import type { PluginPort } from '../../hooks/transport/plugin-port.ts';
import { createSqliteStore } from '../../hooks/bridge/sqlite-store.ts';
import { readCatalogue } from '../../hooks/hosts/sandbox/catalogue.ts';
import { createSandbox } from '../../hooks/hosts/sandbox/create-sandbox.ts';
import { openDatabase } from '../../hooks/hosts/sandbox/database.ts';
import { createHost, load, type Host } from '../../hooks/hosts/sandbox/kit.ts';
import { seed } from '../../hooks/hosts/sandbox/seed.ts';
import { createSession } from '../../hooks/hosts/sandbox/sessions.ts';

/** When the tests begin: a winter morning in the provider's zone. */
export const startMs = Date.parse('2027-01-10T09:00:00Z');

/** Retail less 20 %, rounded half away from zero. */
function twentyOff(amount: string): string {
  const digits = amount.includes('.') ? 2 : 0;
  return (Math.round(Number(amount) * 10 ** digits * 0.8) / 10 ** digits).toFixed(digits);
}

function chunksOf(host: Host): PriceChunk[] {
  return readCatalogue(host).catalogue.products.map(({ id, components }) => {
    const rows = components.flatMap((part) =>
      part.prices.flatMap(({ term, currency, price, setup }) => {
        const row = { component: part.id, term, currency, source: 'tier_rate', bp: 2000, adjusted: null };
        const charges = [
          { ...row, charge: 'price' as const, retail: price ?? '', wholesale: twentyOff(price ?? '0') },
          { ...row, charge: 'setup' as const, retail: setup ?? '', wholesale: setup ?? '' },
        ];
        return charges.filter(({ retail }) => retail !== '');
      }),
    );
    const shapes = components.map((part) => ({
      id: part.id,
      kind: part.kind,
      ...(part.option ? { option: part.option } : {}),
    }));
    const content = { product: id, components: shapes, rows, omitted: [] };
    return { hash: hashOfChunk(content), ...content };
  });
}

export type Reseller = Partial<PriceIndex['entries'][0]> & { clientId: string };

/** A plugin in memory: every reseller has all products at 20 % off; `away` makes it unreachable. */
export function createMemoryPlugin(host: () => Host, resellers: Reseller[], changes: Partial<PriceIndex>) {
  const state = { away: false, received: [] as HostEvent[], resellers, changes };
  function lists() {
    const chunks = chunksOf(host());
    const entries = chunks.map(({ product, hash }) => ({ product, chunk: hash }));
    const page = { hash: hashOfPage({ entries }), entries };
    const list = { hash: hashOfList({ pages: [page.hash] }), pages: [page.hash] };
    const content: Omit<PriceIndex, 'revision'> = {
      format: 'price-index/1',
      at: '2027-01-10T08:00:00Z',
      programme: 'on',
      coupons: 'refuse',
      currencies: readCatalogue(host()).catalogue.currencies,
      catalogueTax: 'net',
      setupPerQuantity: false,
      refuseAfterSeconds: 7 * 86_400,
      entries: state.resellers.map((reseller) => ({
        resellerId: `rsl_${reseller.clientId}`,
        state: 'active',
        publicReason: null,
        lists: [{ hash: list.hash, validFrom: '2027-01-01T00:00:00Z', validUntil: null }],
        ...reseller,
      })),
      ...state.changes,
    };
    return { chunks, page, list, index: { revision: hashOfIndex(content), ...content } };
  }
  const present = () => {
    if (state.away) throw new PluginError('unreachable');
  };
  const port: PluginPort = {
    async sendEvents(events) {
      present();
      state.received.push(...events);
      return events.map(({ id }) => ({ id, outcome: 'applied' }));
    },
    async pullIndex(etag) {
      present();
      const { index } = lists();
      return index.revision === etag ? { changed: false } : { changed: true, index };
    },
    pullList: async () => lists().list,
    pullPage: async () => lists().page,
    pullChunks: async (hashes) => lists().chunks.filter(({ hash }) => hashes.includes(hash)),
  };
  return { port, state };
}

let template: string | undefined;

/** A seeded database of its own for each test. Passwords are slow to hash, so they are hashed once. */
function openSeeded() {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  if (template === undefined) {
    template = join(folder, 'template.sqlite');
    const database = openDatabase(template);
    const host = createHost(database, createSqliteStore(database), () => startMs);
    seed(host, { adminPassword: 'admin-pass', resellerPassword: 'reseller-pass', clientPassword: 'client-pass' });
    database.close();
  }
  copyFileSync(template, join(folder, 'sandbox.sqlite'));
  return openDatabase(join(folder, 'sandbox.sqlite'));
}

/** A seeded sandbox, its clock under control, with people logged in. */
export async function createTestSandbox(
  resellers: Reseller[] = [{ clientId: '1' }],
  changes: Partial<PriceIndex> = {},
) {
  const database = openSeeded();
  const clock = { nowMs: startMs };
  const plugin = createMemoryPlugin(() => sandbox.host, resellers, changes);
  const keys = createKeys();
  const options = { database, keys, serviceUrl: 'http://127.0.0.1:3900', plugin: plugin.port, now: () => clock.nowMs };
  const sandbox = createSandbox(options);
  if (resellers.length > 0) await sandbox.jobs.pull();

  async function call(token: string | null, method: string, path: string, content?: unknown) {
    const headers = {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
    const body = content === undefined ? {} : { body: typeof content === 'string' ? content : JSON.stringify(content) };
    const response = await sandbox.app.request(path, { method, headers, ...body });
    return { status: response.status, body: (await response.json()) as Body };
  }
  function person(id: string) {
    const token = createSession(sandbox.host, load(sandbox.host, 'client', id), []);
    return {
      token,
      get: (path: string) => call(token, 'GET', path),
      post: (path: string, content: unknown = {}) => call(token, 'POST', path, content),
      /** Orders and answers what the checkout said. */
      order: async (lines: object[], more: object = {}) =>
        (await call(token, 'POST', '/api/checkout', { format: 'order/1', currency: 'USD', lines, ...more })).body,
    };
  }
  const anybody = {
    get: (path: string) => call(null, 'GET', path),
    post: (path: string, body: unknown = {}) => call(null, 'POST', path, body),
  };
  const [admin, reseller, client] = [person('4'), person('1'), person('2')];
  const eventTypes = () => sandbox.store.eventsAfter(0, 1000).map(({ event }) => event.type);
  return { ...sandbox, clock, plugin, keys, admin, reseller, client, anybody, eventTypes };
}

/** A JSON answer whose fields a test reads by name. */
export type Body = Record<string, Field>;
export type Field = string & Record<string, string & Record<string, string>> & Field[];
export const vps = { product: 'vps-s', term: '1M', quantity: 1, options: { ram: '8g', ip: 2 } };
