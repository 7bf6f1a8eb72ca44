import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { readOrCreateKeys } from '../../transport/keys.ts';
import { createSandbox } from './create-sandbox.ts';
import { isEmpty, seed } from './seed.ts';

const { env } = process;
const dataDir = env['DATA_DIR'] ?? './.data';
const port = Number(env['SANDBOX_PORT'] ?? 3901);
const hostname = env['BIND'] ?? '127.0.0.1';

mkdirSync(dataDir, { recursive: true, mode: 0o700 });
const sandbox = createSandbox({
  dataDir,
  keys: readOrCreateKeys(join(dataDir, 'installation-keys.json')),
  serviceUrl: env['SERVICE_URL'] ?? 'http://127.0.0.1:3900',
  testApi: env['SANDBOX_TEST_API'] !== 'off',
  ...(env['PUBLIC_URL'] ? { publicUrl: env['PUBLIC_URL'] } : {}),
});
if (isEmpty(sandbox.host)) seedDemo(join(dataDir, 'sandbox-demo.json'));

const server = serve({ fetch: sandbox.app.fetch, port, hostname }, () => {
  sandbox.start();
  process.stdout.write(`READY ${JSON.stringify({ sandbox: `http://${hostname}:${port}` })}\n`);
});
server.on('error', (error) => {
  process.stderr.write(`The sandbox host cannot listen on ${hostname}:${port}: ${error.message}\n`);
  process.exit(1);
});

let ending = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    server.close();
    void sandbox.stop().then(() => process.exit(0));
  });
}

/** Seeds the demo with random passwords. The file comes first: a database whose passwords nobody knows would be of no use. */
function seedDemo(file: string): void {
  type Login = { email: string; password: string };
  const password = () => randomBytes(12).toString('base64url');
  const login = (name: string): Login => ({ email: `${name}@demo.example`, password: password() });
  const fresh = { admin: login('admin'), reseller: login('reseller'), client: login('client') };
  const demo = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as typeof fresh) : fresh;
  writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  const { admin, reseller, client } = demo;
  seed(sandbox.host, {
    adminPassword: admin.password,
    resellerPassword: reseller.password,
    clientPassword: client.password,
  });
}
