import { readOrCreateKeys } from '../../hooks/transport/keys.ts';
import { type Environment, readEnvironment } from '../env.ts';
import { createHostPort, type HostAccess } from '../host-port.ts';
import { keyFile } from '../modules/pairing/files.ts';
import { connect, migrate } from '../platform/database/orm.ts';
import { provideDatabase } from '../platform/database/provide.ts';
import { createLog } from '../platform/log.ts';
import { readInstallation } from '../process/installation.ts';
import { createService, type Service } from '../service.ts';

/**
 * Runs a command inside the service's own wiring, without port or workers, on the configured database.
 * @throws Error when no host is paired
 */
export async function withService<T>(work: (service: Service, env: Environment) => Promise<T>): Promise<T> {
  const env = readEnvironment(process.env);
  const database = await provideDatabase(env);
  try {
    const { keys, token } = await readHostAccess(env, database.url);
    const service = await createService({
      databaseUrl: database.url,
      host: createHostPort(env, { keys, token, timeoutMs: 30_000 }),
      keys,
      log: createLog('error'),
      hostOrigin: new URL(env.hostUrl).origin,
      workers: false,
    });
    try {
      return await work(service, env);
    } finally {
      await service.stop();
    }
  } finally {
    await database.release();
  }
}

async function readHostAccess(env: Environment, databaseUrl: string): Promise<HostAccess> {
  if (env.host === 'sandbox') return { keys: readOrCreateKeys(keyFile(env.dataDir)), token: null };
  const orm = await connect(databaseUrl, { poolMax: 2 });
  try {
    await migrate(orm);
    const installation = await readInstallation(orm.em.fork(), env, new Date());
    if (!installation.ready) throw new Error(`Not paired yet: ${installation.reason}`);
    return installation;
  } finally {
    await orm.close(true);
  }
}
