import type { EntityManager } from '@mikro-orm/postgresql';
import { chunkText, hashOfChunkText, hashOfList, hashOfPage } from '../../../hooks/contract/content-hash.ts';
import type { PriceChunk } from '../../../hooks/contract/index.ts';
import { compileProduct } from '../../pricing/compile-product.ts';
import type { CatalogueMeta, Product } from '../../pricing/formats/catalogue.ts';
import type { RuleStack } from '../../pricing/rule-stack.ts';
import { productText, sliceKeyOf } from '../../pricing/slice-key.ts';
import { stackSlice } from '../../pricing/stack-slice.ts';
import { PAGE_COUNT, pageOf } from './pages.ts';
import { packChunk, type PriceReader } from './reader.ts';

/** Chunks compiled and written at once. */
const BATCH = 250;

export interface Compilation {
  meta: CatalogueMeta;
  /** Products to (re)compile. */
  products: Product[];
  /** Products that left the catalogue. */
  removed: string[];
}

/** A list to make: the rules by value, and the list to start from; null compiles from nothing. */
export interface WantedList {
  stack: RuleStack;
  previous: string | null;
}

/** Rows written, for tests and figures. */
export interface Written {
  chunks: number;
  pages: number;
  lists: number;
}

/** One list in the making: its pages' hashes, and what changes on each page (null: the product goes). */
interface Draft extends WantedList {
  pages: string[];
  changes: Map<string, string | null>[];
}

/**
 * Compiles products under each of the rule sets and puts them in place of their old chunks: writes only what no hash
 * names yet, and each kind of row for all lists together, so that the number of statements does not grow with the number
 * of rule sets. Returns the lists' hashes, in order. Runs in the caller's transaction.
 */
export async function compileLists(
  em: EntityManager,
  reader: PriceReader,
  { meta, products, removed }: Compilation,
  wanted: readonly WantedList[],
  written: Written,
): Promise<string[]> {
  // Before there is a reseller nobody's list is wanted.
  if (wanted.length === 0) return [];
  await reader.needLists(
    em,
    wanted.flatMap(({ previous }) => previous ?? []),
  );
  const drafts: Draft[] = [];
  for (const list of wanted) {
    const pages = list.previous === null ? null : await reader.list(em, list.previous);
    const changes = Array.from({ length: PAGE_COUNT }, () => new Map<string, string | null>());
    for (const id of removed) changes[pageOf(id)]?.set(id, null);
    drafts.push({ ...list, changes, pages: pages ? [...pages] : Array.from({ length: PAGE_COUNT }, () => '') });
  }
  const step = Math.max(1, Math.floor(BATCH / Math.max(1, drafts.length)));
  for (let start = 0; start < products.length; start += step) {
    await compileBatch(em, meta, products.slice(start, start + step), drafts, written);
  }
  return writeLists(em, reader, drafts, written);
}

async function writeLists(
  em: EntityManager,
  reader: PriceReader,
  drafts: Draft[],
  written: Written,
): Promise<string[]> {
  const touched = drafts.flatMap(({ pages, changes }) =>
    pages.filter((hash, at) => hash !== '' && (changes[at]?.size ?? 0) > 0),
  );
  await reader.needPages(em, touched);
  const newPages: { hash: string; entries: [string, string][] }[] = [];
  const newLists: { hash: string; pages: string[] }[] = [];
  const hashes: string[] = [];
  for (const { pages, changes, previous } of drafts) {
    for (const [number, change] of changes.entries()) {
      const held = pages[number];
      if (change.size === 0 && held !== '') continue;
      const entries = merge(held ? await reader.page(em, held) : null, change);
      const hash = hashOfPage({ entries: entries.map(([product, chunk]) => ({ product, chunk })) });
      if (hash !== held) newPages.push({ hash, entries });
      pages[number] = hash;
    }
    const hash = hashOfList({ pages });
    if (hash !== previous) newLists.push({ hash, pages });
    hashes.push(hash);
  }
  written.pages += await insertNew(
    em,
    'price_page',
    ['hash', 'entries'],
    newPages.map(({ hash, entries }) => [hash, JSON.stringify(entries)]),
  );
  written.lists += await insertNew(
    em,
    'price_list',
    ['hash', 'pages'],
    newLists.map(({ hash, pages }) => [hash, JSON.stringify(pages)]),
  );
  reader.keep(newLists, newPages);
  return hashes;
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
  meta: CatalogueMeta,
  products: Product[],
  drafts: Draft[],
  written: Written,
): Promise<void> {
  const work = products.flatMap((product) => {
    const text = productText(meta, product);
    return drafts.map(({ stack, changes }) => {
      const slice = stackSlice(stack, product);
      return { product, slice, changes, key: sliceKeyOf(text, slice) };
    });
  });
  const known = await em.execute<{ source_key: string; hash: string }[]>(
    'select source_key, hash from price_chunk_source where source_key in (?)',
    [[...new Set(work.map(({ key }) => key))]],
  );
  const hashes = new Map(known.map((row) => [row.source_key, row.hash]));
  const chunks: unknown[][] = [];
  const sources: unknown[][] = [];
  for (const { product, slice, key, changes } of work) {
    let hash = hashes.get(key);
    if (hash === undefined) {
      const text = chunkText(compileProduct(meta, product, slice) as Omit<PriceChunk, 'hash'>);
      hash = hashOfChunkText(text);
      hashes.set(key, hash);
      chunks.push([hash, product.id, packChunk(text)]);
      sources.push([key, hash]);
    }
    changes[pageOf(product.id)]?.set(product.id, hash);
  }
  written.chunks += await insertNew(em, 'price_chunk', ['hash', 'product', 'body'], chunks);
  await insertNew(em, 'price_chunk_source', ['source_key', 'hash'], sources);
}

/** Inserts rows that are named by their content: one that exists is the same. Returns how many were new. */
export async function insertNew(
  em: EntityManager,
  table: string,
  columns: string[],
  rows: unknown[][],
): Promise<number> {
  if (rows.length === 0) return 0;
  const unique = [...new Map(rows.map((row) => [row[0], row])).values()];
  const marks = unique.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
  const inserted = await em.execute<unknown[]>(
    `insert into ${table} (${columns.join(', ')}) values ${marks} on conflict do nothing returning 1`,
    unique.flat(),
  );
  return inserted.length;
}
