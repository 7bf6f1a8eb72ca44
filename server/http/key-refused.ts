import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { KeyRefusal } from '../modules/api-key/authenticate.ts';
import type { RateState } from '../modules/api-key/rate.ts';
import { transportCodes } from './problem-codes.ts';

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
    this.status = transportCodes[code].status;
  }
}
