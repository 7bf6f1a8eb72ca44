import { z } from 'zod';
import { HostError, hostErrorCodes, type HostErrorCode } from '../contract/host-error.ts';

/** The HTTP status that carries each code of a host. */
const statusOf = {
  unreachable: 504,
  unavailable: 503,
  rate_limited: 429,
  unauthorised: 401,
  not_supported: 501,
  not_found: 404,
  conflict: 409,
  refused: 422,
  bad_request: 400,
  bad_answer: 502,
} as const satisfies Record<HostErrorCode, number>;

/** Codes whose text comes from the host and is shown: the others get our own words. */
const hostSpeaks = new Set<HostErrorCode>(['not_supported', 'not_found', 'conflict', 'refused', 'bad_request']);

/** The body of every answer that is not 2xx, in both directions. */
export const errorBody = z.object({ error: z.object({ code: z.string().max(60), message: z.string() }) });

/** An answer with an error body. `retryAfterSeconds` becomes the header of that name. */
export function errorResponse(status: number, code: string, message: string, retryAfterSeconds?: number): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(Math.ceil(retryAfterSeconds)));
  return new Response(JSON.stringify({ error: { code, message } }), { status, headers });
}

/** A failure of the host port as an HTTP answer. */
export function responseOfHostError(error: HostError): Response {
  return errorResponse(statusOf[error.code], error.code, error.message, error.retryAfterSeconds);
}

/** The error of an answer's body, or null when it has none of our shape. The text is cut to 300 characters. */
export function readErrorBody(text: string): { code: string; message: string } | null {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = errorBody.safeParse(content);
  return parsed.success ? { code: parsed.data.error.code, message: parsed.data.error.message.slice(0, 300) } : null;
}

function codeOfStatus(status: number): HostErrorCode {
  if (status === 408 || status === 425) return 'unavailable';
  if (status === 403) return 'unauthorised';
  if (status >= 500) return 'unavailable';
  const named = (Object.keys(statusOf) as HostErrorCode[]).find((code) => statusOf[code] === status);
  // What is left is a 3xx (never followed), or a 4xx about the shape of the request.
  return named ?? (status < 400 ? 'bad_answer' : 'bad_request');
}

/**
 * An HTTP answer that is not 2xx as a HostError. The status decides; the code in the body only makes it finer where
 * both agree (a 502 of a proxy says nothing, ours means bad_answer).
 */
export function hostErrorOfResponse(status: number, text: string, retryAfterSeconds: number | undefined): HostError {
  const body = readErrorBody(text);
  const exact = (Object.keys(statusOf) as HostErrorCode[]).find(
    (code) => code === body?.code && statusOf[code] === status,
  );
  const code = exact ?? codeOfStatus(status);
  const message =
    body !== null && hostSpeaks.has(code) && body.message !== '' ? body.message : hostErrorCodes[code].about;
  return new HostError(code, message, retryAfterSeconds);
}
