import type { PriceIndex, PriceIndexEntry } from '../contract/index.ts';

const byClient = new WeakMap<PriceIndex, Map<string, PriceIndexEntry>>();

/** The entry of a client account in an index, null for an ordinary client. Looked up many times per index, so kept as a map. */
export function findEntry(index: PriceIndex, clientId: string): PriceIndexEntry | null {
  let entries = byClient.get(index);
  if (entries === undefined) {
    entries = new Map(index.entries.map((entry) => [entry.clientId, entry]));
    byClient.set(index, entries);
  }
  return entries.get(clientId) ?? null;
}

/**
 * The list that holds at a moment: validFrom ≤ now < validUntil, on the host's clock (rule 17). Where several hold,
 * the one that began last. Null when none does.
 */
export function listAt(entry: PriceIndexEntry, nowMs: number): string | null {
  let best: { hash: string; fromMs: number } | null = null;
  for (const { hash, validFrom, validUntil } of entry.lists) {
    const fromMs = Date.parse(validFrom);
    if (fromMs > nowMs || (validUntil !== null && nowMs >= Date.parse(validUntil))) continue;
    if (best === null || fromMs >= best.fromMs) best = { hash, fromMs };
  }
  return best?.hash ?? null;
}
