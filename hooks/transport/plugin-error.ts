/** Codes of a plugin that did not take or give what a bridge asked for. */
export const pluginErrorCodes = {
  unreachable: { retryable: true, about: 'The plugin did not answer in time.' },
  unavailable: { retryable: true, about: 'The plugin cannot serve now.' },
  rate_limited: { retryable: true, about: 'The plugin asks to slow down.' },
  conflict: { retryable: true, about: 'The plugin is busy with the same thing, or speaks another contract version.' },
  unauthorised: { retryable: true, about: 'The plugin refused the signature: check keys and clocks.' },
  bad_answer: { retryable: true, about: 'The answer of the plugin does not fit the contract.' },
  refused: { retryable: false, about: 'The plugin refused the request as it is.' },
  not_found: { retryable: false, about: 'The plugin does not know this address or object.' },
  gone: { retryable: false, about: 'The plugin was removed here.' },
} as const;
export type PluginErrorCode = keyof typeof pluginErrorCodes;

/**
 * The plugin could not be asked. `unauthorised` and `bad_answer` count as retryable: they come from the set-up of one
 * end, not from the message, and the message is as good as before once a person has mended it.
 */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly code: PluginErrorCode;
  /** Seconds the plugin asked to wait, when it did. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: PluginErrorCode, message: string = pluginErrorCodes[code].about, retryAfterSeconds?: number) {
    super(message);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get retryable(): boolean {
    return pluginErrorCodes[this.code].retryable;
  }
}

/** The code for an HTTP status that is not 2xx. */
export function pluginErrorCode(status: number): PluginErrorCode {
  if (status === 401 || status === 403) return 'unauthorised';
  if (status === 404) return 'not_found';
  if (status === 409) return 'conflict';
  if (status === 410) return 'gone';
  if (status === 429) return 'rate_limited';
  if (status >= 500 || status === 408 || status === 425) return 'unavailable';
  return status < 400 ? 'bad_answer' : 'refused';
}
