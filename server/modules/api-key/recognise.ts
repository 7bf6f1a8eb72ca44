import type { EntityManager } from '@mikro-orm/postgresql';
import { ApiKey } from './entity.ts';
import { keyDigest, looksLikeKey, shownPart } from './format.ts';
import { keyRow } from './row.ts';

/**
 * Every key of ours, wherever it stands in a text. The expression is the one of docs/keys.md, for scanners of secrets; what
 * it finds is a key only if the checksum, the last eight characters, fits.
 */
const KEYS = /rsk_(?:live|test)(?:_signed)?_[A-Za-z0-9_-]{43}_[0-9a-f]{8}/g;

export interface Recognised {
  key: string;
  /** What may be shown of it. */
  prefix: string;
  /** Of the text, counted from 1. */
  line: number;
}

/** The keys in a text, each once, at its first line. */
export function recogniseKeys(text: string): Recognised[] {
  const found = new Map<string, Recognised>();
  for (const [at, line] of text.split('\n').entries())
    for (const [key] of line.matchAll(KEYS))
      if (looksLikeKey(key) && !found.has(key)) found.set(key, { key, prefix: shownPart(key), line: at + 1 });
  return [...found.values()];
}

/** What a key of ours is here; null for one that this installation does not know. */
export async function identifyKey(em: EntityManager, key: string, now: Date) {
  const found = await em.findOne(ApiKey, { digest: keyDigest(key) });
  if (!found) return null;
  const { id, name, resellerId, status, lastUsedAt } = keyRow(found, now);
  return { id, name, resellerId, status, lastUsedAt };
}
