import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ServiceError } from '../errors.ts';
import { statuses } from './problem-codes.ts';

/** A problem document (RFC 9457) with our stable code beside the title. */
export function problemOf(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  detail: string,
  { path, requestId }: { path?: string | undefined; requestId?: string | undefined } = {},
): Response {
  return c.json(
    {
      type: 'about:blank',
      title: code.replaceAll('_', ' '),
      status,
      code,
      detail,
      ...(path ? { path } : {}),
      ...(requestId ? { requestId } : {}),
    },
    status,
    {
      'content-type': 'application/problem+json',
      ...(requestId ? { 'x-request-id': requestId } : {}),
      ...(status === 503 ? { 'retry-after': '5' } : {}),
    },
  );
}

/** A verb's refusal as a problem document; anything else is thrown on. */
export function refusalOf(c: Context, error: unknown, requestId?: string): Response {
  if (!(error instanceof ServiceError)) throw error;
  return problemOf(c, statuses[error.code], error.code, error.message, { path: error.path, requestId });
}
