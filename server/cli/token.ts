import { join } from 'node:path';
import { Command } from 'commander';
import { mintSessionToken, SESSION_TOKEN_SECONDS } from '../../hooks/transport/session-token.ts';
import { PLUGIN_ID } from '../identity.ts';
import { loadStanding } from '../modules/reseller/standing.ts';
import { adminPermissions, resellerPermissions } from '../permissions.ts';
import { type Io, printJson } from './io.ts';
import { withService } from './with-service.ts';

/** `token --admin | --reseller ID`: a session of five minutes, for whoever has the key file of this machine. */
export function tokenCommand(io: Io): Command {
  return new Command('token')
    .description('A short session for local use')
    .option('--admin', 'as an administrator')
    .option('--reseller <id>', 'as this reseller')
    .action(async (options: { admin?: boolean; reseller?: string }) => {
      if (Boolean(options.reseller) === Boolean(options.admin))
        throw new Error('Give either --admin or --reseller ID.');
      const document = await withService(async (service, env) => {
        const em = service.orm.em.fork();
        const reseller = options.reseller ? await loadStanding(em, options.reseller, new Date()) : null;
        const [key] = service.keys.session;
        if (!key) throw new Error(`No session key in ${join(env.dataDir, 'installation-keys.json')}`);
        const token = await mintSessionToken(
          key,
          {
            iss: env.hostUrl,
            aud: PLUGIN_ID,
            iid: service.keys.installation,
            sub: reseller ? `client:${reseller.hostClientId}` : 'admin:local',
            portal: reseller ? 'client' : 'admin',
            scopes: [...(reseller ? resellerPermissions : adminPermissions)],
            account: reseller?.hostClientId ?? null,
            sid: 'command-line',
          },
          Date.now(),
        );
        return { token, expiresInSeconds: SESSION_TOKEN_SECONDS };
      });
      printJson(io, document);
    });
}
