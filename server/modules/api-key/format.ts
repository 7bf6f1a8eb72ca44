import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const KEY_FORM = /^rsk_(live|test)_([A-Za-z0-9_-]{43})_([0-9a-f]{8})$/;

/** Test keys see the same prices as live ones; what they order stays in test mode. */
export type KeyMode = 'live' | 'test';

/** A new key: readable prefix, 32 random bytes, and a checksum by which a leaked key is recognised without a look-up. */
export function newKey(mode: KeyMode): string {
  const body = `rsk_${mode}_${randomBytes(32).toString('base64url')}`;
  return `${body}_${checksum(body)}`;
}

/** True if the text has the form of a key of ours and its checksum fits. */
export function looksLikeKey(text: string): boolean {
  const match = KEY_FORM.exec(text);
  return match !== null && checksum(text.slice(0, -9)) === match[3];
}

/** What is stored and looked up: SHA-256 of the whole key. */
export function keyDigest(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}
