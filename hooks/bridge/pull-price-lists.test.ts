import { describe, expect, it } from 'vitest';
import type { PriceChunk } from '../contract/index.ts';
import { hashOfChunk } from '../contract/content-hash.ts';
import { inProcessPlugin, type PriceListSource } from '../transport/in-process.ts';
import { PluginError } from '../transport/plugin-error.ts';
import type { PluginPort } from '../transport/plugin-port.ts';
import { createMemoryBridgeStore } from './memory-store.ts';
import { pullPriceLists } from './pull-price-lists.ts';
import { chunks, indexOf, listOf, nowMs, sourceOf, storeOf } from './testing.ts';

function plugin(source: PriceListSource): PluginPort {
  return inProcessPlugin(async () => ({ outcome: 'applied' }), source);
}

const nothing = { lists: 0, pages: 0, chunks: 0 };
const changed = structuredClone(chunks[2]) as PriceChunk;
for (const row of changed.rows) row.wholesale = '30.00';
changed.hash = hashOfChunk(changed);
const nextChunks = [...chunks.slice(0, 2), changed];
const nextLists = [{ hash: listOf(nextChunks).list.hash, validFrom: '2027-01-01T00:00:00Z', validUntil: null }];

describe('a pull of price lists', () => {
  it('brings index, lists, pages and chunks, ready to price with', async () => {
    const store = createMemoryBridgeStore();
    const report = await pullPriceLists(store, plugin(sourceOf(indexOf())), nowMs);
    expect(report).toEqual({ changed: true, written: { lists: 1, pages: 1, chunks: 3 } });
    expect(store.readIndex()).toEqual({ index: indexOf(), confirmedAtMs: nowMs });
    expect(store.readChunk(listOf(chunks).list.hash, 'fix')).toEqual(chunks[2]);
  });

  it('only confirms when nothing changed', async () => {
    const store = storeOf(indexOf());
    const report = await pullPriceLists(store, plugin(sourceOf(indexOf())), nowMs + 5000);
    expect(report).toEqual({ changed: false, written: nothing });
    expect(store.readIndex()?.confirmedAtMs).toBe(nowMs + 5000);
  });

  it('brings only what is not held, and drops what no list names any more', async () => {
    const store = storeOf(indexOf());
    const source = sourceOf(indexOf({ lists: nextLists }), nextChunks);
    const asked: string[] = [];
    const counting = { ...source, chunks: (hashes: string[]) => (asked.push(...hashes), source.chunks(hashes)) };
    const report = await pullPriceLists(store, plugin(counting), nowMs);
    expect(report.written).toEqual({ lists: 1, pages: 1, chunks: 1 });
    expect(asked).toEqual([changed.hash]);
    expect(store.readList(listOf(chunks).list.hash)).toBeNull();
    expect(store.heldHashes([chunks[2]?.hash ?? '', changed.hash])).toEqual(new Set([changed.hash]));
  });

  it('brings only a new state when the lists are the same', async () => {
    const store = storeOf(indexOf());
    const suspended = sourceOf(indexOf({ state: 'suspended' }));
    expect(await pullPriceLists(store, plugin(suspended), nowMs)).toEqual({ changed: true, written: nothing });
    expect(store.readIndex()?.index.entries[0]?.state).toBe('suspended');
  });

  it('writes nothing when an index, list, page or chunk is not what its hash says', async () => {
    const index = indexOf({ lists: nextLists });
    const good = sourceOf(index, nextChunks);
    const list = listOf(nextChunks).list;
    const page = listOf(nextChunks).page;
    const forgeries: PriceListSource[] = [
      { ...good, index: async () => ({ ...index, coupons: 'allow' }) },
      { ...good, list: async () => ({ ...list, pages: [] }) },
      { ...good, list: async () => listOf(chunks).list },
      { ...good, page: async () => ({ ...page, entries: page.entries.slice(1) }) },
      { ...good, chunks: async () => [{ ...changed, rows: [] }] },
      { ...good, chunks: async () => [] },
    ];
    for (const forged of forgeries) {
      const store = storeOf(indexOf());
      await expect(pullPriceLists(store, plugin(forged), nowMs + 1)).rejects.toThrow(PluginError);
      expect(store.readIndex()).toEqual({ index: indexOf(), confirmedAtMs: nowMs });
      expect(store.heldHashes([changed.hash, list.hash, page.hash]).size).toBe(0);
    }
  });

  it("refuses a page that sells a product at another product's price", async () => {
    const swapped = structuredClone(chunks);
    for (const [position, chunk] of swapped.entries()) chunk.product = chunks[(position + 1) % 3]?.product ?? '';
    const { list, page } = listOf(swapped);
    const index = indexOf({ lists: [{ hash: list.hash, validFrom: '2027-01-01T00:00:00Z', validUntil: null }] });
    const source = { ...sourceOf(index), list: async () => list, page: async () => page };
    await expect(pullPriceLists(createMemoryBridgeStore(), plugin(source), nowMs)).rejects.toThrow('another product');
  });

  it('leaves a newer pull alone that finished meanwhile', async () => {
    const store = storeOf(indexOf());
    const source = sourceOf(indexOf({ lists: nextLists }), nextChunks);
    const newest = indexOf({ state: 'suspended' });
    const slow: PriceListSource = {
      ...source,
      async list(hash) {
        await pullPriceLists(store, plugin(sourceOf(newest)), nowMs);
        return source.list(hash);
      },
    };
    expect(await pullPriceLists(store, plugin(slow), nowMs)).toEqual({ changed: false, written: nothing });
    expect(store.readIndex()?.index).toEqual(newest);
  });

  it('fails without an effect when the plugin has no index yet', async () => {
    const store = createMemoryBridgeStore();
    await expect(
      pullPriceLists(
        store,
        inProcessPlugin(async () => ({ outcome: 'applied' })),
        nowMs,
      ),
    ).rejects.toThrow(PluginError);
    expect(store.readIndex()).toBeNull();
  });
});
