import type { InstallationKeys } from '../../../hooks/transport/keys.ts';
import { mintSessionToken, SESSION_TOKEN_SECONDS } from '../../../hooks/transport/session-token.ts';
import { PLUGIN_ID } from '../../identity.ts';
import { resellerPermissions } from '../../permissions.ts';

/** Makes sessions in which an admin sees a reseller's portal. */
export interface SessionMinter {
  viewAs(view: { hostClientId: string; admin: string; session: string }): Promise<{ token: string; expiresAt: string }>;
}

/** `host`: origin of the host's pages, named as the issuer as in the host's own tokens. */
export function createSessionMinter(keys: InstallationKeys, host: string): SessionMinter {
  return {
    viewAs: async ({ hostClientId, admin, session }) => {
      const [key] = keys.session;
      if (!key) throw new Error('This installation has no session key.');
      // Tokens live by the clock of their check, not by a request's moment.
      const now = Date.now();
      const token = await mintSessionToken(
        key,
        {
          iss: host,
          aud: PLUGIN_ID,
          iid: keys.installation,
          sub: `client:${hostClientId}`,
          act: admin,
          portal: 'client',
          scopes: [...resellerPermissions],
          account: hostClientId,
          sid: session,
        },
        now,
      );
      return { token, expiresAt: new Date(now + SESSION_TOKEN_SECONDS * 1000).toISOString() };
    },
  };
}
