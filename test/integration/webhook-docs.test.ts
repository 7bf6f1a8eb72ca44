import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createWebhook } from '../../server/modules/webhook/create.ts';
import { testWebhook } from '../../server/modules/webhook/test-event.ts';
import { packageRoot } from '../../server/platform/root.ts';
import { eventually } from '../support/eventually.ts';
import { startInstallation } from '../support/installation.ts';
import { turn } from '../support/webhooks.ts';

const document = readFileSync(new URL('docs/webhooks.md', packageRoot), 'utf8');
const receiver = /```js\n([\s\S]*?)```/.exec(document)![1]!;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

test('the receiver of the documentation, as printed, takes what is signed and refuses the rest', async () => {
  const it = await startInstallation();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const admin = it.admin();
  const ctx = { ...admin, webhooks: { ...admin.webhooks, allowPrivate: true } };
  const { id, secret } = await createWebhook(ctx, { url });
  const child = spawn(process.execPath, ['--input-type=module', '-e', receiver], {
    cwd: fileURLToPath(packageRoot),
    env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  try {
    const forged = await eventually(() => fetch(url, { method: 'POST', body: '{}' }).catch(() => null));
    expect(forged.status).toBe(401);
    await testWebhook(ctx, { id });
    const [outcome] = await turn(ctx);
    expect(outcome).toMatchObject({ status: 204, error: null });
    await eventually(async () => said.includes('webhook.test'));
  } finally {
    child.kill('SIGKILL');
    await it.stop();
  }
});
