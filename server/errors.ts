import { withoutKeys } from './without-keys.ts';

/** Every way a verb can refuse, without words of any transport. */
export const errorCodes = {
  bad_input: 'The input does not have the form that is asked for.',
  forbidden: 'The actor lacks the permission.',
  not_found: 'There is no such object, or it belongs to somebody else.',
  conflict: 'The object is in another state, or does not allow this now.',
  version_mismatch: 'The object was changed since it was read.',
  idempotency_conflict: 'The idempotency key was used for another request.',
  duplicate: 'An object with this key exists already.',
  not_offered: 'This cannot be ordered in this term or currency.',
  price_changed: 'The quote ran out, was used, or was made for another order.',
  prices_missing: 'No valid price list exists at this moment; try again shortly.',
  reseller_suspended: 'The reseller is suspended.',
  reseller_inactive: 'The reseller is inactive or terminated.',
  programme_off: 'The reseller programme is switched off.',
  host_refused: 'The host refused.',
  host_unreachable: 'The host cannot be reached now; try again.',
  unavailable: 'The service cannot answer now; try again.',
} as const;
export type ErrorCode = keyof typeof errorCodes;

/** A refusal with a message that says what happened and what to do. Messages never hold secrets. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ErrorCode;
  /** Where in the input, as a JSON pointer, when it is about one field. */
  readonly path: string | undefined;

  constructor(code: ErrorCode, message: string, path?: string) {
    super(withoutKeys(message));
    this.code = code;
    this.path = path === undefined ? undefined : withoutKeys(path);
  }
}
