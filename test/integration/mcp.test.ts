import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKey } from '../../server/modules/api-key/create.ts';
import { listCalls } from '../../server/modules/api-key/list-calls.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { type Permission, resellerPermissions } from '../../server/permissions.ts';
import { packageRoot } from '../../server/platform/root.ts';
import { ownEverything } from '../support/api-world.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { VPS_DUE, vpsLine } from '../support/orders.ts';

let it: Installation;
let reseller: ResellerRow;
let key: string;
let ids: Record<string, string>;
let foreign: Record<string, string>;
const opened: Client[] = [];

beforeAll(async () => {
  it = await startInstallation();
  await policy({ ratePerMinute: null, resellerRatePerMinute: null });
  reseller = await it.makeReseller();
  const other = await it.makeReseller({ hostClientId: '2' });
  ({ key, ids } = await ownEverything(it, reseller, 'reseller'));
  foreign = (await ownEverything(it, other, 'client')).ids;
});
afterAll(async () => {
  for (const client of opened) await client.close();
  await it.stop();
});

async function policy(values: object): Promise<void> {
  const [section] = (await getSettings(it.admin(), { section: 'api' })).rows;
  const { version } = section!;
  await updateSettings(it.admin(), { section: 'api', version, values: { ...section!.values, ...values } });
}

const makeKey = async (scopes: readonly Permission[], more: object = {}): Promise<string> =>
  (await createKey(it.admin(), { name: 'Assistant', resellerId: reseller.id, scopes: [...scopes], ...more })).key;

/** An assistant's client with a key; the newest protocol, or the one with a handshake. */
async function connect(as: string | null, mode: 'auto' | 'legacy' = 'auto', fetchAs?: typeof fetch): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  const transport = new StreamableHTTPClientTransport(new URL(`${it.serviceUrl}/mcp`), {
    requestInit: { headers: as === null ? {} : { authorization: `Bearer ${as}` } },
    ...(fetchAs ? { fetch: fetchAs } : {}),
  });
  await client.connect(transport);
  opened.push(client);
  return client;
}

async function call(client: Client, name: string, args: Record<string, unknown> = {}) {
  const answer = await client.callTool({ name, arguments: args });
  const [first] = answer.content as { type: string; text: string }[];
  const text: unknown = JSON.parse(first!.text);
  expect(answer.structuredContent).toEqual(text);
  // oxlint-disable-next-line typescript/no-explicit-any
  return { refused: answer.isError === true, body: text as any };
}

const request = { currency: 'USD', lines: [vpsLine] };
const count = async (table: string): Promise<number> =>
  (await it.system().em.execute<{ n: number }[]>(`select count(*)::int as n from ${table}`))[0]!.n;

const names = async (client: Client): Promise<string[]> => (await client.listTools()).tools.map(({ name }) => name);

describe('the tools', () => {
  test.each(['auto', 'legacy'] as const)('are those that the scopes open (%s)', async (mode) => {
    const all = await names(await connect(key, mode));
    expect(all).toEqual([
      'list_products',
      'quote',
      'place_order',
      'list_orders',
      'get_order',
      'list_services',
      'get_service',
      'list_customers',
      'get_account',
    ]);
    expect(await names(await connect(await makeKey(['orders:read']), mode))).toEqual([
      'list_orders',
      'get_order',
      'get_account',
    ]);
  });

  test('say what they take, and which one costs money', async () => {
    const { tools } = await (await connect(key)).listTools();
    const place = tools.find(({ name }) => name === 'place_order')!;
    expect(place.inputSchema.required).toEqual(
      expect.arrayContaining(['currency', 'lines', 'idempotencyKey', 'quote']),
    );
    expect(place.inputSchema).toMatchObject({ additionalProperties: false });
    for (const { name, annotations } of tools) expect(annotations?.readOnlyHint, name).toBe(name !== 'place_order');
  });

  test('of another scope are answered like one that there is not', async () => {
    const client = await connect(await makeKey(['orders:read']));
    const refusal = (name: string) =>
      client.callTool({ name, arguments: {} }).then(
        () => 'answered',
        (error: Error & { code?: unknown }) => ({ code: error.code, message: error.message.replace(name, 'it') }),
      );
    expect(await refusal('place_order')).toEqual(await refusal('make_coffee'));
    expect(await refusal('make_coffee')).toMatchObject({ code: -32602 });
  });
});

