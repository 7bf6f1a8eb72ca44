import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeys } from '../../hooks/transport/keys.ts';
import { createKey } from '../../server/modules/api-key/create.ts';
import { forgetCalls } from '../../server/modules/api-key/forget-calls.ts';
import { listKeys } from '../../server/modules/api-key/list.ts';
import { regenerateKey } from '../../server/modules/api-key/regenerate.ts';
import { resealSigningSecrets } from '../../server/modules/api-key/reseal.ts';
import { getKeyUsage } from '../../server/modules/api-key/usage.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { createVault } from '../../server/modules/webhook/vault.ts';
import { packageRoot } from '../../server/platform/root.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let it: Installation;
let reseller: ResellerRow;
let key: string;
let keyId: string;
let secret: string;

const make = (more: object = {}) =>
  createKey(it.as(reseller), { name: 'Signed', signed: true, scopes: ['customers:read', 'customers:write'], ...more });
beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller();
  const made = await make();
  [key, keyId, secret] = [made.key, made.id, made.signingSecret!];
});
afterAll(() => it.stop());

interface Sent {
  method?: string;
  path?: string;
  body?: string;
  /** What is signed where it differs from what is sent. */
  signed?: { method?: string; path?: string; body?: string };
  id?: string;
  at?: Date;
  with?: string;
  headers?: Record<string, string | null>;
}

async function send(what: Sent = {}) {
  const { method = 'POST', path = '/api/v1/customers', id = crypto.randomUUID(), at = new Date() } = what;
  const {
    body = method === 'GET' ? '' : JSON.stringify({ name: 'Ines', email: `${crypto.randomUUID()}@example.org` }),
  } = what;
  const signed = { method, path, body, ...what.signed };
  const headers: Record<string, string | null> = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(what.with ?? secret).sign(
      id,
      at,
      `${signed.method} ${signed.path}\n${signed.body}`,
    ),
    ...what.headers,
  };
  const response = await fetch(`${it.serviceUrl}${path}`, {
    method,
    headers: Object.entries(headers).filter((header): header is [string, string] => header[1] !== null),
    ...(method === 'GET' ? {} : { body }),
  });
  const answer = (await response.json()) as { code?: string };
  return { status: response.status, code: answer.code };
}

test('the example of the documentation, as printed, is let in', async () => {
  const document = readFileSync(new URL('docs/signed-requests.md', packageRoot), 'utf8');
  const example = /```js\n([\s\S]*?)```/.exec(document)![1]!;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', example], {
    cwd: fileURLToPath(packageRoot),
    env: { ...process.env, API_URL: it.serviceUrl, API_KEY: key, SIGNING_SECRET: secret },
  });
  expect(stdout).toBe('Ines Öztürk 1\n');
});

test('a key that asks for signatures opens nothing without one, by any way in', async () => {
  expect(key).toMatch(/^rsk_live_signed_/);
  const headers = { authorization: `Bearer ${key}` };
  for (const path of ['/api/v1/customers', '/trpc/customers.list?input={}', '/exports/v1/activity.csv']) {
    const response = await fetch(`${it.serviceUrl}${path}`, { headers });
    expect([path, response.status]).toEqual([path, 401]);
    expect(await response.json()).toMatchObject({ code: 'signature_missing' });
  }
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
    expect(await send({ headers: { [name]: null } })).toEqual({ status: 401, code: 'signature_missing' });
});

test('method, path, query, body, id, time and secret are all covered', async () => {
  expect(await send()).toMatchObject({ status: 201 });
  expect(await send({ method: 'GET', path: '/api/v1/customers?limit=1' })).toMatchObject({ status: 200 });
  expect(await send({ method: 'GET', path: `/trpc/customers.list?input=${encodeURIComponent('{}')}` })).toMatchObject({
    status: 200,
  });
  const bad: Sent[] = [
    { signed: { method: 'PUT' } },
    { signed: { path: '/api/v1/orders' } },
    { method: 'GET', path: '/api/v1/customers?limit=2', signed: { path: '/api/v1/customers?limit=1' } },
    { signed: { body: '{}' } },
    { with: (await make()).signingSecret! },
    { headers: { 'webhook-id': crypto.randomUUID() } },
    { headers: { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) + 60) } },
    { headers: { 'webhook-timestamp': 'today' } },
    { id: 'short' },
    { headers: { 'webhook-signature': 'v1,AAAA' } },
    { headers: { 'webhook-signature': 'nonsense' } },
  ];
  for (const one of bad) expect([one, await send(one)]).toEqual([one, { status: 401, code: 'signature_invalid' }]);
});

