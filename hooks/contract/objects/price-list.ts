import { z } from 'zod';
import { componentOption } from '../formats/catalogue.ts';
import { amount, contentHash, currencyCode, hostId, moment, term } from './primitives.ts';

/** One charge of a chunk: a component's recurring price or setup fee in a term and currency. */
export const chunkRow = z.object({
  component: z.string(),
  term,
  currency: currencyCode,
  charge: z.enum(['price', 'setup']),
  retail: amount,
  wholesale: amount,
  source: z.string(),
  bp: z.int().nullable(),
  adjusted: z.enum(['floor', 'retail_cap']).nullable(),
});
export type ChunkRow = z.infer<typeof chunkRow>;

/** All prices of one product under one rule set: immutable, named by its content. */
export const priceChunk = z.object({
  hash: contentHash,
  product: hostId,
  /** The product's components, so that a hook can turn chosen options into charges without the host's catalogue. */
  components: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['base', 'option', 'addon', 'domain']),
      option: componentOption.optional(),
    }),
  ),
  rows: z.array(chunkRow),
  omitted: z.array(z.object({ component: z.string(), term, currency: currencyCode, reason: z.string() })),
});
export type PriceChunk = z.infer<typeof priceChunk>;

/** A part of a list: which chunk prices which product. Lists are cut into pages so that one change rewrites one page. */
export const priceListPage = z.object({
  hash: contentHash,
  entries: z.array(z.object({ product: hostId, chunk: contentHash })),
});
export type PriceListPage = z.infer<typeof priceListPage>;

/** A whole price list: the hashes of its pages, in order. */
export const priceListManifest = z.object({ hash: contentHash, pages: z.array(contentHash) });
export type PriceListManifest = z.infer<typeof priceListManifest>;

/** What the bridge does with one client account: its state, and the lists that hold for it, shipped ahead. */
export const priceIndexEntry = z.object({
  clientId: hostId,
  resellerId: z.string(),
  state: z.enum(['active', 'suspended', 'inactive', 'terminated']),
  /** Shown to a reseller whose order is refused. */
  publicReason: z.string().nullable(),
  lists: z.array(z.object({ hash: contentHash, validFrom: moment, validUntil: moment.nullable() })),
});
export type PriceIndexEntry = z.infer<typeof priceIndexEntry>;

/** The head of everything a bridge pulls. `revision` changes when anything in it does (also its ETag). */
export const priceIndex = z.object({
  format: z.literal('price-index/1'),
  revision: contentHash,
  at: moment,
  programme: z.enum(['on', 'off']),
  coupons: z.enum(['refuse', 'allow']),
  /** Digits of each currency and the tax mode of all amounts. */
  currencies: z.array(z.object({ code: currencyCode, digits: z.int().min(0).max(8) })),
  catalogueTax: z.enum(['net', 'gross']),
  setupPerQuantity: z.boolean(),
  /** A list not confirmed for this long refuses orders (pricing rule 24). */
  refuseAfterSeconds: z.int().min(60),
  entries: z.array(priceIndexEntry),
});
export type PriceIndex = z.infer<typeof priceIndex>;
