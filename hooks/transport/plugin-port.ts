import type {
  HostEvent,
  IntakeResult,
  PriceChunk,
  PriceIndex,
  PriceListManifest,
  PriceListPage,
} from '../contract/index.ts';

/** Most chunks in one pull. */
export const MAX_CHUNKS_PER_PULL = 50;

/** The index when it differs from the one in hand. */
export type IndexAnswer = { changed: false } | { changed: true; index: PriceIndex };

/** The plugin as a bridge sees it, over HTTP or in the same process. Every function may throw PluginError. */
export interface PluginPort {
  /** Delivers at most 100 events. An event without a result was not taken. */
  sendEvents(events: HostEvent[]): Promise<IntakeResult[]>;
  /** The price index, unless its revision is still `etag`. Null: none is in hand. */
  pullIndex(etag: string | null): Promise<IndexAnswer>;
  pullList(hash: string): Promise<PriceListManifest>;
  pullPage(hash: string): Promise<PriceListPage>;
  /** At most 50 chunks, in any order. */
  pullChunks(hashes: string[]): Promise<PriceChunk[]>;
}
