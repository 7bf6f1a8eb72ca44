import { z } from 'zod';
import { HostError, hostErrorCodes, type HostErrorCode } from '../../contract/index.ts';

/** What every answer of the host's API looks like. */
const envelope = z.object({
  result: z.unknown(),
  error: z.object({ message: z.string().nullish(), code: z.union([z.number(), z.string()]).nullish() }).nullish(),
});

/** Codes in the envelope, from ApiResponseFactory and the API controller of FOSSBilling 0.8.5. */
const codes: Record<string, HostErrorCode> = {
  ...Object.fromEntries([201, 202, 203, 204, 205, 206, 403, 725, 1002, 1004].map((code) => [code, 'unauthorised'])),
  429: 'rate_limited',
  503: 'unavailable',
  715: 'not_supported',
  740: 'not_supported',
};

function codeOf(status: number, code: string): HostErrorCode {
  const named = codes[code] ?? codes[String(status)];
  if (named !== undefined) return named;
  if (status === 401) return 'unauthorised';
  return status >= 500 ? 'unavailable' : 'refused';
}

/**
 * The result in an answer of the host.
 * @param method names the call in messages, e.g. "invoice/prepare"
 * @param secret is cut out of whatever the host says
 * @throws HostError: 401 and missing rights → unauthorised, 429 → rate_limited, 503 and other 5xx → unavailable, unknown
 * calls and modules → not_supported, a redirect or what is not JSON → bad_answer, anything else the host refuses →
 * refused with its words.
 */
export function openEnvelope(
  answer: { status: number; text: string; retryAfterSeconds: number | undefined },
  method: string,
  secret: string,
): unknown {
  const { status, text, retryAfterSeconds } = answer;
  if (status >= 300 && status < 400) {
    throw new HostError('bad_answer', 'The host redirects its API. Set its final address.');
  }
  const parsed = envelope.safeParse(jsonOf(text));
  if (!parsed.success) {
    const code = codeOf(status, '');
    // A page of words where JSON should be: of an error page only the status is believed.
    throw new HostError(code === 'refused' ? 'bad_answer' : code, hostErrorCodes.bad_answer.about, retryAfterSeconds);
  }
  const { result, error } = parsed.data;
  if (!error && status < 400) return result;
  const ofDatabase = /SQLSTATE\[(\w{2})\w*\]/.exec(error?.message ?? '')?.[1];
  if (ofDatabase !== undefined) throw databaseError(ofDatabase);
  const code = codeOf(status, String(error?.code ?? ''));
  throw new HostError(code, messageOf(code, method, spoken(error?.message ?? '', secret)), retryAfterSeconds);
}

/** Errors of the host's database pass for refusals. Some pass by: a lost connection (08, HY), a deadlock (40). */
function databaseError(category: string): HostError {
  return ['08', '40', 'HY'].includes(category)
    ? new HostError('unavailable', hostErrorCodes.unavailable.about)
    : new HostError('refused', 'The database of the host refused this.');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function messageOf(code: HostErrorCode, method: string, words: string): string {
  if (code === 'refused') return words === '' ? 'The host refused this.' : words;
  if (code === 'unauthorised') return `The staff token of the host may not be used for ${method}.`;
  if (code === 'not_supported') return `The host has no ${method}.`;
  return hostErrorCodes[code].about;
}

/** The host's words for people: one line, without markup and without the token. */
function spoken(message: string, secret: string): string {
  const plain = message.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
  return (secret === '' ? plain : plain.replaceAll(secret, '…')).trim().slice(0, 300);
}
