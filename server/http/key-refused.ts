import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { KeyRefusal } from '../modules/api-key/authenticate.ts';
import type { RateState } from '../modules/api-key/rate.ts';

const statuses: Record<KeyRefusal['code'], ContentfulStatusCode> = {
  key_revoked: 401,
  key_expired: 401,
  api_off: 401,
  address_refused: 403,
  rate_limited: 429,
  signature_missing: 401,
  signature_expired: 401,
  signature_invalid: 401,
  signature_replayed: 409,
};

/** A key that we know and that may not call now. Every transport answers it as a problem document. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';
  readonly code: KeyRefusal['code'];
  readonly rates: RateState[];
  readonly requestId: string;
  readonly status: ContentfulStatusCode;

  constructor({ code, message }: KeyRefusal, rates: RateState[], requestId: string) {
    super(message);
    this.code = code;
    this.rates = rates;
    this.requestId = requestId;
    this.status = statuses[code];
  }
}
