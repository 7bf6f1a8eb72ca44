import type {
  HostEvent,
  PriceChunk,
  PriceIndex,
  PriceListManifest,
  PriceListPage,
  PriceLock,
} from '../contract/index.ts';

/** A next attempt at this moment means parked: never due again, and later events of its aggregate do not wait for it. */
export const NEVER_MS = Number.MAX_SAFE_INTEGER;

/**
 * The tables of its own that a bridge keeps inside the host: price lists in use, price locks, outbox.
 * All functions are synchronous for the caller's transaction: a host hook writes locks and events in the very
 * transaction that commits the order, so that neither exists without the other.
 */
export interface BridgeStore {
  /** The last index that was pulled, with the moment it was last confirmed (UTC milliseconds); null before the first. */
  readIndex(): { index: PriceIndex; confirmedAtMs: number } | null;
  /** Replaces index, and every list, page and chunk that is new, at once; drops what no list names any more. */
  writeIndex(update: {
    index: PriceIndex;
    confirmedAtMs: number;
    lists: PriceListManifest[];
    pages: PriceListPage[];
    chunks: PriceChunk[];
  }): void;
  /** Records that the index in hand is still the current one. */
  confirmIndex(confirmedAtMs: number): void;
  /** Which of these content hashes are held already. */
  heldHashes(hashes: string[]): Set<string>;
  readList(hash: string): PriceListManifest | null;
  /** The chunk that prices a product in a list, or null when the list lacks the product. */
  readChunk(listHash: string, product: string): PriceChunk | null;

  readLock(serviceId: string): PriceLock | null;
  /** Inserts, or replaces the service's lock when the given one is not older (`lockedAt`). True if written. */
  writeLock(lock: PriceLock): boolean;
  readLocks(clientId: string | null): PriceLock[];

  /** Appends to the outbox; `sequence` is the cursor of changes.read. */
  appendEvent(event: HostEvent): void;
  /** Events that are due, oldest first; an event of an aggregate waits for its older undelivered ones (not for parked). */
  dueEvents(nowMs: number, limit: number): { sequence: number; attempts: number; event: HostEvent }[];
  markDelivered(sequence: number): void;
  /** Records a failed attempt; `attempts` counts all failed ones. NEVER_MS as next attempt parks the event. */
  markFailed(sequence: number, attempts: number, nextAttemptMs: number, reason: string): void;
  /** Every event that waits is due at once, whatever its next attempt; parked ones stay parked. */
  wakeEvents(): void;
  /** Kept events after a sequence number, delivered or not (at least 30 days are kept). */
  eventsAfter(sequence: number, limit: number): { sequence: number; event: HostEvent }[];
}
