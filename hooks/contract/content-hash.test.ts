import { describe, expect, it } from 'vitest';
import { priceChunk, type PriceChunk } from './index.ts';
import { hashOfChunk, hashOfIndex, hashOfList, hashOfPage } from './content-hash.ts';

const chunk: Omit<PriceChunk, 'hash'> = {
  product: 'vps-s',
  components: [
    { id: 'base', kind: 'base' },
    { id: 'ip', kind: 'option', option: { id: 'ip', type: 'quantity', min: 0, max: 16 } },
  ],
  rows: [
    {
      component: 'base',
      term: '1M',
      currency: 'USD',
      charge: 'price',
      retail: '10.00',
      wholesale: '8.00',
      source: 'tier_rate',
      bp: 2000,
      adjusted: null,
    },
  ],
  omitted: [{ component: 'ip', term: '1M', currency: 'USD', reason: 'not_offered' }],
};

const index = {
  format: 'price-index/1',
  at: '2027-01-01T00:00:00Z',
  programme: 'on',
  coupons: 'refuse',
  currencies: [{ code: 'USD', digits: 2 }],
  catalogueTax: 'net',
  setupPerQuantity: false,
  refuseAfterSeconds: 604_800,
  entries: [],
} as const;

/** The same value with every object's keys in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}

describe('a content hash', () => {
  it('is fixed for all time, so that bridges in other languages agree', () => {
    expect(hashOfChunk(chunk)).toBe('sha256:e29dc0bb782f125624a112950312694755ab5f570c258337892e67fbe2088342');
    expect(hashOfPage({ entries: [{ product: 'vps-s', chunk: hashOfChunk(chunk) }] })).toBe(
      'sha256:96f1d4d2488c7ac900fa2c7b00f2e7ff5d1adc7b722c44296cf4eab15cf3eb54',
    );
    expect(hashOfList({ pages: [] })).toBe('sha256:1de140b2608cb4f774a5446e1bda35b87f0e6b1222b7b1be8b2f255fabe09867');
    expect(hashOfIndex({ ...index, currencies: [...index.currencies], entries: [] })).toBe(
      'sha256:9ae2f47f6188ead8cbdc6942fd8b689252cdd67c9a9834f73d02a202044856a9',
    );
  });

  it('does not depend on the order of keys, on fields of later versions, or on the hash field', () => {
    const later = { ...(reversed(chunk) as typeof chunk), hash: 'x', colour: 'red' };
    expect(hashOfChunk(later)).toBe(hashOfChunk(chunk));
    expect(hashOfChunk(priceChunk.parse({ ...later, hash: hashOfChunk(chunk) }))).toBe(hashOfChunk(chunk));
  });

  it('changes with every amount, option and omission', () => {
    const hashes = [
      chunk,
      { ...chunk, product: 'vps-m' },
      { ...chunk, rows: chunk.rows.map((row) => ({ ...row, wholesale: '8.01' })) },
      { ...chunk, rows: chunk.rows.map((row) => ({ ...row, bp: null })) },
      { ...chunk, components: chunk.components.slice(0, 1) },
      { ...chunk, omitted: [] },
    ].map(hashOfChunk);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('of an index does not change when the same index is made again later', () => {
    const content = { ...index, currencies: [...index.currencies], entries: [] };
    expect(hashOfIndex({ ...content, at: '2027-02-01T00:00:00Z' })).toBe(hashOfIndex(content));
    expect(hashOfIndex({ ...content, coupons: 'allow' })).not.toBe(hashOfIndex(content));
  });
});
