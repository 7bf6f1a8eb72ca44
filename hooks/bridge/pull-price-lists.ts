import { hashOfChunk, hashOfIndex, hashOfList, hashOfPage } from '../contract/content-hash.ts';
import type { PriceChunk, PriceIndex, PriceListManifest, PriceListPage } from '../contract/index.ts';
import { PluginError } from '../transport/plugin-error.ts';
import { MAX_CHUNKS_PER_PULL, type PluginPort } from '../transport/plugin-port.ts';
import type { BridgeStore } from './store.ts';

/** What a pull did. */
export interface PullReport {
  changed: boolean;
  written: { lists: number; pages: number; chunks: number };
}

interface Pulled {
  lists: PriceListManifest[];
  pages: PriceListPage[];
  chunks: PriceChunk[];
}

/** Requests that run side by side while chunks are pulled. */
const SIDE_BY_SIDE = 4;

/**
 * Brings the bridge's price lists up to date: the index if it changed, then only those lists, pages and chunks that
 * are not held. Every content hash is computed again; everything is written at once, or nothing at all.
 * @param nowMs the host's clock in UTC milliseconds: the moment up to which the lists count as confirmed.
 * @throws PluginError when the plugin cannot be asked, or something it sent is not what its hash says.
 */
export async function pullPriceLists(store: BridgeStore, plugin: PluginPort, nowMs: number): Promise<PullReport> {
  const revision = store.readIndex()?.index.revision ?? null;
  const answer = await plugin.pullIndex(revision);
  if (!answer.changed) {
    store.confirmIndex(nowMs);
    return { changed: false, written: { lists: 0, pages: 0, chunks: 0 } };
  }
  requireHash('index', hashOfIndex(answer.index), answer.index.revision);
  const pulled = await pullMissing(store, plugin, answer.index);
  // Another pull may have replaced what this one counted on as held. It is at least as new, so it stands.
  if ((store.readIndex()?.index.revision ?? null) !== revision) {
    return { changed: false, written: { lists: 0, pages: 0, chunks: 0 } };
  }
  store.writeIndex({ index: answer.index, confirmedAtMs: nowMs, ...pulled });
  const { lists, pages, chunks } = pulled;
  return { changed: true, written: { lists: lists.length, pages: pages.length, chunks: chunks.length } };
}

async function pullMissing(store: BridgeStore, plugin: PluginPort, index: PriceIndex): Promise<Pulled> {
  const missing = (hashes: string[]): string[] => {
    const wanted = [...new Set(hashes)];
    const held = store.heldHashes(wanted);
    return wanted.filter((hash) => !held.has(hash));
  };

  const lists: PriceListManifest[] = [];
  for (const hash of missing(index.entries.flatMap((entry) => entry.lists.map((list) => list.hash)))) {
    const list = await plugin.pullList(hash);
    requireHash('list', hashOfList(list), hash, list.hash);
    lists.push(list);
  }
  const pages: PriceListPage[] = [];
  for (const hash of missing(lists.flatMap((list) => list.pages))) {
    const page = await plugin.pullPage(hash);
    requireHash('page', hashOfPage(page), hash, page.hash);
    pages.push(page);
  }
  const entries = pages.flatMap((page) => page.entries);
  const chunks = await pullChunks(plugin, missing(entries.map(({ chunk }) => chunk)));
  requireProducts(entries, chunks);
  return { lists, pages, chunks };
}

async function pullChunks(plugin: PluginPort, hashes: string[]): Promise<PriceChunk[]> {
  const batches: string[][] = [];
  for (let start = 0; start < hashes.length; start += MAX_CHUNKS_PER_PULL) {
    batches.push(hashes.slice(start, start + MAX_CHUNKS_PER_PULL));
  }
  const chunks: PriceChunk[] = [];
  for (let start = 0; start < batches.length; start += SIDE_BY_SIDE) {
    const side = batches.slice(start, start + SIDE_BY_SIDE).map((batch) => pullBatch(plugin, batch));
    for (const batch of await Promise.all(side)) chunks.push(...batch);
  }
  return chunks;
}

async function pullBatch(plugin: PluginPort, hashes: string[]): Promise<PriceChunk[]> {
  const answered = new Map((await plugin.pullChunks(hashes)).map((chunk) => [chunk.hash, chunk]));
  return hashes.map((hash) => {
    const chunk = answered.get(hash);
    if (chunk === undefined) throw new PluginError('bad_answer', `The plugin did not send the chunk ${hash}.`);
    requireHash('chunk', hashOfChunk(chunk), hash);
    return chunk;
  });
}

function requireHash(what: string, computed: string, ...stated: string[]): void {
  if (stated.every((hash) => hash === computed)) return;
  throw new PluginError('bad_answer', `The ${what} ${stated[0]} is not what its hash says: nothing was stored.`);
}

/** A page that names another product's chunk would sell one product at another's price. */
function requireProducts(entries: PriceListPage['entries'], chunks: PriceChunk[]): void {
  const products = new Map(chunks.map(({ hash, product }) => [hash, product]));
  for (const { product, chunk } of entries) {
    if ((products.get(chunk) ?? product) === product) continue;
    throw new PluginError('bad_answer', `The chunk ${chunk} prices another product than its page says.`);
  }
}
