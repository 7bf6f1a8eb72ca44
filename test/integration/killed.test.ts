import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../hooks/hosts/sandbox/create-sandbox.ts';
import { seed } from '../../hooks/hosts/sandbox/seed.ts';
import { createHttpHostPort } from '../../hooks/transport/http-host-port.ts';
import { createKeys } from '../../hooks/transport/keys.ts';
import { mintSessionToken } from '../../hooks/transport/session-token.ts';
import { type Child, startChild } from '../../scripts/child.ts';
import { PLUGIN_ID } from '../../server/identity.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { runReconcile } from '../../server/modules/reconcile/run.ts';
import { createReseller } from '../../server/modules/reseller/create.ts';
import { resellerPermissions } from '../../server/permissions.ts';
import { createLog } from '../../server/platform/log.ts';
import { createService, systemActor } from '../../server/service.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { vpsLine, VPS_DUE } from '../support/orders.ts';

/** The service as a process of its own that can be killed, and a host whose calls can be held. */
const PASSWORD = 'correct horse battery';
const keys = createKeys();
let folder: string;
let databaseUrl: string;
let sandbox: Sandbox;
let hostServer: ReturnType<typeof serve>;
let hostUrl: string;
let servicePort: number;
let hold: { call: string; when: 'before' | 'after'; reached: () => void; late: (() => Promise<Response>)[] } | null =
  null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reseller-kill-'));
  databaseUrl = await freshDatabase();
  servicePort = await freePort();
  sandbox = createSandbox({ dataDir: folder, keys, serviceUrl: `http://127.0.0.1:${servicePort}` });
  seed(sandbox.host, { adminPassword: PASSWORD, resellerPassword: PASSWORD, clientPassword: PASSWORD });
  sandbox.start();
  hostServer = serve({ fetch: answerOrHold, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((done) => hostServer.once('listening', done));
  hostUrl = `http://127.0.0.1:${(hostServer.address() as AddressInfo).port}`;
  writeFileSync(join(folder, 'installation-keys.json'), JSON.stringify(keys), { mode: 0o600 });
});
afterEach(async () => {
  await sandbox.stop();
  hostServer.close();
  if ('closeAllConnections' in hostServer) hostServer.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

async function answerOrHold(request: Request): Promise<Response> {
  if (!hold || !request.url.endsWith(`/bridge/v1/${hold.call}`)) return sandbox.app.fetch(request);
  const held = hold;
  const copy = new Request(request.url, { method: 'POST', headers: request.headers, body: await request.text() });
  if (held.when === 'after') await sandbox.app.fetch(copy);
  else held.late.push(async () => sandbox.app.fetch(copy));
  held.reached();
  return new Promise(() => {});
}

const startService = (): Promise<Child> =>
  startChild(fileURLToPath(new URL('../../server/main.ts', import.meta.url)), {
    ...process.env,
    PORT: String(servicePort),
    DATA_DIR: folder,
    DATABASE_URL: databaseUrl,
    RESELLER_HOST_URL: hostUrl,
    LOG_LEVEL: 'silent',
  });

async function inProcess<T>(work: (service: Awaited<ReturnType<typeof createService>>) => Promise<T>): Promise<T> {
  const service = await createService({
    databaseUrl,
    keys,
    host: createHttpHostPort({ baseUrl: hostUrl, keys, timeoutMs: 5000 }),
    log: createLog('silent'),
    hostOrigin: hostUrl,
    workers: false,
  });
  try {
    return await work(service);
  } finally {
    await service.stop();
  }
}

async function call<T>(token: string, procedure: string, input: unknown, method: 'GET' | 'POST'): Promise<T> {
  const url = `http://127.0.0.1:${servicePort}/trpc/${procedure}`;
  const response = await fetch(method === 'GET' ? `${url}?input=${encodeURIComponent(JSON.stringify(input))}` : url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'POST' ? { body: JSON.stringify(input) } : {}),
  });
  return ((await response.json()) as { result: { data: T } }).result.data;
}

const steps = [
  { call: 'orders.find', when: 'before' },
  { call: 'orders.find', when: 'after' },
  { call: 'orders.place', when: 'before' },
  { call: 'orders.place', when: 'after' },
  { call: 'invoices.issue', when: 'before' },
  { call: 'invoices.issue', when: 'after' },
] as const;

test.each(steps)('kill -9 $when $call ends in one order at the quoted price', async (step) => {
  const reseller = await inProcess(async (service) => {
    await syncCatalogue(service.context(systemActor), {});
    return createReseller(service.context(systemActor), { hostClientId: '1', company: 'Northwind', tierId: 'gold' });
  });
  const [key] = keys.session;
  const token = await mintSessionToken(
    key!,
    {
      iss: hostUrl,
      aud: PLUGIN_ID,
      iid: keys.installation,
      sub: 'client:1',
      portal: 'client',
      scopes: [...resellerPermissions],
      account: '1',
      sid: 'test-session',
    },
    Date.now(),
  );
  // A host without unique references of its own: the look-up by reference is all that keeps an order single.
  const { writeFaults } = await import('../../hooks/hosts/sandbox/faults.ts');
  writeFaults(sandbox.host, { uniqueReferences: false });

  let service = await startService();
  const quote = await call<{ quote: string; dueNow: string }>(
    token,
    'quotes.create',
    { currency: 'USD', lines: [vpsLine] },
    'GET',
  );
  expect(quote.dueNow).toBe(VPS_DUE);
  const order = { idempotencyKey: 'intention-0001', quote: quote.quote, currency: 'USD', lines: [vpsLine] };
  const reached = new Promise<void>((done) => {
    hold = { ...step, reached: done, late: [] };
  });
  const lost = call(token, 'orders.place', order, 'POST').catch(() => 'lost');
  await reached;
  process.kill(service.pid, 'SIGKILL');
  await lost;
  hold = null;

  service = await startService();
  const placed = await eventually(async () => {
    const row = await call<{ id: string; status: string; total: string }>(token, 'orders.place', order, 'POST');
    return row.status === 'pending' ? row : null;
  });
  expect(placed).toMatchObject({ status: 'pending', total: VPS_DUE });
  const rows = await call<{ total: number }>(token, 'orders.list', {}, 'GET');
  expect(rows.total).toBe(1);
  await service.stop(5000);

  const report = await inProcess((one) => runReconcile(one.context(systemActor), {}));
  expect(report.differences).toEqual([]);
  const orders = await sandbox.port['orders.list']({ clientIds: ['1'], limit: 100 });
  expect(orders.orders.map(({ reference }) => reference)).toEqual([placed.id]);
  const invoices = await sandbox.port['invoices.list']({ clientIds: [reseller.hostClientId], limit: 100 });
  expect(invoices.invoices.map(({ total }) => total)).toEqual([VPS_DUE]);
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}
