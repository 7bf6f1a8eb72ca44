import type { PriceChunk, PriceIndex, PriceListManifest, PriceLock } from '../contract/index.ts';
import { createMemoryOutbox } from './memory-outbox.ts';
import type { BridgeStore } from './store.ts';

interface Held {
  index: PriceIndex;
  confirmedAtMs: number;
  lists: Map<string, PriceListManifest>;
  /** Per page: which chunk prices which product. */
  pages: Map<string, Map<string, string>>;
  chunks: Map<string, PriceChunk>;
}

type Update = Parameters<BridgeStore['writeIndex']>[0];

/** A BridgeStore in memory, for a plugin that runs inside its host's process, and for tests. Nothing survives a restart. */
export function createMemoryBridgeStore(): BridgeStore {
  let held: Held | null = null;
  const locks = new Map<string, PriceLock>();

  return {
    readIndex: () => (held === null ? null : { index: held.index, confirmedAtMs: held.confirmedAtMs }),
    writeIndex(update) {
      held = replace(held, update);
    },
    confirmIndex(confirmedAtMs) {
      if (held !== null) held = { ...held, confirmedAtMs };
    },
    heldHashes: (hashes) => new Set(hashes.filter((hash) => held !== null && holds(held, hash))),
    readList: (hash) => held?.lists.get(hash) ?? null,
    readChunk(listHash, product) {
      for (const page of held?.lists.get(listHash)?.pages ?? []) {
        const chunk = held?.pages.get(page)?.get(product);
        if (chunk !== undefined) return held?.chunks.get(chunk) ?? null;
      }
      return null;
    },

    readLock: (serviceId) => structuredClone(locks.get(serviceId) ?? null),
    writeLock(lock) {
      const before = locks.get(lock.serviceId);
      if (before !== undefined && Date.parse(lock.lockedAt) < Date.parse(before.lockedAt)) return false;
      locks.set(lock.serviceId, structuredClone(lock));
      return true;
    },
    readLocks: (clientId) =>
      structuredClone([...locks.values()].filter((lock) => clientId === null || lock.clientId === clientId)),

    ...createMemoryOutbox(),
  };
}

function holds(held: Held, hash: string): boolean {
  return held.lists.has(hash) || held.pages.has(hash) || held.chunks.has(hash);
}

/**
 * What is held after an update: what the new index names, taken from the update or from what was held.
 * @throws Error when something named is in neither; nothing has changed then.
 */
function replace(before: Held | null, update: Update): Held {
  const sentLists = new Map(update.lists.map((list) => [list.hash, list]));
  const sentPages = new Map(
    update.pages.map((page) => [page.hash, new Map(page.entries.map(({ product, chunk }) => [product, chunk]))]),
  );
  const sentChunks = new Map(update.chunks.map((chunk) => [chunk.hash, chunk]));

  const listHashes = update.index.entries.flatMap((entry) => entry.lists.map(({ hash }) => hash));
  const lists = pick(listHashes, sentLists, before?.lists);
  const pages = pick(
    [...lists.values()].flatMap((list) => list.pages),
    sentPages,
    before?.pages,
  );
  const chunks = pick(
    [...pages.values()].flatMap((page) => Array.from(page.values())),
    sentChunks,
    before?.chunks,
  );
  return { index: update.index, confirmedAtMs: update.confirmedAtMs, lists, pages, chunks };
}

function pick<Value>(hashes: string[], sent: Map<string, Value>, held: Map<string, Value> | undefined) {
  const picked = new Map<string, Value>();
  for (const hash of hashes) {
    const value = sent.get(hash) ?? held?.get(hash);
    if (value === undefined) throw new Error(`the update names ${hash} but does not bring it`);
    picked.set(hash, value);
  }
  return picked;
}
