import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { readRetryAfter } from '../../../hooks/transport/signed-fetch.ts';
import { hostOf, NotPublic, publicAddresses } from './address.ts';
import type { WebhookSetup } from './setup.ts';

/** Most that is kept of an answer. */
const ANSWER_BYTES = 2048;
const AGENT = { keepAlive: true, maxFreeSockets: 256, timeout: 15_000 };
const agents = { http: new http.Agent(AGENT), https: new https.Agent(AGENT) };

export interface Answer {
  /** Null when nobody answered. */
  status: number | null;
  /** Why it is no success, for the owner of the endpoint; null for a success. */
  error: string | null;
  answer: string;
  retryAfterSeconds?: number | undefined;
}

/**
 * Posts once. The name is resolved and checked for this very connection, which then goes to that address and no other;
 * a redirect is a failure and not followed. Never throws.
 */
export async function send(
  url: string,
  headers: Record<string, string>,
  body: string,
  setup: WebhookSetup,
): Promise<Answer> {
  const signal = AbortSignal.timeout(setup.timeoutMs);
  try {
    const target = new URL(url);
    if (target.protocol !== 'https:' && !setup.allowPrivate) return failed('Only https is allowed.');
    // An address written as such is not looked up by the connection, so it is checked here.
    if (isIP(hostOf(target)) !== 0) await publicAddresses(hostOf(target), setup);
    return await post(target, headers, body, setup, signal).catch((error: unknown) => {
      // The receiver closed a kept connection in the moment it was used again: it got nothing.
      if (error instanceof StaleConnection) return post(target, headers, body, setup, signal);
      throw error;
    });
  } catch (error) {
    if (signal.aborted) return failed(`No answer within ${setup.timeoutMs / 1000} s.`);
    if (error instanceof NotPublic) return failed(error.message);
    const { code } = error as { code?: unknown };
    return failed(`No connection${typeof code === 'string' ? ` (${code})` : ''}.`);
  }
}

class StaleConnection extends Error {}

const failed = (error: string): Answer => ({ status: null, error, answer: '' });

function post(
  target: URL,
  headers: Record<string, string>,
  body: string,
  setup: WebhookSetup,
  signal: AbortSignal,
): Promise<Answer> {
  const secure = target.protocol === 'https:';
  return new Promise((done, refuse) => {
    const request = (secure ? https : http).request(target, {
      method: 'POST',
      agent: secure ? agents.https : agents.http,
      lookup: pinned(setup),
      signal,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    });
    request.once('response', (response) => {
      const status = response.statusCode ?? 0;
      void readStart(response).then((answer) =>
        done({
          status,
          error: status >= 200 && status < 300 ? null : words(status),
          answer,
          retryAfterSeconds: readRetryAfter(response.headers['retry-after'] ?? null, Date.now()),
        }),
      );
    });
    request.once('error', (error: NodeJS.ErrnoException) =>
      refuse(
        request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE') ? new StaleConnection() : error,
      ),
    );
    request.end(body);
  });
}

/** Resolves as `publicAddresses` does and hands the connection those addresses: no second look-up can differ. */
function pinned(setup: WebhookSetup): LookupFunction {
  return (name, options, callback) => {
    publicAddresses(name, setup).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const [first] = found;
        if (!first) callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 0);
        else if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

/** The beginning of the answer; what is longer, or breaks off, is left. The status alone decides. */
async function readStart(response: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.byteLength;
      if (bytes >= ANSWER_BYTES) break;
    }
  } catch {
    // The status stands already.
  }
  // PostgreSQL keeps no NUL in a text.
  return Buffer.concat(parts).subarray(0, ANSWER_BYTES).toString('utf8').replaceAll('\u0000', '');
}

function words(status: number): string {
  if (status >= 300 && status < 400) return `Answered ${status}: redirects are not followed. Enter the final address.`;
  return `Answered ${status}.`;
}
