import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type ErrorCode, errorCodes } from '../errors.ts';

/** The one place where refusals become HTTP status codes. */
export const statuses: Record<ErrorCode, ContentfulStatusCode> = {
  bad_input: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  version_mismatch: 412,
  idempotency_conflict: 409,
  duplicate: 409,
  not_offered: 422,
  price_changed: 412,
  prices_missing: 503,
  reseller_suspended: 403,
  reseller_inactive: 403,
  programme_off: 403,
  host_refused: 422,
  host_unreachable: 503,
  unavailable: 503,
};

/** What only HTTP refuses: who calls, how often, preconditions and repeated requests. */
export const transportCodes = {
  unauthorised: { status: 401, about: 'No key, or one that we do not know.' },
  key_revoked: { status: 401, about: 'The key was revoked.' },
  key_expired: { status: 401, about: 'The key ran out.' },
  api_off: { status: 401, about: 'The provider switched the API off for this account.' },
  address_refused: { status: 403, about: 'The key may not be used from this address.' },
  signature_missing: { status: 401, about: 'The key asks for signed requests, and this one bears no signature.' },
  signature_expired: { status: 401, about: 'The time of the signature is more than 300 seconds from our clock.' },
  signature_invalid: { status: 401, about: 'The signature does not fit what arrived.' },
  signature_replayed: { status: 409, about: 'A signed request with this id was let in before.' },
  rate_limited: { status: 429, about: 'The key, or all keys of the account together, called too often.' },
  request_in_flight: { status: 409, about: 'The first request with this Idempotency-Key is still under way.' },
  if_match_needed: { status: 428, about: 'A change needs the ETag of what was read, in If-Match.' },
  too_large: { status: 413, about: 'The body is too large.' },
  internal: { status: 500, about: 'Something failed here.' },
} as const satisfies Record<string, { status: ContentfulStatusCode; about: string }>;
export type TransportCode = keyof typeof transportCodes;

/** What a program does about a refusal: the text of the API's documentation, code by code. */
export const whatToDo: Record<ErrorCode | TransportCode, string> = {
  bad_input: 'Mend the field that `path` names and send it again.',
  forbidden: 'Use a key with the scope that `detail` names.',
  not_found: 'Check the id; one of somebody else is answered the same.',
  conflict: 'Read the object again and look at its state: repeating will not help.',
  version_mismatch: 'Read the object again, apply your change to what you find, send the new ETag.',
  duplicate: 'Use the one that is there.',
  not_offered: 'Choose what `GET /products` lists.',
  price_changed: 'Ask for a new quote and show its price before you order.',
  prices_missing: 'Repeat after `Retry-After`.',
  reseller_suspended: 'Talk to the provider; reading may go on.',
  reseller_inactive: 'Talk to the provider.',
  programme_off: 'Wait until the provider switches the programme on.',
  host_refused: '`detail` is what the billing platform says; repeating will not help.',
  host_unreachable: 'Repeat after `Retry-After`, with the same Idempotency-Key.',
  unavailable: 'Repeat after `Retry-After`, with the same Idempotency-Key.',
  unauthorised: 'Send `Authorization: Bearer rsk_…`.',
  key_revoked: 'Use another key.',
  key_expired: 'Make a new key.',
  api_off: 'Talk to the provider.',
  address_refused: 'Call from an address of its list, or add this one to it.',
  signature_missing: 'Sign the request, as `docs/signed-requests.md` shows.',
  signature_expired: 'Set your clock and sign anew.',
  signature_invalid: 'Sign id, time, method, path with query, and body exactly as sent.',
  signature_replayed: 'Sign each try with a new `webhook-id`, with the same Idempotency-Key.',
  rate_limited: 'Repeat after `Retry-After`; `RateLimit` says what is left.',
  idempotency_conflict: 'Make a new key for a new request; repeat the old one unchanged.',
  request_in_flight: 'Repeat after `Retry-After`, unchanged.',
  if_match_needed: 'Read the object first, and send its ETag in `If-Match`.',
  too_large: 'Send at most 256 kB.',
  internal: 'Repeat later with the same Idempotency-Key; tell the provider the reference in `detail`.',
};

/** Every code with its status, what it means and what to do. */
export const problemCodes = Object.fromEntries(
  [
    ...Object.entries(errorCodes).map(([code, about]) => ({ code, status: statuses[code as ErrorCode], about })),
    ...Object.entries(transportCodes).map(([code, facts]) => ({ code, ...facts })),
  ].map(({ code, ...facts }) => [code, { ...facts, whatToDo: whatToDo[code as ErrorCode | TransportCode] }]),
);