describe.each(['auto', 'legacy'] as const)('an order (%s)', (mode) => {
  test('is placed at the quoted price, once for its key', async () => {
    const client = await connect(key, mode);
    const { body: quoted } = await call(client, 'quote', request);
    expect(quoted).toMatchObject({ currency: 'USD', dueNow: VPS_DUE });
    const before = await count('reseller_order');
    const order = {
      ...request,
      quote: quoted.quote,
      idempotencyKey: `intention-${mode}`,
      customerId: ids['customers'],
    };
    const answers = await Promise.all(Array.from({ length: 5 }, () => call(client, 'place_order', order)));
    const [first] = answers;
    expect(first).toMatchObject({ refused: false, body: { total: VPS_DUE, via: 'api', currency: 'USD' } });
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await call(client, 'place_order', order)).body.id).toBe(first!.body.id);
    expect(await count('reseller_order')).toBe(before + 1);
    const other = await call(client, 'place_order', { ...order, note: 'another one' });
    expect(other).toMatchObject({ refused: true, body: { code: 'idempotency_conflict' } });
    expect((await call(client, 'get_order', { id: first!.body.id })).body).toMatchObject({
      customer: { id: ids['customers'] },
      orderLines: [{ product: 'vps-s' }],
    });
  });
});

test('without a quote, or with one for something else, nothing is ordered', async () => {
  const client = await connect(key);
  const before = await count('reseller_order');
  const idempotencyKey = crypto.randomUUID();
  const without = await call(client, 'place_order', { ...request, idempotencyKey });
  expect(without).toMatchObject({ refused: true, body: { code: 'bad_input', path: '/quote' } });
  const { quote } = (await call(client, 'quote', request)).body;
  const more = { ...request, lines: [{ ...vpsLine, quantity: 2 }], quote, idempotencyKey };
  expect(await call(client, 'place_order', more)).toMatchObject({
    refused: true,
    body: { code: 'price_changed', whatToDo: expect.stringContaining('new quote') },
  });
  const misspelt = { ...request, quote, idempotencyKey, customer_id: ids['customers'] };
  expect(await call(client, 'place_order', misspelt)).toMatchObject({
    refused: true,
    body: { code: 'bad_input', detail: expect.stringContaining('customerId') },
  });
  expect(await count('reseller_order')).toBe(before);
});

