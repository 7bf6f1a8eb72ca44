import { serve } from '@hono/node-server';
import { readEnvironment } from './env.ts';
import { provideDatabase } from './platform/database/provide.ts';
import { createLog } from './platform/log.ts';
import { Preflight } from './platform/preflight.ts';
import { startFixed } from './process/fixed.ts';
import { startPaired } from './process/paired.ts';

/** Starts the service alone: database, migrations, jobs, port; one READY line on stdout. */
async function main(): Promise<void> {
  const env = readEnvironment(process.env);
  const log = createLog(env.logLevel);
  const database = await provideDatabase(env);
  const tell = (words: string) => void process.stderr.write(words);
  const starting =
    env.host === 'sandbox' ? startFixed(env, database.url, log) : startPaired(env, database.url, log, tell);
  const running = await starting.catch(async (error: unknown) => {
    await database.release();
    throw error;
  });
  const server = serve({ fetch: running.fetch, port: env.port, hostname: env.bind });
  await new Promise<void>((done, failed) => server.once('listening', done).once('error', failed));
  const address = server.address();
  const url = `http://${env.bind}:${typeof address === 'object' && address ? address.port : env.port}`;
  await running.start(url);
  process.stdout.write(`READY ${JSON.stringify({ service: url })}\n`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    server.close();
    if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), 1000).unref();
    await running.stop().catch((error: unknown) => log.warn({ error: String(error) }, 'stopping'));
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
