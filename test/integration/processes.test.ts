import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Child, startChild } from '../../scripts/child.ts';
import { createKey } from '../../server/modules/api-key/create.ts';
import { createWebhook } from '../../server/modules/webhook/create.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { resellerPermissions } from '../../server/permissions.ts';
import { eventually } from '../support/eventually.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { startReceiver } from '../support/webhooks.ts';

/** Two services that answer and two that work, each a process of its own, on one database. */
type Role = 'answers' | 'works';
let it: Installation;
let reseller: ResellerRow;
let folder: string;
const running = new Map<string, Child>();

beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller();
  folder = mkdtempSync(join(tmpdir(), 'reseller-processes-'));
  writeFileSync(join(folder, 'installation-keys.json'), JSON.stringify(it.keys), { mode: 0o600 });
  await Promise.all(['answers 1', 'answers 2'].map((name) => start(name)));
}, 120_000);
afterAll(async () => {
  await Promise.all([...running.values()].map((child) => child.stop(0)));
  await it.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(name: string): Promise<void> {
  const child = await startChild(fileURLToPath(new URL('../../server/main.ts', import.meta.url)), {
    ...process.env,
    PORT: '0',
    DATA_DIR: folder,
    DATABASE_URL: it.databaseUrl,
    RESELLER_HOST_URL: it.hostUrl,
    WEBHOOKS_ALLOW_PRIVATE: '1',
    WORKERS: name.startsWith('works' satisfies Role) ? '1' : '0',
    LOG_LEVEL: 'silent',
  });
  running.set(name, child);
}

/** Dies without a word, and is gone for good: another one comes in its place. */
async function killAndReplace(name: string): Promise<void> {
  const { process: child } = running.get(name)!;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
  running.delete(name);
  await start(name);
}

const urlOf = (turn: number): string => {
  const open = [...running].filter(([name]) => name.startsWith('answers')).map(([, { ready }]) => ready['service']!);
  return open[turn % open.length]!;
};
const make = (scopes = [...resellerPermissions]) => createKey(it.as(reseller), { name: 'Processes', scopes });

test('of 200 calls at once over two processes a limit of 60 lets in 60 and refuses 140', async () => {
  const { key } = await make();
  const statuses = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const response = await fetch(`${urlOf(index)}/api/v1/tiers`, { headers: { authorization: `Bearer ${key}` } });
      await response.arrayBuffer();
      return response.status;
    }),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(60);
  expect(statuses.filter((status) => status === 429)).toHaveLength(140);
});

test('once revoking has answered no process lets the key in, not one call of many that are under way', async () => {
  await it
    .system()
    .em.execute(
      `update settings set "values" = "values" || '{"ratePerMinute": null, "resellerRatePerMinute": null}' where section = 'api'`,
    );
  const { key, id } = await make();
  const { key: manager } = await make(['keys:manage']);
  const ask = async (turn: number) => {
    const began = performance.now();
    const response = await fetch(`${urlOf(turn)}/api/v1/tiers`, { headers: { authorization: `Bearer ${key}` } });
    await response.arrayBuffer();
    return { began, status: response.status };
  };
  const asked: { began: number; status: number }[] = [];
  const load = { done: false };
  const callers = Array.from({ length: 4 }, async (_, caller) => {
    for (let turn = caller; !load.done; turn += 1) asked.push(await ask(turn));
  });
  await eventually(async () => asked.length > 20);
  const answer = await fetch(`${urlOf(0)}/api/v1/keys/${id}/revoke`, {
    method: 'POST',
    headers: { authorization: `Bearer ${manager}`, 'content-type': 'application/json' },
    body: '{}',
  });
  const answered = performance.now();
  expect(answer.status).toBe(200);
  await eventually(async () => asked.filter(({ began }) => began > answered).length > 20);
  load.done = true;
  await Promise.all(callers);
  expect(asked.some(({ status }) => status === 200)).toBe(true);
  expect(asked.filter(({ began, status }) => began > answered && status !== 401)).toEqual([]);
});

test('kill -9 of any of two services and two workers loses no event, and none leaves the sequence of its object', async () => {
  await Promise.all(['works 1', 'works 2'].map((name) => start(name)));
  const receiver = await startReceiver(() => 204);
  const ctx = it.as(reseller);
  await createWebhook(
    { ...ctx, webhooks: { ...ctx.webhooks, allowPrivate: true } },
    { url: receiver.url, events: ['customer.*'] },
  );
  const { key } = await make(['customers:read', 'customers:write']);

  /** Repeats a request, at whichever process lives, until one has answered it; the key makes it one. */
  const persist = async (method: string, path: string, headers: Record<string, string>, body: object) => {
    for (let turn = 0; ; turn += 1) {
      try {
        const response = await fetch(`${urlOf(turn)}/api/v1${path}`, {
          method,
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        });
        const answer = (await response.json()) as { id: string; version: number };
        // 412: the try whose answer died with its process had done it already.
        if (response.ok || response.status === 412) return { status: response.status, answer };
      } catch {
        // The connection ended with its process.
      }
      await sleep(50);
    }
  };

  const made: string[] = [];
  const load = { done: false };
  const callers = Array.from({ length: 3 }, async (_, caller) => {
    for (let number = 0; !load.done; number += 1) {
      const email = `person-${caller}-${number}@example.org`;
      const { answer } = await persist(
        'POST',
        '/customers',
        { 'idempotency-key': `make-${caller}-${number}` },
        { name: 'Ines', email },
      );
      for (const [at, phone] of ['+49 30 1', '+49 30 2'].entries())
        await persist('PATCH', `/customers/${answer.id}`, { 'if-match': `"${answer.version + at}"` }, { phone });
      made.push(answer.id);
      await sleep(30);
    }
  });
  for (const name of ['works 1', 'answers 1', 'works 2', 'answers 2']) {
    const before = made.length;
    await eventually(async () => made.length > before + 3, 60_000);
    await killAndReplace(name);
  }
  const before = made.length;
  await eventually(async () => made.length > before + 3, 60_000);
  load.done = true;
  await Promise.all(callers);

  const outbox = await it
    .system()
    .em.execute<{ id: string; object: string; position: string | null }[]>(
      `select id, payload ->> 'customerId' as object, position::text from outbox where type like 'customer.%' order by sequence`,
    );
  const arrived = () => new Set(receiver.received.map(({ body }) => body.id));
  // What a dead worker had begun to send is taken over when its lease runs out, half a minute later.
  await eventually(async () => arrived().size >= outbox.length, 90_000);
  expect(outbox.length).toBeGreaterThanOrEqual(made.length);
  expect([...arrived()].toSorted()).toEqual(outbox.map(({ id }) => id).toSorted());
  for (const object of made) {
    const sequences = receiver.received
      .filter(({ body }) => body.data['customerId'] === object)
      .map(({ body }) => body.sequence!);
    expect(sequences.length, object).toBeGreaterThan(0);
    expect(sequences, object).toEqual(sequences.toSorted((x, y) => x - y));
  }
  receiver.stop();
}, 300_000);
