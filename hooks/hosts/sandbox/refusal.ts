/** HTTP status of refusals that are not plain 422. */
const inputs = { bad_request: 400, not_logged_in: 401, forbidden: 403, not_found: 404, conflict: 409 } as const;
const statuses = { ...inputs, too_many_tries: 429, internal: 500 } as const;

/** The host says no. The message is for the person who asked, and says what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, retryable: boolean) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }

  get status() {
    return statuses[this.code as keyof typeof statuses] ?? 422;
  }
}

export function refuse(code: string, message: string, retryable = false): never {
  throw new Refusal(code, message, retryable);
}

/** The same words whether a thing is missing or somebody else's, so that ids cannot be probed. */
export function refuseUnknown(what: string): never {
  refuse('not_found', `There is no such ${what}.`);
}
