import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const KEY_FORM = /^rsk_(live|test)(_signed)?_[A-Za-z0-9_-]{43}_([0-9a-f]{8})$/;

/** Test keys see the same prices as live ones; what they order stays in test mode. */
export type KeyMode = 'live' | 'test';

/**
 * A new key: readable prefix, 32 random bytes, and a checksum by which a leaked key is recognised without a look-up. One
 * that opens nothing without a signature says so itself: its digest covers that, so nobody can leave it out.
 */
export function newKey(mode: KeyMode, signed = false): string {
  const body = `rsk_${mode}${signed ? '_signed' : ''}_${randomBytes(32).toString('base64url')}`;
  return `${body}_${checksum(body)}`;
}

/** The part of a key that may be shown: its kind and five of its characters, enough to tell keys apart. */
export const shownPart = (key: string): string => /^rsk_(live|test)(_signed)?_.{5}/.exec(key)?.[0] ?? '';

/** True when requests with this key have to be signed. */
export const asksForSignature = (key: string): boolean => KEY_FORM.exec(key)?.[2] !== undefined;

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
