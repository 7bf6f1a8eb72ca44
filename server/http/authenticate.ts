import { SessionTokenError, verifySessionToken } from '../../hooks/transport/session-token.ts';
import { systemActor } from '../actors.ts';
import type { ServiceContext } from '../context.ts';
import { PLUGIN_ID } from '../identity.ts';
import { authenticateKey } from '../modules/api-key/authenticate.ts';
import { actorFromSession } from '../modules/identity/actor-from-session.ts';
import type { HttpOptions } from './app.ts';

/** The context of a request with a session token or an API key in `Authorization: Bearer`; null when neither holds. */
export async function authenticate(options: HttpOptions, request: Request): Promise<ServiceContext | null> {
  const [scheme, token = ''] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === '') return null;
  const ctx = options.context(systemActor);
  if (token.startsWith('rsk_')) {
    const found = await authenticateKey(ctx.keys, token);
    return found && { ...ctx, actor: found.actor, ...(found.standing ? { standing: found.standing } : {}) };
  }
  try {
    const claims = await verifySessionToken(options.keys.session, token, { audience: PLUGIN_ID, nowMs: Date.now() });
    if (claims.iid !== options.keys.installation) return null;
    return { ...ctx, actor: await actorFromSession(ctx.em, claims, ctx.now) };
  } catch (error) {
    if (error instanceof SessionTokenError) return null;
    throw error;
  }
}
