import { expect, test } from 'vitest';
import { keyDigest, looksLikeKey, newKey } from './format.ts';

test('a new key is recognised, and a changed one is not', () => {
  const key = newKey('live');
  expect(looksLikeKey(key)).toBe(true);
  const changed = key.replace(/.(?=_[0-9a-f]{8}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
  expect(looksLikeKey(changed)).toBe(false);
  expect(looksLikeKey('rsk_live_short_00000000')).toBe(false);
});

test('no two keys are alike, and the digest tells nothing of the key', () => {
  const keys = Array.from({ length: 100 }, () => newKey('test'));
  expect(new Set(keys).size).toBe(100);
  expect(keyDigest(keys[0]!).toString('hex')).not.toContain(keys[0]!);
  expect(keyDigest(keys[0]!)).toHaveLength(32);
});
