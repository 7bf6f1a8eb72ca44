import { uuidv7 } from 'uuidv7';
import type { CallName, HostPort } from '../contract/calls/index.ts';
import { HostError } from '../contract/host-error.ts';
import { hostErrorOfResponse } from './error-status.ts';
import type { InstallationKeys } from './keys.ts';
import { hostPortOf, parseCallRequest, parseCallResponse } from './run-call.ts';
import { signedFetch, type SignedFetchOptions } from './signed-fetch.ts';
import { callIdPrefix } from './signed-headers.ts';

/** Where the host's bridge answers, and how to speak to it. */
export interface HttpHostPortOptions {
  /** Address of the host, without /bridge/v1. */
  baseUrl: string;
  keys: InstallationKeys;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds for one call, reading the answer included. Default 10 s. */
  timeoutMs?: number;
  /** Longest answer in bytes; a catalogue is the largest. Default 32 MiB. */
  maxAnswerBytes?: number;
  /** The real clock in UTC milliseconds. */
  now?: () => number;
}

/**
 * The host over HTTP: each call is POST {baseUrl}/bridge/v1/<name>, JSON, signed with the plugin's keys. Requests and
 * answers are parsed with the contract's schemas.
 * Every failure is a HostError: no answer in time → unreachable; 429 → rate_limited with the seconds asked for; other
 * 5xx → unavailable; 401 → unauthorised; 404 → not_found; 409 → conflict; 422 → refused with the host's words;
 * redirects, answers that are too large or do not fit → bad_answer.
 */
export function createHttpHostPort(options: HttpHostPortOptions): HostPort {
  const base = options.baseUrl.replace(/\/+$/, '');
  const client: SignedFetchOptions = {
    keys: options.keys,
    direction: 'pluginToHost',
    timeoutMs: options.timeoutMs ?? 10_000,
    maxAnswerBytes: options.maxAnswerBytes ?? 32 * 1024 * 1024,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.now === undefined ? {} : { now: options.now }),
  };

  async function send(name: CallName, request: unknown): Promise<unknown> {
    const outcome = await signedFetch(
      {
        url: `${base}/bridge/v1/${name}`,
        // A new id for every try: ids seen before are refused as replays, and calls carry references of their own.
        id: callIdPrefix(name) + uuidv7(),
        event: name,
        body: JSON.stringify(parseCallRequest(name, request)),
      },
      client,
    );
    if (!outcome.ok) throw noAnswer(outcome.failure);
    if (outcome.status < 200 || outcome.status > 299) {
      throw hostErrorOfResponse(outcome.status, outcome.text, outcome.retryAfterSeconds);
    }
    let content: unknown;
    try {
      content = JSON.parse(outcome.text);
    } catch {
      throw new HostError('bad_answer', 'The host answered something that is not JSON.');
    }
    return parseCallResponse(name, content);
  }

  return hostPortOf(send);
}

function noAnswer(failure: 'unreachable' | 'too_large' | 'not_text'): HostError {
  if (failure === 'too_large') return new HostError('bad_answer', 'The answer of the host is too large.');
  if (failure === 'not_text') return new HostError('bad_answer', 'The answer of the host is not UTF-8 text.');
  return new HostError('unreachable', 'The host did not answer in time.');
}
