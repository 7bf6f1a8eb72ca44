import { join } from 'node:path';
import { createHttpHostPort } from '../../hooks/transport/http-host-port.ts';
import { readOrCreateKeys } from '../../hooks/transport/keys.ts';
import { type Environment, readEnvironment } from '../env.ts';
import { provideDatabase } from '../platform/database/provide.ts';
import { createLog } from '../platform/log.ts';
import { createService, type Service } from '../service.ts';

/** Runs a command inside the service's own wiring, without port or workers, on the configured database. */
export async function withService<T>(work: (service: Service, env: Environment) => Promise<T>): Promise<T> {
  const env = readEnvironment(process.env);
  const database = await provideDatabase(env);
  const keys = readOrCreateKeys(join(env.dataDir, 'installation-keys.json'));
  const service = await createService({
    databaseUrl: database.url,
    host: createHttpHostPort({ baseUrl: env.hostUrl, keys, timeoutMs: 30_000 }),
    keys,
    log: createLog('error'),
    hostOrigin: new URL(env.hostUrl).origin,
    workers: false,
  });
  try {
    return await work(service, env);
  } finally {
    await service.stop();
    await database.release();
  }
}
