import { hostEvent, type HostEvent, type HostPort, type IntakeOutcome, type IntakeResult } from '../contract/index.ts';
import { HostError } from '../contract/host-error.ts';
import {
  intakeAnswer,
  priceChunk,
  priceIndex,
  priceListManifest,
  priceListPage,
  type PriceChunk,
  type PriceIndex,
  type PriceListManifest,
  type PriceListPage,
} from '../contract/index.ts';
import { PluginError } from './plugin-error.ts';
import type { PluginPort } from './plugin-port.ts';
import { faults, hostPortOf, runCall } from './run-call.ts';

/** What crosses a wire is text. Sending the same text in-process finds what only works by sharing objects. */
function overTheWire(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/**
 * A host in the same process, held to the contract as if it were far away: requests and answers pass as JSON through
 * the same schemas as over HTTP, and an error that is no HostError becomes `unavailable` without its words.
 */
export function inProcessHostPort(port: HostPort): HostPort {
  return hostPortOf(async (name, request) => {
    try {
      return overTheWire(await runCall(port, name, overTheWire(request)));
    } catch (error) {
      if (error instanceof HostError) throw error;
      throw new HostError('unavailable', 'The host could not do this.');
    }
  });
}

/** What the plugin's intake does with one event. A thrown error means: not taken, send it again. */
export type HandleEvent = (event: HostEvent) => Promise<{ outcome: IntakeOutcome; message?: string }>;

/** Where price lists come from, by content hash; null when there is none of that hash. */
export interface PriceListSource {
  index(): Promise<PriceIndex | null>;
  list(hash: string): Promise<PriceListManifest | null>;
  page(hash: string): Promise<PriceListPage | null>;
  chunks(hashes: string[]): Promise<PriceChunk[]>;
}

const noPriceLists: PriceListSource = {
  index: async () => null,
  list: async () => null,
  page: async () => null,
  chunks: async () => [],
};

/** The plugin in the same process, with the behaviour of the HTTP one: same schemas, same outcomes. */
export function inProcessPlugin(handleEvent: HandleEvent, prices: PriceListSource = noPriceLists): PluginPort {
  async function take(sent: unknown): Promise<IntakeResult[]> {
    const id = String((sent as { id?: unknown }).id);
    const event = hostEvent.safeParse(sent);
    if (!event.success) return [{ id, outcome: 'parked', message: faults(event.error) }];
    try {
      return [{ id, ...(await handleEvent(event.data)) }];
    } catch {
      return [];
    }
  }

  return {
    async sendEvents(events) {
      const results: IntakeResult[] = [];
      for (const event of overTheWire(events) as unknown[]) results.push(...(await take(event)));
      return intakeAnswer.parse(overTheWire({ results })).results;
    },
    async pullIndex(etag) {
      const index = found(await prices.index());
      return index.revision === etag
        ? { changed: false }
        : { changed: true, index: priceIndex.parse(overTheWire(index)) };
    },
    pullList: async (hash) => priceListManifest.parse(overTheWire(found(await prices.list(hash)))),
    pullPage: async (hash) => priceListPage.parse(overTheWire(found(await prices.page(hash)))),
    pullChunks: async (hashes) => priceChunk.array().parse(overTheWire(await prices.chunks(hashes))),
  };
}

function found<Value>(value: Value | null): Value {
  if (value === null) throw new PluginError('not_found');
  return value;
}
