import { SessionTokenError, verifySessionToken } from '../../hooks/transport/session-token.ts';
import { systemActor } from '../actors.ts';
import type { ServiceContext } from '../context.ts';
import { PLUGIN_ID } from '../identity.ts';
import { authenticateKey } from '../modules/api-key/authenticate.ts';
import { asksForSignature } from '../modules/api-key/format.ts';
import { checkSignature, signedText } from '../modules/api-key/signed.ts';
import { actorFromSession } from '../modules/identity/actor-from-session.ts';
import { recordView } from '../modules/identity/record-view.ts';
import { withoutKeys } from '../without-keys.ts';
import type { HttpOptions } from './app.ts';
import { KeyRefused } from './key-refused.ts';

/**
 * The context of a request with a session token or an API key in `Authorization: Bearer`; null when neither holds.
 * @throws KeyRefused for a key that we know and that may not call now
 */
export async function authenticate(
  options: HttpOptions,
  request: Request,
  sourceAddress?: string,
): Promise<ServiceContext | null> {
  const [scheme, token = ''] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === '') return null;
  const ctx = { ...options.context(systemActor), sourceAddress };
  if (token.startsWith('rsk_')) {
    const found = await authenticateKey(ctx, token, sourceAddress);
    if (!found) return null;
    const { actor, rates, mode } = found;
    const refusal =
      found.refused ??
      (asksForSignature(token) ? await checkSignature(ctx, found.keyId, request.headers, textOf(request)) : null);
    if (!actor || refusal) {
      const refused = new KeyRefused(refusal!, rates, ctx.requestId);
      logCall(ctx, found, request, refused.status, refused.code);
      throw refused;
    }
    const own = mode === 'live' ? ctx : { ...options.context(systemActor, mode), sourceAddress };
    return { ...own, actor, rates, ...(found.standing ? { standing: found.standing } : {}) };
  }
  try {
    const claims = await verifySessionToken(options.keys.session, token, { audience: PLUGIN_ID, nowMs: Date.now() });
    if (claims.iid !== options.keys.installation) return null;
    const session = { ...ctx, actor: await actorFromSession(ctx.em, claims, ctx.now) };
    if (claims.act) await recordView(session, claims.sid);
    return session;
  } catch (error) {
    if (error instanceof SessionTokenError) return null;
    throw error;
  }
}

/** Writes a call with a key down as it ended; calls from screens are no concern of the log. */
export function logAnswer(
  ctx: ServiceContext,
  request: Request,
  status: number,
  code: string | null,
  path?: string,
): void {
  const { actor } = ctx;
  if (actor.kind !== 'api_key') return;
  logCall(ctx, { keyId: actor.id, resellerId: actor.resellerId }, request, status, code ?? 'ok', path);
}

function logCall(
  ctx: ServiceContext,
  { keyId, resellerId }: { keyId: string; resellerId: string | null },
  request: Request,
  status: number,
  outcome: string,
  path = pathOf(request.url),
): void {
  ctx.calls.add({
    at: ctx.now,
    keyId,
    resellerId,
    method: request.method,
    path: withoutKeys(path).slice(0, 300),
    status,
    outcome,
    durationMs: Math.max(0, Date.now() - ctx.startedMs),
    requestId: ctx.requestId,
    sourceAddress: ctx.sourceAddress ?? null,
  });
}

/** What a signature covers; the body is read from a copy, since the route reads it as well. */
const textOf = (request: Request) => async (): Promise<string> => {
  const body = request.body === null ? '' : await request.clone().text();
  return signedText(request.method, request.url.slice(request.url.indexOf('/', request.url.indexOf('//') + 2)), body);
};

/** Without the query, which may hold what is nobody's business. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const end = url.indexOf('?', start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
}
