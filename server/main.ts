import { serve } from '@hono/node-server';
import { createHttpHostPort } from '../hooks/transport/http-host-port.ts';
import { readOrCreateKeys } from '../hooks/transport/keys.ts';
import { readEnvironment } from './env.ts';
import { provideDatabase } from './platform/database/provide.ts';
import { createLog } from './platform/log.ts';
import { Preflight } from './platform/preflight.ts';
import { createService } from './service.ts';

/** Starts the service alone: database, migrations, jobs, port; one READY line on stdout. */
async function main(): Promise<void> {
  const env = readEnvironment(process.env);
  const log = createLog(env.logLevel);
  const database = await provideDatabase(env);
  const keys = readOrCreateKeys(`${env.dataDir}/installation-keys.json`);
  const service = await createService({
    databaseUrl: database.url,
    host: createHttpHostPort({ baseUrl: env.hostUrl, keys, timeoutMs: 10_000 }),
    keys,
    log,
    hostOrigin: new URL(env.hostUrl).origin,
    trustedProxies: env.trustedProxies,
    mail: env.mail,
  });
  const server = serve({ fetch: service.fetch, port: env.port, hostname: env.bind });
  await new Promise<void>((done, failed) => server.once('listening', done).once('error', failed));
  await service.start();
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : env.port;
  process.stdout.write(`READY ${JSON.stringify({ service: `http://${env.bind}:${port}` })}\n`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    server.close();
    if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), 1000).unref();
    await service.stop().catch((error: unknown) => log.warn({ error: String(error) }, 'stopping'));
    await database.release();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const message =
    error instanceof Preflight
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
