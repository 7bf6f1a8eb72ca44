import type { EntityManager } from '@mikro-orm/postgresql';
import { hashOfChunk, hashOfList, hashOfPage } from '../../../hooks/contract/content-hash.ts';
import type { PriceChunk } from '../../../hooks/contract/index.ts';
import { compileProduct } from '../../pricing/compile-product.ts';
import type { CatalogueMeta, Product } from '../../pricing/formats/catalogue.ts';
import type { RuleStack } from '../../pricing/rule-stack.ts';
import { productText, sliceKeyOf } from '../../pricing/slice-key.ts';
import { stackSlice } from '../../pricing/stack-slice.ts';
import { PAGE_COUNT, pageOf } from './pages.ts';
import { packChunk, type PriceReader, type StoredChunk } from './reader.ts';

/** Products compiled and written at once. */
const BATCH = 250;

export interface Compilation {
  meta: CatalogueMeta;
  /** Products to (re)compile. */
  products: Product[];
  /** Products that left the catalogue. */
  removed: string[];
  /** The list to start from; null compiles from nothing. */
  previous: string | null;
}

/** Rows written, for tests and figures. */
export interface Written {
  chunks: number;
  pages: number;
  lists: number;
}

/**
 * Compiles products under one rule set and puts them in place of their old chunks: writes only what no hash names yet.
 * Returns the hash of the list. Runs in the caller's transaction.
 */
export async function compileList(
  em: EntityManager,
  reader: PriceReader,
  stack: RuleStack,
  { meta, products, removed, previous }: Compilation,
  written: Written,
): Promise<string> {
  const pages = previous === null ? null : await reader.list(em, previous);
  const hashes: string[] = pages ? [...pages] : Array.from({ length: PAGE_COUNT }, () => '');
  const changes = Array.from({ length: PAGE_COUNT }, () => new Map<string, string | null>());
  for (const id of removed) changes[pageOf(id)]?.set(id, null);
  for (let start = 0; start < products.length; start += BATCH) {
    const batch = await compileBatch(em, stack, meta, products.slice(start, start + BATCH), written);
    for (const [id, chunk] of batch) changes[pageOf(id)]?.set(id, chunk);
  }
  const newPages: { hash: string; entries: [string, string][] }[] = [];
  for (const [number, change] of changes.entries()) {
    if (change.size === 0 && hashes[number] !== '') continue;
    const old = hashes[number] ? await reader.page(em, hashes[number]) : null;
    const entries = merge(old, change);
    const hash = hashOfPage({ entries: entries.map(([product, chunk]) => ({ product, chunk })) });
    if (hash !== hashes[number]) newPages.push({ hash, entries });
    hashes[number] = hash;
  }
  const list = hashOfList({ pages: hashes });
  if (list === previous) return list;
  written.pages += await insertNew(
    em,
    'price_page',
    ['hash', 'entries'],
    newPages.map(({ hash, entries }) => [hash, JSON.stringify(entries)]),
  );
  written.lists += await insertNew(em, 'price_list', ['hash', 'pages'], [[list, JSON.stringify(hashes)]]);
  return list;
}

function merge(
  old: ReadonlyMap<string, string> | null,
  change: ReadonlyMap<string, string | null>,
): [string, string][] {
  const merged = new Map(old);
  for (const [product, chunk] of change) {
    if (chunk === null) merged.delete(product);
    else merged.set(product, chunk);
  }
  return [...merged].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

async function compileBatch(
  em: EntityManager,
  stack: RuleStack,
  meta: CatalogueMeta,
  products: Product[],
  written: Written,
): Promise<Map<string, string>> {
  const work = products.map((product) => {
    const slice = stackSlice(stack, product);
    return { product, slice, key: sliceKeyOf(productText(meta, product), slice) };
  });
  const known = await em.execute<{ source_key: string; hash: string }[]>(
    'select source_key, hash from price_chunk_source where source_key in (?)',
    [work.map(({ key }) => key)],
  );
  const hashes = new Map(known.map((row) => [row.source_key, row.hash]));
  const fresh = work
    .filter(({ key }) => !hashes.has(key))
    .map(({ product, slice, key }) => {
      const chunk = compileProduct(meta, product, slice) as StoredChunk;
      return { key, hash: hashOfChunk(chunk as Omit<PriceChunk, 'hash'>), product: product.id, body: packChunk(chunk) };
    });
  if (fresh.length > 0) {
    written.chunks += await insertNew(
      em,
      'price_chunk',
      ['hash', 'product', 'body'],
      fresh.map(({ hash, product, body }) => [hash, product, body]),
    );
    await insertNew(
      em,
      'price_chunk_source',
      ['source_key', 'hash'],
      fresh.map(({ key, hash }) => [key, hash]),
    );
    for (const { key, hash } of fresh) hashes.set(key, hash);
  }
  return new Map(work.map(({ product, key }) => [product.id, hashes.get(key) ?? '']));
}

/** Inserts rows that are named by their content: one that exists is the same. Returns how many were new. */
async function insertNew(em: EntityManager, table: string, columns: string[], rows: unknown[][]): Promise<number> {
  if (rows.length === 0) return 0;
  const unique = [...new Map(rows.map((row) => [row[0], row])).values()];
  const marks = unique.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
  const inserted = await em.execute<unknown[]>(
    `insert into ${table} (${columns.join(', ')}) values ${marks} on conflict do nothing returning 1`,
    unique.flat(),
  );
  return inserted.length;
}
