import { readLimitedText, TooLargeError } from './limited-text.ts';
import type { InstallationKeys, KeyDirection } from './keys.ts';
import { signMessage } from './sign.ts';
import { signedPath } from './signed-headers.ts';

/** Why no answer was read. */
export type FetchFailure = 'unreachable' | 'too_large' | 'not_text';

/** An answer as text, or why there is none. */
export type FetchOutcome =
  | { ok: true; status: number; headers: Headers; text: string; retryAfterSeconds: number | undefined }
  | { ok: false; failure: FetchFailure };

/** What a signed client needs. `now` is the real clock, also where business time is moved for tests. */
export interface SignedFetchOptions {
  keys: InstallationKeys;
  direction: Exclude<KeyDirection, 'session'>;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds for the whole exchange, reading the answer included. */
  timeoutMs: number;
  maxAnswerBytes: number;
  now?: () => number;
}

/** One request: without `body` it is a GET whose path is signed. */
export interface SignedRequest {
  url: string;
  id: string;
  event: string;
  body?: string;
  headers?: Record<string, string>;
}

/** Seconds of a retry-after header, which holds seconds or a date; undefined when it is absent or not readable. */
export function readRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  if (/^[0-9]{1,9}$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - nowMs) / 1000));
}

/** Signs and sends one request. Redirects are not followed: a signed body must not end at an address nobody paired. */
export async function signedFetch(request: SignedRequest, options: SignedFetchOptions): Promise<FetchOutcome> {
  const now = options.now ?? Date.now;
  const payload = request.body ?? signedPath(new URL(request.url));
  const headers = {
    ...request.headers,
    accept: 'application/json',
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...signMessage(options.keys, options.direction, { id: request.id, event: request.event, payload, nowMs: now() }),
  };
  try {
    const response = await (options.fetch ?? globalThis.fetch)(request.url, {
      method: request.body === undefined ? 'GET' : 'POST',
      headers,
      body: request.body ?? null,
      redirect: 'manual',
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    const text = await readAnswer(response, options.maxAnswerBytes);
    if (typeof text !== 'string') return { ok: false, failure: text.failure };
    const retryAfterSeconds = readRetryAfter(response.headers.get('retry-after'), now());
    return { ok: true, status: response.status, headers: response.headers, text, retryAfterSeconds };
  } catch {
    // The cause may name addresses and ports; callers show only that nobody answered.
    return { ok: false, failure: 'unreachable' };
  }
}

async function readAnswer(response: Response, maxBytes: number): Promise<string | { failure: FetchFailure }> {
  try {
    return await readLimitedText(response, maxBytes);
  } catch (error) {
    await response.body?.cancel().catch(() => undefined);
    if (error instanceof TooLargeError) return { failure: 'too_large' };
    // Both a broken connection and bad UTF-8 are a TypeError; only the decoder's carries a code.
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return { failure: 'not_text' };
    }
    throw error;
  }
}
