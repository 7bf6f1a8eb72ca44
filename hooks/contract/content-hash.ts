import { createHash } from 'node:crypto';
import type { PriceChunk, PriceIndex, PriceListManifest, PriceListPage } from './objects/price-list.ts';

/*
 * Content hashes: SHA-256 over a name of the format, a line feed, and the object as JSON without white space, without
 * the field that holds the hash. Keys stand in the order written below, absent optional fields are left out, text is
 * escaped as ECMAScript's JSON.stringify does (PHP: JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE |
 * JSON_UNESCAPED_LINE_TERMINATORS). A field that is added to the contract later is not part of a hash until the number
 * in the format's name grows, so that ends of different age agree.
 */

function hash(format: string, content: unknown): string {
  return hashOfText(format, JSON.stringify(content));
}

function hashOfText(format: string, text: string): string {
  return `sha256:${createHash('sha256').update(`${format}\n`).update(text).digest('hex')}`;
}

type Component = PriceChunk['components'][number];

function optionContent(option: NonNullable<Component['option']>): object {
  if (option.type === 'choice') {
    return { id: option.id, type: option.type, choice: option.choice, required: option.required };
  }
  if (option.type === 'quantity') return { id: option.id, type: option.type, min: option.min, max: option.max };
  return { id: option.id, type: option.type };
}

/** The content hash of a chunk: all of it but `hash`; rows, components and omissions in the order they stand. */
export function hashOfChunk(chunk: Omit<PriceChunk, 'hash'>): string {
  return hashOfChunkText(chunkText(chunk));
}

/** The content hash of a chunk whose text is at hand. */
export function hashOfChunkText(text: string): string {
  return hashOfText('price-chunk/1', text);
}

/** The text a chunk's hash is made of; it is the chunk itself as JSON, so it can be stored as it is. */
export function chunkText(chunk: Omit<PriceChunk, 'hash'>): string {
  return JSON.stringify({
    product: chunk.product,
    components: chunk.components.map(({ id, kind, option }) =>
      option === undefined ? { id, kind } : { id, kind, option: optionContent(option) },
    ),
    rows: chunk.rows.map((row) => ({
      component: row.component,
      term: row.term,
      currency: row.currency,
      charge: row.charge,
      retail: row.retail,
      wholesale: row.wholesale,
      source: row.source,
      bp: row.bp,
      adjusted: row.adjusted,
    })),
    omitted: chunk.omitted.map(({ component, term, currency, reason }) => ({ component, term, currency, reason })),
  });
}

/** The content hash of a page: its entries in the order they stand. */
export function hashOfPage(page: Omit<PriceListPage, 'hash'>): string {
  return hash('price-list-page/1', { entries: page.entries.map(({ product, chunk }) => ({ product, chunk })) });
}

/** The content hash of a list: the hashes of its pages in order. */
export function hashOfList(list: Omit<PriceListManifest, 'hash'>): string {
  return hash('price-list/1', { pages: list.pages });
}

/**
 * The revision of an index: all of it but `revision` and `at`, because making the same index again at a later moment
 * is no change that a bridge has to pull.
 */
export function hashOfIndex(index: Omit<PriceIndex, 'revision'>): string {
  return hash('price-index/1', {
    format: index.format,
    programme: index.programme,
    coupons: index.coupons,
    currencies: index.currencies.map(({ code, digits }) => ({ code, digits })),
    catalogueTax: index.catalogueTax,
    setupPerQuantity: index.setupPerQuantity,
    refuseAfterSeconds: index.refuseAfterSeconds,
    entries: index.entries.map((entry) => ({
      clientId: entry.clientId,
      resellerId: entry.resellerId,
      state: entry.state,
      publicReason: entry.publicReason,
      lists: entry.lists.map(({ hash: list, validFrom, validUntil }) => ({ hash: list, validFrom, validUntil })),
    })),
  });
}
