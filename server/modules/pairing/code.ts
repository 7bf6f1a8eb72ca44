import { createHash, randomBytes } from 'node:crypto';

/** Minutes a code is good for. */
export const CODE_MINUTES = 10;
/** Wrong codes after which every open code ends. */
export const MAX_TRIES = 5;

/** Crockford's base 32: no I, L, O or U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** A new code of 80 random bits, as people read it: XXXX-XXXX-XXXX-XXXX. */
export function newCode(): string {
  // 32 divides 256: every character is equally likely.
  const characters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % 32]).join('');
  return characters.replaceAll(/.{4}(?=.)/g, '$&-');
}

/** What is stored of a code. Forgives dashes, spaces, small letters, and O, I and L typed for 0 and 1. */
export function codeDigest(code: string): Buffer {
  const normalised = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(normalised).digest();
}
