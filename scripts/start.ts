import { fileURLToPath } from 'node:url';
import { readEnvironment } from '../server/env.ts';
import { provideDatabase } from '../server/platform/database/provide.ts';
import { Preflight } from '../server/platform/preflight.ts';
import { type Child, startChild } from './child.ts';
import { prepareDemo, writeDemo } from './demo.ts';
import { ensureUi } from './ensure-ui.ts';

const script = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** `npm start`: PostgreSQL, the sandbox host and the service, each a process of its own, with demo data. */
async function main(): Promise<void> {
  const env = readEnvironment(process.env);
  ensureUi();
  const children: Child[] = [];
  const database = await provideDatabase(env);
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    await Promise.all(children.map((child) => child.stop(5000)));
    await database.release();
    process.exit(code);
  };
  process.on('SIGTERM', () => stop(0));
  process.on('SIGINT', () => stop(0));
  try {
    const url = (port: number) => `http://${env.bind}:${port}`;
    const shared = {
      ...process.env,
      DATA_DIR: env.dataDir,
      SERVICE_URL: process.env['SERVICE_URL'] ?? url(env.port),
      RESELLER_HOST_URL: env.hostUrl,
    };
    const sandbox = env.isDemo ? await startChild(script('hooks/hosts/sandbox/main.ts'), shared) : null;
    if (sandbox) children.push(sandbox);
    const service = await startChild(script('server/main.ts'), shared);
    children.push(service);
    const addresses = { ...service.ready, ...sandbox?.ready };
    const demo = sandbox && (await prepareDemo(env, database.url));
    if (sandbox && demo) {
      writeDemo(env, demo, { service: service.pid, sandbox: sandbox.pid });
      const host = sandbox.ready['sandbox'] ?? '';
      process.stdout.write(
        [
          `Shop and client portal  ${host}/`,
          `  reseller              ${demo.reseller.email}  ${demo.reseller.password}`,
          `  ordinary client       ${demo.client.email}  ${demo.client.password}`,
          `Admin panel             ${host}/admin`,
          `  admin                 ${demo.admin.email}  ${demo.admin.password}`,
          `Reseller API            ${service.ready['service']}/api/v1  (key in ${env.dataDir}/demo.json)`,
          '',
        ].join('\n'),
      );
    }
    process.stdout.write(`READY ${JSON.stringify(addresses)}\n`);
    service.process.once('exit', () => {
      if (!stopping)
        process.stderr.write('The service ended. The shop goes on selling; start it again with: npm run service\n');
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stop(1);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Preflight || error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
