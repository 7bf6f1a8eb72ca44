import type { Context } from 'hono';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import type { HttpOptions } from '../app.ts';
import { authenticate, logAnswer } from '../authenticate.ts';
import { problemOf, refusalOf } from '../problem.ts';
import { rateHeaders } from '../rate-headers.ts';
import { sourceAddress } from '../source-address.ts';
import { bindKey, idempotencyKey, onceFor, requestHash } from './idempotent.ts';
import { ApiRefusal } from './refusal.ts';
import type { Parts, Route } from './route.ts';

/** What the call log shows of a call where address and status do not say it. */
export interface Noted {
  path?: string;
  outcome?: string;
}

/** Lets a key in, runs `work`, and writes down how it ended. Every answer has a request id and the key's limits. */
export async function answer(
  options: HttpOptions,
  c: Context,
  work: (ctx: ServiceContext, noted: Noted) => Promise<Response>,
): Promise<Response> {
  const ctx = await authenticate(options, c.req.raw, sourceAddress(c, options.trustedProxies));
  if (!ctx) return problemOf(c, 401, 'unauthorised', 'Send a valid key: Authorization: Bearer rsk_live_…');
  const { requestId } = ctx;
  c.header('x-request-id', requestId);
  for (const [name, value] of Object.entries(rateHeaders(ctx.rates ?? []))) c.header(name, value);
  const noted: Noted = {};
  try {
    const response = await work(ctx, noted);
    logAnswer(ctx, c.req.raw, response.status, noted.outcome ?? null, noted.path);
    return response;
  } catch (error) {
    const refused = error instanceof ApiRefusal || error instanceof ServiceError;
    const response = refused ? refuse(c, error, requestId) : null;
    logAnswer(ctx, c.req.raw, response?.status ?? 500, refused ? error.code : 'internal');
    if (!response) throw error;
    return response;
  }
}

function refuse(c: Context, error: ApiRefusal | ServiceError, requestId: string): Response {
  if (error instanceof ServiceError) return refusalOf(c, error, requestId);
  for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
  return problemOf(c, error.status, error.code, error.message, { requestId });
}

/** Runs a route's verb for a request. */
export async function perform(route: Route, c: Context, ctx: ServiceContext): Promise<Response> {
  const text = route.body ? await c.req.text() : '';
  const parts: Parts = {
    id: c.req.param('id') ?? '',
    query: queryOf(route, c),
    body: bodyOf(text),
    version: route.ifMatch ? versionOf(c) : 0,
    key: c.req.header('idempotency-key') ?? '',
  };
  const once = route.method === 'post' ? await onceOf(route, c, ctx, parts.key, text) : undefined;
  const output = await route.verb(once ? { ...ctx, once } : ctx, route.input(parts) as never);
  const body = route.answer.parse(route.output ? route.output(output as never) : output) as { version?: unknown };
  if (typeof body.version === 'number') c.header('etag', `"${body.version}"`);
  c.header('cache-control', 'no-store');
  return c.json(body as object, route.status ?? 200);
}

function queryOf({ query }: Route, c: Context): Record<string, unknown> {
  const given = c.req.query();
  if (!query) return {};
  const parsed = query.safeParse(given);
  if (parsed.success) return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  const [issue] = parsed.error.issues;
  const name = issue?.path.join('/') ?? '';
  throw new ServiceError('bad_input', `${name || 'The query'}: ${issue?.message ?? 'does not fit'}`, `/${name}`);
}

/** @throws bad_input for anything but one JSON object */
export function bodyOf(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    if (body !== null && typeof body === 'object' && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Said below, without the parser's words.
  }
  throw new ServiceError('bad_input', 'The body is not a JSON object.');
}

function versionOf(c: Context): number {
  const given = c.req.header('if-match');
  if (given === undefined)
    throw new ApiRefusal(428, 'if_match_needed', 'Read the object first, and send its ETag in If-Match.');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(given)?.[1];
  if (version === undefined)
    throw new ServiceError('bad_input', 'If-Match: send the ETag of the object as it was answered, such as "3".');
  return Number(version);
}

async function onceOf(
  route: Route,
  c: Context,
  ctx: ServiceContext,
  key: string,
  text: string,
): Promise<ServiceContext['once']> {
  if (key === '' && !route.keyNeeded) return undefined;
  if (!idempotencyKey.test(key)) {
    throw new ServiceError(
      'bad_input',
      'Idempotency-Key: send 8 to 100 visible characters, made once per intention, such as a UUID.',
    );
  }
  // The verb knows the key and keeps to it for as long as there is the object.
  if (route.keyNeeded) return undefined;
  const request = requestHash(c.req.method, c.req.path, text);
  if (route.verb.mode === 'write') {
    const replayed = () => c.header('idempotent-replayed', 'true');
    return onceFor(ctx, { key, request, shownOnce: route.shownOnce ?? [], replayed });
  }
  if (route.verb.mode === 'steps') await bindKey(ctx, key, request);
  return undefined;
}
