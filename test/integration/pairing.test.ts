import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../../hooks/transport/listen.ts';
import { createHttpPlugin } from '../../hooks/transport/http-plugin.ts';
import type { InstallationKeys } from '../../hooks/transport/keys.ts';
import { mintSessionToken } from '../../hooks/transport/session-token.ts';
import { readEnvironment } from '../../server/env.ts';
import { CODE_MINUTES } from '../../server/modules/pairing/code.ts';
import { issueCode } from '../../server/modules/pairing/issue-code.ts';
import { PLUGIN_ID } from '../../server/identity.ts';
import { adminPermissions } from '../../server/permissions.ts';
import { createLog } from '../../server/platform/log.ts';
import { connect, type Orm } from '../../server/platform/database/orm.ts';
import { startPaired } from '../../server/process/paired.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { type PairingResult, startPairingHost } from '../support/pairing-host.ts';

type Host = Awaited<ReturnType<typeof startPairingHost>>;
let host: Host;
let folder: string;
let databaseUrl: string;
let orm: Orm;
let ends: (() => Promise<void>)[];

beforeEach(async () => {
  [host, databaseUrl] = [await startPairingHost(), await freshDatabase()];
  folder = mkdtempSync(join(tmpdir(), 'pairing-'));
  orm = await connect(databaseUrl, { poolMax: 2 });
  ends = [];
});
afterEach(async () => {
  for (const end of ends) await end();
  await orm.close(true);
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One process of the service, with what it says to the person who starts it. */
async function startProcess(url = host.url) {
  const env = readEnvironment({ RESELLER_HOST: 'fossbilling', RESELLER_HOST_URL: url, DATA_DIR: folder });
  const words: string[] = [];
  const running = await startPaired(env, databaseUrl, createLog('silent'), (text) => words.push(text));
  const web = await listen((request) => running.fetch(request));
  ends.push(async () => {
    await web.stop();
    await running.stop();
  });
  await running.start(web.url);
  const code = () => /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(words.join(''))?.[0] ?? '';
  const get = async (path: string) => {
    const response = await fetch(web.url + path);
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
  };
  return { url: web.url, words, code, get };
}
const freshCode = async (at = new Date()) => (await issueCode(orm.em.fork(), at)).code;
const keysOf = ({ installation, keys }: PairingResult): InstallationKeys => ({
  installation,
  hostToPlugin: [keys.hostToPlugin],
  pluginToHost: [keys.pluginToHost],
  session: [keys.session],
});
/** What a bridge with these keys gets: "not_found" while there are no price lists, "unauthorised" with wrong keys. */
const pull = (url: string, keys: InstallationKeys) =>
  createHttpPlugin({ baseUrl: url, keys })
    .pullIndex(null)
    .then(
      () => 'served',
      (error: { code: string }) => error.code,
    );

test('a fresh process waits, is paired with its code, and serves in the same process', async () => {
  const service = await startProcess();
  expect(service.words.join('')).toContain(service.url);
  expect((await service.get('/healthz')).status).toBe(200);
  expect(await service.get('/readyz')).toMatchObject({ status: 503, text: expect.stringContaining('not paired') });
  const refused = await service.get('/api/v1/openapi.json');
  expect([refused.status, refused.type]).toEqual([503, 'application/problem+json']);

  const { status, body } = await host.pair(service.url, service.code().toLowerCase());
  expect([status, body.installation]).toEqual([200, expect.stringMatching(/^ins_/)]);
  await eventually(async () => (await service.get('/readyz')).status === 200);
  expect(await pull(service.url, keysOf(body))).toBe('not_found');
  expect(new Set(Object.values(body.keys).map(({ secret }) => secret)).size).toBe(3);
  const file = join(folder, 'host-access.json');
  expect([JSON.parse(readFileSync(file, 'utf8')), statSync(file).mode & 0o777]).toEqual([
    { token: 'staff-token-1' },
    0o600,
  ]);
  const [entry] = await orm.em
    .fork()
    .execute<{ action: string; after: unknown }[]>('select action, after from activity');
  expect(entry).toMatchObject({ action: 'host.paired', after: { kind: 'fossbilling', url: host.url } });
});

test('of the code only a digest is kept, and it is good once', async () => {
  const service = await startProcess();
  const code = service.code();
  const rows = JSON.stringify(await orm.em.fork().execute('select * from pairing_code'));
  expect(rows).not.toContain(code.slice(0, 4));
  expect((await host.pair(service.url, code)).status).toBe(200);
  const again = await host.pair(service.url, code);
  const unknown = await host.pair(service.url, '0000-0000-0000-0000');
  expect([again.status, again.body.error]).toEqual([401, unknown.body.error]);
});

test('a code ends after ten minutes, and is then as wrong as any other', async () => {
  const service = await startProcess();
  const over = await freshCode(new Date(Date.now() - CODE_MINUTES * 60_000 - 1000));
  expect(await host.pair(service.url, over)).toMatchObject({ status: 401, body: { error: { code: 'wrong_code' } } });
  expect(host.calledBack).toEqual([]);
});

test('five wrong codes end all that are open', async () => {
  const service = await startProcess();
  for (let round = 0; round < 5; round += 1) {
    expect((await host.pair(service.url, `0000-0000-0000-000${round}`)).status).toBe(401);
  }
  expect(await host.pair(service.url, service.code())).toMatchObject({
    status: 429,
    body: { error: { code: 'too_many_tries', message: expect.stringContaining('reseller-plugin pair') } },
  });
  expect((await host.pair(service.url, await freshCode())).status).toBe(200);
});

test('a foreign address, another kind of host and another contract are refused with both names', async () => {
  const service = await startProcess();
  const foreign = { kind: 'fossbilling', version: '0.8.5', url: 'http://elsewhere.example/' };
  const refusal = await host.pair(service.url, service.code(), { host: foreign });
  expect(refusal).toMatchObject({ status: 409, body: { error: { code: 'other_host' } } });
  for (const name of ['http://elsewhere.example/', host.url]) expect(refusal.body.error?.message).toContain(name);
  expect(await host.pair(service.url, service.code(), { host: { ...foreign, kind: 'whmcs' } })).toMatchObject({
    status: 409,
    body: { error: { message: expect.stringContaining('whmcs') } },
  });
  expect(await host.pair(service.url, service.code(), { contracts: ['7.2'] })).toMatchObject({
    status: 409,
    body: { error: { code: 'no_common_contract', message: expect.stringMatching(/7\.2.*\b1\b/) } },
  });
  expect(host.calledBack).toEqual([]);
  expect((await host.pair(service.url, service.code(), { contracts: ['7.2', '1.4'] })).status).toBe(200);
});

test.each([
  ['does not know the code', { knows: 'AAAA' }, 'does not know this code'],
  ['has no module', { status: 404 }, '404'],
  ['redirects', { status: 302 }, '302'],
])('a host that %s is not paired, and the code stays good', async (_name, behaviour, words) => {
  const service = await startProcess();
  Object.assign(host.behaviour, behaviour);
  const refused = await host.pair(service.url, service.code());
  expect(refused).toMatchObject({ status: 502, body: { error: { code: 'host_unreachable' } } });
  expect(refused.body.error?.message).toContain(words);
  expect(refused.body.error?.message).not.toContain(service.code().replaceAll('-', ''));
  expect((await service.get('/readyz')).status).toBe(503);
  delete host.behaviour.knows;
  delete host.behaviour.status;
  expect((await host.pair(service.url, service.code())).status).toBe(200);
});

test('a host that cannot be reached is told with its address', async () => {
  const gone = await listen(() => new Response());
  await gone.stop();
  const service = await startProcess(gone.url);
  const at = { kind: 'fossbilling', version: '0.8.5', url: gone.url };
  expect(await host.pair(service.url, service.code(), { host: at })).toMatchObject({
    status: 502,
    body: { error: { message: expect.stringContaining(`${gone.url}/reseller/pairing`) } },
  });
});

test('two pairings at once with one code: one of them holds', async () => {
  const service = await startProcess();
  host.behaviour.delayMs = 200;
  const both = await Promise.all([host.pair(service.url, service.code()), host.pair(service.url, service.code())]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const [row] = await orm.em
    .fork()
    .execute<{ count: string }[]>('select count(*) from pairing_code where used_at is not null');
  expect(Number(row?.count)).toBe(1);
});

test('what is no pairing request is refused with where it is wrong; a large body is not read', async () => {
  const service = await startProcess();
  const bad = await host.pair(service.url, service.code(), { nonce: 'x' });
  expect(bad).toMatchObject({
    status: 400,
    body: { error: { code: 'bad_request', message: expect.stringContaining('nonce') } },
  });
  expect((await host.pair(service.url, service.code(), { padding: 'x'.repeat(20_000) })).status).toBe(413);
});

test('paired again, every process on the database takes the new keys by itself', async () => {
  const [one, two] = [await startProcess(), await startProcess()];
  const first = keysOf((await host.pair(one.url, one.code())).body);
  await eventually(async () => (await two.get('/readyz')).status === 200);
  host.behaviour.token = 'staff-token-2';
  const answer = await host.pair(two.url, await freshCode());
  const second = keysOf(answer.body);
  expect(answer.status).toBe(200);
  expect(second.installation).toBe(first.installation);
  expect(second.hostToPlugin[0]?.secret).not.toBe(first.hostToPlugin[0]?.secret);
  for (const { url } of [one, two]) await eventually(async () => (await pull(url, second)) === 'not_found');
  // The answer may be lost on its way to the host, which goes on with what it has until it is paired once more.
  expect(await pull(one.url, first)).toBe('not_found');
  expect(JSON.parse(readFileSync(join(folder, 'host-access.json'), 'utf8'))).toEqual({ token: 'staff-token-2' });
  const later = new Date(Date.now() - 3_600_000);
  await orm.em.fork().execute('update host_pairing set paired_at = ?', [later]);
  for (const { url } of [one, two]) await eventually(async () => (await pull(url, first)) === 'unauthorised');
  expect(await pull(one.url, second)).toBe('not_found');
});

test('a process with other keys than the pairing says so and does not serve', async () => {
  const one = await startProcess();
  await host.pair(one.url, one.code());
  const mine = folder;
  folder = mkdtempSync(join(tmpdir(), 'pairing-'));
  const other = await startProcess();
  rmSync(folder, { recursive: true, force: true });
  folder = mine;
  expect(await other.get('/readyz')).toMatchObject({ status: 503, text: expect.stringContaining('same DATA_DIR') });
  expect(other.code()).toBe('');
});

test('a database with resellers of another host is refused', async () => {
  await orm.em
    .fork()
    .execute(
      `insert into reseller (id, host_client_id, company, email, currency, tier_id, created_at) values ('rs_1', '1', 'x', 'x@example.org', 'USD', 'gold', now())`,
    );
  await expect(startProcess()).rejects.toThrow('another host');
});

/** What a screen of the provider asks, with a session that the host minted with these keys. */
async function ask(url: string, keys: InstallationKeys, procedure: string, input?: object) {
  const admin = {
    sub: 'admin:1',
    portal: 'admin' as const,
    scopes: [...adminPermissions],
    account: null,
    sid: 'session-1',
  };
  const iss = new URL(host.url).origin;
  const token = await mintSessionToken(
    keys.session[0]!,
    { iss, aud: PLUGIN_ID, iid: keys.installation, ...admin },
    Date.now(),
  );
  const body = input && { method: 'POST', body: JSON.stringify(input) };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/trpc/${procedure}`, { ...body, headers });
  const answer = (await response.json()) as { result?: { data: Record<string, string | null> } };
  return { status: response.status, data: answer.result?.data ?? {}, text: JSON.stringify(answer) };
}

async function startServing() {
  const service = await startProcess();
  const keys = keysOf((await host.pair(service.url, service.code())).body);
  await eventually(async () => (await service.get('/readyz')).status === 200);
  return { service, keys };
}
const because = { reason: 'The yearly change of keys' };

test('new keys are asked for on the screen, hold once the code is entered, and the code is in the log as a fact only', async () => {
  const { service, keys } = await startServing();
  const before = (await ask(service.url, keys, 'pairing.get')).data;
  expect(before).toEqual({ pairedAt: expect.any(String), refusedAt: null, codeUntil: null });
  const earlier = (await ask(service.url, keys, 'pairing.renew', because)).data['code']!;
  const { code, expiresAt } = (await ask(service.url, keys, 'pairing.renew', because)).data;
  expect((await ask(service.url, keys, 'pairing.get')).data).toMatchObject({ refusedAt: null, codeUntil: expiresAt });
  expect(await pull(service.url, keys)).toBe('not_found');
  expect((await host.pair(service.url, earlier)).status).toBe(401);

  const second = keysOf((await host.pair(service.url, code!)).body);
  await eventually(async () => (await pull(service.url, second)) === 'not_found');
  const after = await ask(service.url, second, 'pairing.get');
  expect(after.data).toMatchObject({ refusedAt: null, codeUntil: null });
  expect(Date.parse(after.data['pairedAt']!)).toBeGreaterThan(Date.parse(before['pairedAt']!));
  const log = await orm.em.fork().execute('select action, actor, reason, after from activity order by at, id');
  expect(log.map((entry) => entry['action'])).toEqual([
    'host.paired',
    'host.code_made',
    'host.code_made',
    'host.paired_again',
  ]);
  expect(log[1]).toMatchObject({ actor: { id: 'admin:1' }, ...because, after: { leaked: false } });
  const rows = JSON.stringify([log, await orm.em.fork().execute('select * from pairing_code')]);
  for (const part of [code!.slice(0, 9), earlier.slice(0, 9)]) expect(rows).not.toContain(part);
});

test('keys that may have leaked are refused at once, and end with the new pairing', async () => {
  const { service, keys } = await startServing();
  const { code } = (await ask(service.url, keys, 'pairing.renew', { ...because, leaked: true })).data;
  await eventually(async () => (await pull(service.url, keys)) === 'unauthorised');
  // The provider waits on a screen, whose session still holds.
  expect((await ask(service.url, keys, 'pairing.get')).data['refusedAt']).toEqual(expect.any(String));
  const second = keysOf((await host.pair(service.url, code!)).body);
  await eventually(async () => (await pull(service.url, second)) === 'not_found');
  await eventually(async () => (await pull(service.url, keys)) === 'unauthorised');
  expect((await ask(service.url, keys, 'pairing.get')).status).toBe(401);
  expect((await ask(service.url, second, 'pairing.get')).data).toMatchObject({ refusedAt: null, codeUntil: null });
});

test('the provider goes back to the keys the host has, and the code is worth nothing then', async () => {
  const { service, keys } = await startServing();
  expect((await ask(service.url, keys, 'pairing.keep', {})).status).toBe(409);
  const { code } = (await ask(service.url, keys, 'pairing.renew', { ...because, leaked: true })).data;
  await eventually(async () => (await pull(service.url, keys)) === 'unauthorised');
  expect((await ask(service.url, keys, 'pairing.keep', {})).status).toBe(200);
  await eventually(async () => (await pull(service.url, keys)) === 'not_found');
  expect((await host.pair(service.url, code!)).status).toBe(401);
  expect((await ask(service.url, keys, 'pairing.keep', {})).status).toBe(409);
});

test('a person opening the address of a service that waits is told the three steps, and nothing secret', async () => {
  const service = await startProcess();
  const page = await service.get('/');
  expect([page.status, page.type]).toEqual([503, expect.stringContaining('text/html')]);
  expect(page.text).toContain(host.url);
  expect(page.text).not.toContain(service.code());
  await host.pair(service.url, service.code());
  await eventually(async () => (await service.get('/')).text.includes('Connected'));
});
