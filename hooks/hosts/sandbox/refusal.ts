import { HostError, type HostErrorCode } from '../../contract/index.ts';

/** HTTP status and contract code of refusals that are not plain 422. */
const kinds: Record<string, { status: 400 | 401 | 403 | 404 | 409 | 429; hostCode: HostErrorCode }> = {
  bad_request: { status: 400, hostCode: 'bad_request' },
  not_logged_in: { status: 401, hostCode: 'unauthorised' },
  forbidden: { status: 403, hostCode: 'refused' },
  not_found: { status: 404, hostCode: 'not_found' },
  conflict: { status: 409, hostCode: 'conflict' },
  too_many_tries: { status: 429, hostCode: 'rate_limited' },
};

/** The host says no. The message is for the person who asked, and says what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, retryable = false) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }

  get status() {
    return kinds[this.code]?.status ?? 422;
  }

  toHostError(): HostError {
    return new HostError(kinds[this.code]?.hostCode ?? 'refused', this.message);
  }
}

/** The same words whether an object is missing or somebody else's, so that ids cannot be probed. */
export function notFound(what: string): Refusal {
  return new Refusal('not_found', `There is no such ${what}.`);
}
