/** Every way a pairing is refused, with the HTTP status of its answer (the pairing protocol, v1). */
export const pairingErrors = {
  bad_request: 400,
  https_required: 400,
  wrong_code: 401,
  no_common_contract: 409,
  other_host: 409,
  in_progress: 409,
  too_many_tries: 429,
  host_unreachable: 502,
} as const;
export type PairingErrorCode = keyof typeof pairingErrors;

/** A pairing was refused. The message is shown to the admin in the host: it says what to do and holds no code or key. */
export class PairingError extends Error {
  override readonly name = 'PairingError';
  readonly code: PairingErrorCode;

  constructor(code: PairingErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