test('what is one’s own is answered as the API answers it, and a foreign id like an unknown one', async () => {
  const client = await connect(key);
  const api = async (path: string) =>
    (await fetch(`${it.serviceUrl}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })).json();
  expect((await call(client, 'list_products')).body).toEqual(await api('/products'));
  expect((await call(client, 'get_account')).body).toEqual(await api('/me'));
  expect((await call(client, 'list_orders', { limit: 2 })).body).toEqual(await api('/orders?limit=2'));
  expect((await call(client, 'list_customers')).body).toEqual(await api('/customers'));
  expect((await call(client, 'list_services')).body).toEqual(await api('/services'));
  for (const [tool, what] of [
    ['get_order', 'orders'],
    ['get_service', 'services'],
  ] as const) {
    expect((await call(client, tool, { id: ids[what] })).body).toEqual(await api(`/${what}/${ids[what]}`));
    const theirs = await call(client, tool, { id: foreign[what] });
    const unknown = await call(client, tool, { id: `${foreign[what]!.slice(0, -6)}000000` });
    expect(theirs).toMatchObject({ refused: true, body: { code: 'not_found' } });
    expect({ ...theirs.body, requestId: null }).toEqual({ ...unknown.body, requestId: null });
  }
  const { quote } = (await call(client, 'quote', request)).body;
  const toTheirs = { ...request, quote, idempotencyKey: crypto.randomUUID(), customerId: foreign['customers'] };
  expect(await call(client, 'place_order', toTheirs)).toMatchObject({ refused: true, body: { code: 'not_found' } });
  const listed = await call(client, 'list_orders', { resellerId: foreign['resellers'] });
  expect(JSON.stringify(listed.body)).not.toContain(foreign['orders']);
});

test('a test key orders in test mode alone', async () => {
  const client = await connect(await makeKey([...resellerPermissions], { mode: 'test' }));
  const before = it.sandbox.host.db.all('select id, version from documents');
  const { quote } = (await call(client, 'quote', request)).body;
  const { body } = await call(client, 'place_order', { ...request, quote, idempotencyKey: crypto.randomUUID() });
  expect(body).toMatchObject({ status: 'pending', hostOrderId: `test-${body.id}` });
  expect(it.sandbox.host.db.all('select id, version from documents')).toEqual(before);
  expect(await call(await connect(key), 'get_order', { id: body.id })).toMatchObject({ body: { code: 'not_found' } });
  expect(await call(client, 'get_order', { id: ids['orders'] })).toMatchObject({ body: { code: 'not_found' } });
});

test('a suspended reseller is told why nothing is ordered', async () => {
  const client = await connect(key);
  const { quote } = (await call(client, 'quote', request)).body;
  const status = async (to: 'active' | 'suspended') => {
    const [row] = await it
      .system()
      .em.execute<{ version: number }[]>('select version from reseller where id = ?', [reseller.id]);
    await setStatus(it.admin(), {
      id: reseller.id,
      version: row!.version,
      status: to,
      publicReason: 'a bill is open',
    });
  };
  await status('suspended');
  const placed = await call(client, 'place_order', { ...request, quote, idempotencyKey: crypto.randomUUID() });
  await status('active');
  expect(placed).toMatchObject({
    refused: true,
    body: { code: 'reseller_suspended', detail: expect.stringContaining('a bill is open') },
  });
});

/** A request without the client's help. */
const post = (body: unknown, headers: Record<string, string> = { authorization: `Bearer ${key}` }, method = 'POST') =>
  fetch(`${it.serviceUrl}/mcp`, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  });
const listing = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

describe('a caller', () => {
  test('without a key that we know is not let in', async () => {
    await expect(connect(null)).rejects.toThrow();
    for (const headers of [{}, { authorization: 'Bearer rsk_live_unknown' }]) {
      const response = await post(listing, headers as Record<string, string>);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: 'unauthorised' });
    }
  });

  test('has the limits of its key, message by message', async () => {
    const limited = await makeKey(['orders:read']);
    await policy({ ratePerMinute: 3, burst: 3 });
    try {
      const as = { authorization: `Bearer ${limited}` };
      // A batch would be one call for many.
      const batch = await post([listing, { ...listing, id: 2 }], as);
      expect(batch.status).toBe(400);
      const { headers, status } = await post(listing, as);
      expect({ status, policy: headers.get('ratelimit-policy') }).toEqual({
        status: 200,
        policy: expect.stringContaining('q=3'),
      });
      expect(headers.get('x-request-id')).toMatch(/./);
      await post(listing, as);
      const refused = await post(listing, as);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await refused.json()).toMatchObject({ code: 'rate_limited' });
    } finally {
      await policy({ ratePerMinute: null });
    }
  });

  test('signs where its key asks for it', async () => {
    const scopes: Permission[] = ['orders:read'];
    const made = await createKey(it.as(reseller), { name: 'Signed', signed: true, scopes });
    const signed: typeof fetch = (url, init) => {
      const [id, at] = [crypto.randomUUID(), new Date()];
      const headers = new Headers(init?.headers);
      headers.set('webhook-id', id);
      headers.set('webhook-timestamp', String(Math.floor(at.getTime() / 1000)));
      const text = `${init?.method ?? 'GET'} /mcp\n${String(init?.body ?? '')}`;
      headers.set('webhook-signature', new Webhook(made.signingSecret!).sign(id, at, text));
      return fetch(url, { ...init, headers });
    };
    expect(await names(await connect(made.key, 'auto', signed))).toContain('list_orders');
    const bare = await post(listing, { authorization: `Bearer ${made.key}` });
    expect(bare).toMatchObject({ status: 401 });
    expect(await bare.json()).toMatchObject({ code: 'signature_missing' });
  });

  test('stands in the call log with tool and outcome', async () => {
    const { id, key: own } = await createKey(it.as(reseller), { name: 'Logged', scopes: ['orders:read'] });
    const client = await connect(own);
    await call(client, 'list_orders');
    await call(client, 'get_order', { id: 'ord_unknown' });
    await expect(client.callTool({ name: 'place_order', arguments: {} })).rejects.toThrow();
    await post({ jsonrpc: '2.0' }, { authorization: `Bearer ${own}` });
    await it.service.context(it.admin().actor).calls.flush();
    const { rows } = await listCalls(it.admin(), { keyId: id });
    expect(rows.slice(0, 4)).toMatchObject([
      { path: '/mcp', outcome: 'http_400', status: 400 },
      { path: '/mcp', outcome: 'not_found' },
      { path: '/mcp/get_order', outcome: 'not_found', status: 200 },
      { path: '/mcp/list_orders', outcome: 'ok', status: 200 },
    ]);
  });

  test('gets no stream, and nothing but an answer for what is no message', async () => {
    for (const method of ['GET', 'DELETE']) {
      const response = await post(null, { authorization: `Bearer ${key}` }, method);
      expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
    }
    for (const body of ['', 'null', '[]', '{', '{}', '{"jsonrpc":"2.0"}', { ...listing, id: {} }]) {
      const response = await post(body);
      expect(response.status, JSON.stringify(body)).toBe(400);
      expect(await response.text()).not.toMatch(/ at .*:\d+/);
    }
    expect((await post(`{"a":"${'x'.repeat(300_000)}"}`)).status).toBe(413);
    const deaf = await post(listing, { authorization: `Bearer ${key}`, accept: 'text/html' });
    expect(deaf.status).toBe(406);
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const params = { _meta: meta, notifications: { toolsListChanged: true } };
    const listen = await post(
      { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params },
      { authorization: `Bearer ${key}`, 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' },
    );
    expect(await listen.text()).toContain('Subscription limit reached');
  });

  test('is told a reference and nothing else of what failed here', async () => {
    const client = await connect(key);
    await it.system().em.execute('alter table reseller_order rename column due_now to hidden_sum');
    try {
      const { refused, body } = await call(client, 'get_order', { id: ids['orders'] });
      expect({ refused, ...body }).toMatchObject({ refused: true, code: 'internal' });
      expect(body.detail).toMatch(/err_[0-9a-f-]{36}/);
      expect(JSON.stringify(body)).not.toMatch(/due_now|column|select/);
    } finally {
      await it.system().em.execute('alter table reseller_order rename column hidden_sum to due_now');
    }
  });
});

describe('the documentation', () => {
  const document = readFileSync(new URL('docs/mcp.md', packageRoot), 'utf8');

  test('names every tool with its scope', async () => {
    const rows = [...document.matchAll(/^\| `(\w+)` \| (?:`([\w:]+)`)? ?\|/gm)].map(([, name, scope]) => ({
      name,
      scope,
    }));
    expect(rows.map(({ name }) => name)).toEqual(await names(await connect(key)));
    for (const { name, scope } of rows) {
      const others = [...resellerPermissions].filter((one) => one !== scope);
      const without = await names(await connect(await makeKey(others)));
      expect([name, without.includes(name!)]).toEqual([name, scope === undefined]);
    }
  });

  test('has an example that orders as printed', async () => {
    const example = /```js\n([\s\S]*?)```/.exec(document)![1]!;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', example], {
      cwd: fileURLToPath(packageRoot),
      env: { ...process.env, RESELLER_MCP: `${it.serviceUrl}/mcp`, RESELLER_KEY: key },
    });
    expect(stdout).toMatch(new RegExp(`^due now: ${VPS_DUE}\\norder \\d+: (pending|placing), ${VPS_DUE}\\n$`));
  });
});
