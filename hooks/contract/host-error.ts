/** Codes a host may answer with. `retryable` ones may be tried again as they are. */
export const hostErrorCodes = {
  unreachable: { retryable: true, about: 'The host did not answer.' },
  unavailable: { retryable: true, about: 'The host answered that it cannot serve now.' },
  rate_limited: { retryable: true, about: 'The host asks to slow down.' },
  unauthorised: { retryable: false, about: 'The host refused the signature or the credentials.' },
  not_supported: { retryable: false, about: 'The host lacks this capability.' },
  not_found: { retryable: false, about: 'The host does not know this object.' },
  conflict: { retryable: false, about: 'The object is in another state.' },
  refused: { retryable: false, about: 'The host refused the request, for the reason given.' },
  bad_request: { retryable: false, about: 'The request does not fit the contract.' },
  bad_answer: { retryable: false, about: 'The answer does not fit the contract.' },
} as const;
export type HostErrorCode = keyof typeof hostErrorCodes;

/** A call to the host failed. The message is safe to show: it holds no body, key or address. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly code: HostErrorCode;
  /** Seconds the host asked to wait, when it did. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: HostErrorCode, message: string, retryAfterSeconds?: number) {
    super(message);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get retryable(): boolean {
    return hostErrorCodes[this.code].retryable;
  }
}
