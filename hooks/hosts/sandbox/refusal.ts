import { HostError, type HostErrorCode } from '../../contract/index.ts';

/** HTTP status and contract code of refusals that are not plain 422. */
const inputs = { bad_request: 400, not_logged_in: 401, forbidden: 403, not_found: 404, conflict: 409 } as const;
const statuses = { ...inputs, too_many_tries: 429, internal: 500 } as const;
const hostCodes: Record<string, HostErrorCode> = {
  bad_request: 'bad_request',
  not_found: 'not_found',
  conflict: 'conflict',
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
    return statuses[this.code as keyof typeof statuses] ?? 422;
  }

  toHostError(): HostError {
    return new HostError(hostCodes[this.code] ?? 'refused', this.message);
  }
}

/** The same words whether a thing is missing or somebody else's, so that ids cannot be probed. */
export function notFound(what: string): Refusal {
  return new Refusal('not_found', `There is no such ${what}.`);
}
