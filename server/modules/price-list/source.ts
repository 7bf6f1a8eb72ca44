import type { EntityManager } from '@mikro-orm/postgresql';
import type { PriceListSource } from '../../../hooks/transport/in-process.ts';
import { buildIndex } from './build-index.ts';
import { confirmLists } from './confirm.ts';
import type { PriceReader } from './reader.ts';

/** What a bridge may pull, by content hash; null for a hash that names nothing here. */
export function priceSource(prices: PriceReader, fork: () => EntityManager, now: () => Date): PriceListSource {
  return {
    index: async () => {
      await confirmLists(fork(), now());
      return buildIndex(fork(), now());
    },
    list: async (hash) => {
      const pages = await prices.list(fork(), hash);
      return pages && { hash, pages: [...pages] };
    },
    page: async (hash) => {
      const page = await prices.page(fork(), hash);
      return page && { hash, entries: [...page].map(([product, chunk]) => ({ product, chunk })) };
    },
    chunks: async (hashes) => {
      const em = fork();
      const chunks = [];
      for (const hash of hashes) {
        const chunk = await prices.chunk(em, hash);
        if (chunk) chunks.push({ hash, ...chunk });
      }
      return chunks;
    },
  };
}
