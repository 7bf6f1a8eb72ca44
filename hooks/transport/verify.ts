import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { isAcceptedVersion } from '../contract/version.ts';
import type { InstallationKeys, Key, KeyDirection } from './keys.ts';
import { readLimitedText, TooLargeError } from './limited-text.ts';
import { messageIdPattern, signedHeaders, signedPath, TOLERANCE_SECONDS } from './signed-headers.ts';

/** Why a message is not accepted, with the HTTP status of that answer. Texts are fixed: nothing of the request is in them. */
export const verifyFailures = {
  method_not_allowed: { status: 405, message: 'This address takes another method.' },
  too_large: { status: 413, message: 'The body is too large.' },
  bad_request: { status: 400, message: 'The body is not UTF-8 text.' },
  unknown_installation: { status: 401, message: 'This installation is not known here: pair the bridge again.' },
  too_old: { status: 401, message: 'The timestamp is more than five minutes old: check both clocks.' },
  too_new: { status: 401, message: 'The timestamp is more than five minutes ahead: check both clocks.' },
  unauthorised: { status: 401, message: 'The signature is missing or wrong.' },
  unknown_contract: { status: 409, message: 'This version of the contract is not spoken here: update the older end.' },
} as const;
export type VerifyFailure = keyof typeof verifyFailures;

/** The outcome of a check: what was signed, or why it is refused. */
export type Verified =
  | { ok: true; id: string; event: string; contract: string; timestampMs: number; payload: string }
  | { ok: false; code: VerifyFailure; status: number; message: string };

/** How to check: the ring of the sender, and the receiver's clock in UTC milliseconds. */
export interface VerifyOptions {
  keys: InstallationKeys;
  direction: Exclude<KeyDirection, 'session'>;
  nowMs: number;
  /** What the signed id must begin with: binds a call to its path (see `callIdPrefix`). */
  idPrefix?: string;
}

function refuse(code: VerifyFailure): Verified {
  return { ok: false, code, ...verifyFailures[code] };
}

function isSignedBy(key: Key, presented: string[], id: string, timestampMs: number, payload: string): boolean {
  const expected = Buffer.from(new Webhook(key.secret).sign(id, new Date(timestampMs), payload));
  // No early exit: the time taken tells nothing of which signature came near.
  let found = false;
  for (const signature of presented) {
    const given = Buffer.from(signature);
    if (given.length === expected.length && timingSafeEqual(given, expected)) found = true;
  }
  return found;
}

/**
 * Checks the headers and payload of a signed message, in this order: installation, timestamp (± 300 s), signature by
 * any key of the ring in constant time, contract version. Never throws. The clock is the caller's because the
 * library's own check reads the system clock.
 */
export function verifyMessage(headers: Headers, payload: string, options: VerifyOptions): Verified {
  if (headers.get(signedHeaders.installation) !== options.keys.installation) return refuse('unknown_installation');
  const id = headers.get(signedHeaders.id) ?? '';
  const timestamp = headers.get(signedHeaders.timestamp) ?? '';
  if (!messageIdPattern.test(id) || !/^[0-9]{1,12}$/.test(timestamp)) return refuse('unauthorised');
  const age = Math.floor(options.nowMs / 1000) - Number(timestamp);
  if (age > TOLERANCE_SECONDS) return refuse('too_old');
  if (age < -TOLERANCE_SECONDS) return refuse('too_new');
  const timestampMs = Number(timestamp) * 1000;
  const presented = (headers.get(signedHeaders.signature) ?? '').split(' ').slice(0, 8);
  const matches = options.keys[options.direction].map((key) => isSignedBy(key, presented, id, timestampMs, payload));
  if (!matches.includes(true)) return refuse('unauthorised');
  if (!id.startsWith(options.idPrefix ?? '')) return refuse('unauthorised');
  const contract = headers.get(signedHeaders.contract) ?? '';
  if (!isAcceptedVersion(contract)) return refuse('unknown_contract');
  return { ok: true, id, event: headers.get(signedHeaders.event) ?? '', contract, timestampMs, payload };
}

/**
 * Checks a whole request: method, size, then as `verifyMessage`. The payload is the raw body, or for GET the path with
 * its query. Reads the body once, before anything parses it. Never throws, except when the connection breaks.
 */
export async function verifyRequest(
  request: Request,
  options: VerifyOptions & { method: 'GET' | 'POST'; maxBytes: number },
): Promise<Verified> {
  if (request.method !== options.method) return refuse('method_not_allowed');
  let payload: string;
  try {
    const body = await readLimitedText(request, options.maxBytes);
    payload = options.method === 'GET' ? signedPath(new URL(request.url)) : body;
  } catch (error) {
    if (error instanceof TooLargeError) return refuse('too_large');
    if (error instanceof TypeError) return refuse('bad_request');
    throw error;
  }
  return verifyMessage(request.headers, payload, options);
}
