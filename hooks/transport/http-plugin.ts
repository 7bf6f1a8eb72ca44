import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import {
  intakeAnswer,
  MAX_EVENTS_PER_DELIVERY,
  priceChunk,
  priceIndex,
  priceListManifest,
  priceListPage,
} from '../contract/index.ts';
import { readErrorBody } from './error-status.ts';
import type { InstallationKeys } from './keys.ts';
import { PluginError, pluginErrorCode } from './plugin-error.ts';
import { MAX_CHUNKS_PER_PULL, type PluginPort } from './plugin-port.ts';
import { signedFetch, type SignedFetchOptions, type SignedRequest } from './signed-fetch.ts';

/** Where the plugin answers, and how to speak to it. */
export interface HttpPluginOptions {
  /** Address of the plugin, without /hooks/v1. */
  baseUrl: string;
  keys: InstallationKeys;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds for one request, reading the answer included. Default 10 s. */
  timeoutMs?: number;
  /** Longest answer in bytes. Default 32 MiB. */
  maxAnswerBytes?: number;
  /** The real clock in UTC milliseconds. */
  now?: () => number;
}

/** The answer to a pull of chunks. */
export const chunksAnswer = z.object({ chunks: z.array(priceChunk).max(MAX_CHUNKS_PER_PULL) });

/**
 * The plugin over HTTP: POST {baseUrl}/hooks/v1/events, and GET {baseUrl}/hooks/v1/price-lists/index (with
 * If-None-Match), …/lists/<hash>, …/pages/<hash>, …/chunks?hash=…&hash=…; signed with the host's keys. Answers are
 * parsed with the contract's schemas; their content hashes are the caller's to check. Every failure is a PluginError.
 */
export function createHttpPlugin(options: HttpPluginOptions): PluginPort {
  const base = `${options.baseUrl.replace(/\/+$/, '')}/hooks/v1`;
  const client: SignedFetchOptions = {
    keys: options.keys,
    direction: 'hostToPlugin',
    timeoutMs: options.timeoutMs ?? 10_000,
    maxAnswerBytes: options.maxAnswerBytes ?? 32 * 1024 * 1024,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.now === undefined ? {} : { now: options.now }),
  };

  async function exchange(request: Omit<SignedRequest, 'id'>): Promise<{ status: number; text: string }> {
    const outcome = await signedFetch({ ...request, id: `msg_${uuidv7()}` }, client);
    if (!outcome.ok) throw new PluginError(outcome.failure === 'unreachable' ? 'unreachable' : 'bad_answer');
    const { status, text, retryAfterSeconds } = outcome;
    if ((status >= 200 && status <= 299) || status === 304) return { status, text };
    const code = pluginErrorCode(status);
    throw new PluginError(code, readErrorBody(text)?.message, retryAfterSeconds);
  }

  async function pull<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
    const { text } = await exchange({ url: `${base}/price-lists/${path}`, event: 'price-lists.pull' });
    return parseAnswer(schema, text);
  }

  // Hashes stand in addresses as they are, colon included: the path is signed, and proxies differ in what they encode.
  return {
    async sendEvents(events) {
      if (events.length > MAX_EVENTS_PER_DELIVERY) throw new PluginError('refused', 'At most 100 events at a time.');
      const body = JSON.stringify({ events });
      const { text } = await exchange({ url: `${base}/events`, event: 'events', body });
      return parseAnswer(intakeAnswer, text).results;
    },
    async pullIndex(etag) {
      const { status, text } = await exchange({
        url: `${base}/price-lists/index`,
        event: 'price-lists.pull',
        ...(etag === null ? {} : { headers: { 'if-none-match': `"${etag}"` } }),
      });
      if (status === 304) return { changed: false };
      const index = parseAnswer(priceIndex, text);
      return index.revision === etag ? { changed: false } : { changed: true, index };
    },
    pullList: (hash) => pull(`lists/${hash}`, priceListManifest),
    pullPage: (hash) => pull(`pages/${hash}`, priceListPage),
    async pullChunks(hashes) {
      if (hashes.length > MAX_CHUNKS_PER_PULL) throw new PluginError('refused', 'At most 50 chunks at a time.');
      return (await pull(`chunks?${hashes.map((hash) => `hash=${hash}`).join('&')}`, chunksAnswer)).chunks;
    },
  };
}

function parseAnswer<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new PluginError('bad_answer');
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new PluginError('bad_answer');
  return parsed.data;
}
