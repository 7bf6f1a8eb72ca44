import { promisify } from 'node:util';
import { zstdCompressSync, zstdDecompress } from 'node:zlib';
import type { EntityManager } from '@mikro-orm/postgresql';
import { LRUCache } from 'lru-cache';
import type { PriceChunk } from '../../../hooks/contract/index.ts';
import { type Cell, type CellName, makeCell } from './cell.ts';
import { pageOf } from './pages.ts';

const decompress = promisify(zstdDecompress);

/** A chunk as it is stored and cached. */
export type StoredChunk = Omit<PriceChunk, 'hash'>;

/** A chunk's JSON as it is stored. */
export function packChunk(text: string): Buffer {
  return zstdCompressSync(text);
}

/**
 * Reads lists, pages and chunks by hash. What a hash names never changes, so it may be kept in memory for ever; the
 * caches are bounded by size.
 */
export class PriceReader {
  readonly #lists = new LRUCache<string, readonly string[]>({ max: 2_000 });
  readonly #pages = new LRUCache<string, ReadonlyMap<string, string>>({ max: 20_000 });
  // Fetched, not set: callers that miss the same chunk at once share one reading.
  readonly #chunks = new LRUCache<string, StoredChunk, EntityManager>({
    maxSize: 100_000,
    sizeCalculation: (chunk) => chunk.rows.length + 1,
    fetchMethod: (hash, _stale, { context: em }) => readChunk(em, hash),
  });
  // Orders ask for few terms and currencies of many products: a chunk in one of them is a twentieth of it.
  readonly #cells = new LRUCache<string, Cell>({ maxSize: 500_000, sizeCalculation: (cell) => cell.parts.size });

  // The way from a list to its cells in one term and currency, which is three look-ups and a digest for each.
  readonly #cellsOfLists = new LRUCache<string, Map<string, Cell>>({ max: 500 });

  /** Hashes of a list's pages, or null when there is no such list. */
  async list(em: EntityManager, hash: string): Promise<readonly string[] | null> {
    const cached = this.#lists.get(hash);
    if (cached) return cached;
    const [row] = await em.execute<{ pages: string[] }[]>('select pages from price_list where hash = ?', [hash]);
    if (!row) return null;
    this.#lists.set(hash, row.pages);
    return row.pages;
  }

  /** Has these lists in memory, by one query for all that are not. */
  async needLists(em: EntityManager, hashes: string[]): Promise<void> {
    const missing = hashes.filter((hash) => !this.#lists.has(hash));
    if (missing.length === 0) return;
    const rows = await em.execute<{ hash: string; pages: string[] }[]>(
      'select hash, pages from price_list where hash in (?)',
      [missing],
    );
    for (const { hash, pages } of rows) this.#lists.set(hash, pages);
  }

  /** Has these pages in memory, by one query for all that are not. */
  async needPages(em: EntityManager, hashes: string[]): Promise<void> {
    const missing = hashes.filter((hash) => !this.#pages.has(hash));
    if (missing.length === 0) return;
    const rows = await em.execute<{ hash: string; entries: [string, string][] }[]>(
      'select hash, entries from price_page where hash in (?)',
      [missing],
    );
    for (const { hash, entries } of rows) this.#pages.set(hash, new Map(entries));
  }

  /** Keeps what was just compiled. A hash names its content also when the transaction that stores it fails. */
  keep(
    lists: { hash: string; pages: readonly string[] }[],
    pages: { hash: string; entries: [string, string][] }[],
  ): void {
    for (const { hash, pages: hashes } of lists) this.#lists.set(hash, hashes);
    for (const { hash, entries } of pages) this.#pages.set(hash, new Map(entries));
  }

  /** Which chunk prices which product on a page. */
  async page(em: EntityManager, hash: string): Promise<ReadonlyMap<string, string> | null> {
    const cached = this.#pages.get(hash);
    if (cached) return cached;
    const [row] = await em.execute<{ entries: [string, string][] }[]>('select entries from price_page where hash = ?', [
      hash,
    ]);
    if (!row) return null;
    const page = new Map(row.entries);
    this.#pages.set(hash, page);
    return page;
  }

  async chunk(em: EntityManager, hash: string): Promise<StoredChunk | null> {
    return (await this.#chunks.fetch(hash, { context: em })) ?? null;
  }

  /** The chunk that prices a product in a list; null when the list does not have the product. */
  async find(em: EntityManager, listHash: string, product: string): Promise<StoredChunk | null> {
    const hash = await this.#chunkOf(em, listHash, product);
    return hash === null ? null : this.chunk(em, hash);
  }

  /**
   * The cell of a product, as find. Answered at once when it is in memory: an order has many lines.
   * @throws RangeError when a stored amount is not in the currency's digits
   */
  cell(em: EntityManager, listHash: string, name: CellName): Cell | Promise<Cell | null> {
    const place = `${name.term} ${name.currency} ${name.digits}`;
    const known = this.#cellsOfLists.get(`${listHash} ${place}`)?.get(name.product);
    return known ?? this.#readCell(em, listHash, name, place);
  }

  async #readCell(em: EntityManager, listHash: string, name: CellName, place: string): Promise<Cell | null> {
    const hash = await this.#chunkOf(em, listHash, name.product);
    const chunk = hash === null ? null : await this.chunk(em, hash);
    if (!chunk) return null;
    const content = `${hash} ${place}`;
    const cell = this.#cells.get(content) ?? makeCell(chunk, name);
    // Terms come from callers: what is not sold is not kept.
    if (cell.parts.size === 0) return cell;
    this.#cells.set(content, cell);
    const key = `${listHash} ${place}`;
    const cells = this.#cellsOfLists.get(key) ?? new Map<string, Cell>();
    this.#cellsOfLists.set(key, cells.set(name.product, cell));
    return cell;
  }

  async #chunkOf(em: EntityManager, listHash: string, product: string): Promise<string | null> {
    const pageHash = (await this.list(em, listHash))?.[pageOf(product)];
    if (!pageHash) return null;
    return (await this.page(em, pageHash))?.get(product) ?? null;
  }
}

async function readChunk(em: EntityManager, hash: string): Promise<StoredChunk | undefined> {
  const [row] = await em.execute<{ body: Buffer }[]>('select body from price_chunk where hash = ?', [hash]);
  return row && (JSON.parse((await decompress(row.body)).toString('utf8')) as StoredChunk);
}
