import { readOrCreateKeys } from '../../hooks/transport/keys.ts';
import type { Environment } from '../env.ts';
import { createHostPort } from '../host-port.ts';
import { keyFile } from '../modules/pairing/files.ts';
import { holdsAnotherHost } from '../modules/pairing/state.ts';
import type { Log } from '../platform/log.ts';
import { createService } from '../service.ts';
import { otherHost } from './other-host.ts';
import type { RunningProcess } from './running.ts';

/** The service beside the sandbox: both read the same key file, so nothing is paired. */
export async function startFixed(env: Environment, databaseUrl: string, log: Log): Promise<RunningProcess> {
  const keys = readOrCreateKeys(keyFile(env.dataDir));
  const service = await createService({
    databaseUrl,
    host: createHostPort(env, { keys, token: null }),
    keys,
    place: env,
    log,
    hostOrigin: new URL(env.hostUrl).origin,
    trustedProxies: env.trustedProxies,
    mail: env.mail,
    webhooksAllowPrivate: env.webhooksAllowPrivate,
    workers: env.workers,
  });
  if (await holdsAnotherHost(service.orm.em.fork(), env.host)) {
    await service.stop();
    throw otherHost(env);
  }
  return {
    fetch: (request, env) => service.fetch(request, env),
    start: () => service.start(),
    stop: () => service.stop(),
  };
}
