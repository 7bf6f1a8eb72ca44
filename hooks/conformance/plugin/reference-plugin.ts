import type { Catalogue, HostEvent, PriceIndexEntry } from '../../contract/index.ts';
import { inProcessPlugin, type PriceListSource } from '../../transport/in-process.ts';
import type { PluginPort } from '../../transport/plugin-port.ts';
import { compileLists, indexOf } from './price-lists.ts';

/** A plugin as a bridge sees it, without a service behind: it hands out prices and writes down what it is told. */
export interface ReferencePlugin {
  readonly port: PluginPort;
  /** Every event that arrived, as it came, duplicates too. */
  readonly received: HostEvent[];
  /** True: it cannot be reached. */
  away: boolean;
  /** True: it takes events, and its answers are lost on their way. */
  answersLost: boolean;
  /** What holds for the reseller's account. */
  standing: Pick<PriceIndexEntry, 'state' | 'publicReason'>;
  /** Takes over the host's catalogue; there are no prices before. */
  stock(catalogue: Catalogue): void;
}

/** @param resellerClient the client account that is a reseller */
export function createReferencePlugin(resellerClient: string): ReferencePlugin {
  const received: HostEvent[] = [];
  let shelf: { catalogue: Catalogue; list: string; source: Omit<PriceListSource, 'index'> } | null = null;
  const prices: PriceListSource = {
    async index() {
      if (shelf === null) return null;
      const lists = [{ hash: shelf.list, validFrom: '2020-01-01T00:00:00Z', validUntil: null }];
      return indexOf(shelf.catalogue, [
        { clientId: resellerClient, resellerId: 'rs_conformance', lists, ...plugin.standing },
      ]);
    },
    list: async (hash) => shelf?.source.list(hash) ?? null,
    page: async (hash) => shelf?.source.page(hash) ?? null,
    chunks: async (hashes) => shelf?.source.chunks(hashes) ?? [],
  };
  const plugin: ReferencePlugin = {
    port: inProcessPlugin(async (event) => {
      const known = received.some(({ id }) => id === event.id);
      received.push(event);
      return { outcome: known ? 'duplicate' : 'applied' };
    }, prices),
    received,
    away: false,
    answersLost: false,
    standing: { state: 'active', publicReason: null },
    stock(catalogue) {
      shelf = { catalogue, ...compileLists(catalogue) };
    },
  };
  return plugin;
}