test('several signatures may be sent, as while a secret is exchanged', async () => {
  const id = crypto.randomUUID();
  const at = new Date();
  const good = new Webhook(secret).sign(id, at, 'GET /api/v1/customers\n');
  expect(
    await send({ method: 'GET', id, at, headers: { 'webhook-signature': `v1,AAAA v2,BBBB ${good}` } }),
  ).toMatchObject({ status: 200 });
});

test('a time more than 300 seconds away is refused, on both sides', async () => {
  const from = (seconds: number) => send({ at: new Date(Date.now() + seconds * 1000) });
  expect(await from(-280)).toMatchObject({ status: 201 });
  expect(await from(280)).toMatchObject({ status: 201 });
  for (const seconds of [-310, 310]) expect(await from(seconds)).toEqual({ status: 401, code: 'signature_expired' });
});

test('the same id is let in once, of twenty at a time too, and a bad signature spends none', async () => {
  const id = crypto.randomUUID();
  const at = new Date();
  const body = JSON.stringify({ name: 'Once', email: 'once@example.org' });
  expect(await send({ id, at, body, headers: { 'webhook-signature': 'v1,AAAA' } })).toMatchObject({
    code: 'signature_invalid',
  });
  const answers = await Promise.all(Array.from({ length: 20 }, () => send({ id, at, body })));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ code }) => code === 'signature_replayed')).toHaveLength(19);
  // Another key's ids are another matter.
  const other = await make();
  const [mine, mineSecret] = [key, secret];
  [key, secret] = [other.key, other.signingSecret!];
  expect(await send({ id, at, method: 'GET' })).toMatchObject({ status: 200 });
  [key, secret] = [mine, mineSecret];
});

test('ids are remembered for as long as their signature holds, and no longer', async () => {
  const id = crypto.randomUUID();
  await send({ id });
  const kept = async () =>
    (await it.system().em.execute<unknown[]>('select 1 from api_message where message_id = ?', [id])).length;
  await forgetCalls({ ...it.system(), now: new Date(Date.now() + 590_000) });
  expect(await kept()).toBe(1);
  await forgetCalls({ ...it.system(), now: new Date(Date.now() + 620_000) });
  expect(await kept()).toBe(0);
});

test('the secret is shown once, kept sealed, and survives a rotation of the installation’s keys', async () => {
  const held = JSON.stringify(await it.system().em.execute('select k.*, a.after from api_key k, activity a'));
  expect(held).not.toContain(secret.slice(6));
  const row = (await listKeys(it.as(reseller), { view: 'all' })).rows.find(({ id }) => id === keyId);
  expect(row).toMatchObject({ signed: true, prefix: key.slice(0, 21) });
  expect(JSON.stringify(row)).not.toContain('whsec_');
  const next = createKeys();
  const rotated = createVault({ session: [...next.session, ...it.keys.session] });
  const ctx = it.system();
  await resealSigningSecrets({ ...ctx, webhooks: { ...ctx.webhooks, vault: rotated } });
  const [kept] = await ctx.em.execute<{ sealed: string }[]>(
    'select signing_secret as sealed from api_key where id = ?',
    [keyId],
  );
  expect(createVault(next).open(kept!.sealed, keyId)).toBe(secret);
});

test('a regenerated key is signed by a secret of its own, and refusals are counted by reason', async () => {
  const old = await make();
  const next = await regenerateKey(it.as(reseller), { id: old.id, overlap: '1h' });
  expect(next.key).toMatch(/^rsk_live_signed_/);
  expect(next.signingSecret).not.toBe(old.signingSecret);
  await it.system().calls.flush();
  const outcomes = (await getKeyUsage(it.as(reseller), { id: keyId })).byDay.map(({ outcome }) => outcome);
  expect(outcomes).toEqual(
    expect.arrayContaining(['ok', 'signature_expired', 'signature_invalid', 'signature_missing', 'signature_replayed']),
  );
});
