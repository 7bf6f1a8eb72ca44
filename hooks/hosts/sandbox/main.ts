import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { readOrCreateKeys } from '../../transport/keys.ts';
import { createSandbox } from './create-sandbox.ts';
import { isEmpty, seed } from './seed.ts';

const { DATA_DIR = './.data', SANDBOX_PORT = '3901', BIND = '127.0.0.1', ...env } = process.env;
const demoFile = join(DATA_DIR, 'sandbox-demo.json');

// The database holds what people bought and their password hashes.
process.umask(0o077);
mkdirSync(DATA_DIR, { recursive: true, mode: 0o700 });
const sandbox = createSandbox({
  dataDir: DATA_DIR,
  keys: readOrCreateKeys(join(DATA_DIR, 'installation-keys.json')),
  serviceUrl: env['SERVICE_URL'] ?? 'http://127.0.0.1:3900',
  testApi: env['SANDBOX_TEST_API'] !== 'off',
  ...(env['PUBLIC_URL'] && { publicUrl: env['PUBLIC_URL'] }),
});
if (isEmpty(sandbox.host)) seedDemo();

const server = serve({ fetch: sandbox.app.fetch, port: Number(SANDBOX_PORT), hostname: BIND }, () => {
  sandbox.start();
  process.stdout.write(`READY ${JSON.stringify({ sandbox: `http://${BIND}:${SANDBOX_PORT}` })}\n`);
});
server.on('error', (error) => {
  process.stderr.write(`The sandbox host cannot listen on ${BIND}:${SANDBOX_PORT}: ${error.message}\n`);
  process.exit(1);
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close();
    void sandbox.stop().then(() => process.exit(0));
  });
}

/** Seeds the demo with random passwords. The file comes first: a database whose passwords nobody knows would be of no use. */
function seedDemo(): void {
  const login = (name: string) => ({ email: `${name}@demo.example`, password: randomBytes(12).toString('base64url') });
  const fresh = { admin: login('admin'), reseller: login('reseller'), client: login('client') };
  const demo = existsSync(demoFile) ? (JSON.parse(readFileSync(demoFile, 'utf8')) as typeof fresh) : fresh;
  writeFileSync(demoFile, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  const [adminPassword, resellerPassword] = [demo.admin.password, demo.reseller.password];
  seed(sandbox.host, { adminPassword, resellerPassword, clientPassword: demo.client.password });
}
