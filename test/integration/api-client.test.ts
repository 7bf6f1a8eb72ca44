import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../client/client.ts';
import { ApiProblem } from '../../client/problem.ts';
import { createKey } from '../../server/modules/api-key/create.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { resellerPermissions } from '../../server/permissions.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';

/** The few operations that are called here; those of the package come from its OpenAPI file. */
interface Own {
  'post /quotes': { request: { body: object }; answer: { quote: string } };
  'post /orders': { request: { body: object; idempotencyKey?: string }; answer: { id: string } };
  'get /orders': { request: { query?: object }; answer: { total: number } };
  'get /customers': { request: { query?: object }; answer: { total: number } };
  'post /customers': { request: { body: object }; answer: { id: string; version: number } };
  'patch /customers/{id}': {
    request: { id: string; ifMatch: number; body: object };
    answer: { name: string; version: number };
  };
}

let it: Installation;
let key: string;
beforeAll(async () => {
  it = await startInstallation();
  const { id } = await it.makeReseller();
  ({ key } = await createKey(it.admin(), { name: 'ERP', resellerId: id, scopes: [...resellerPermissions] }));
});
afterAll(() => it.stop());

const connect = (more: Partial<Parameters<typeof createClient>[0]> = {}) =>
  createClient<Own>({ baseUrl: `${it.serviceUrl}/api/v1/`, key, pause: async () => {}, ...more });
const request = { currency: 'USD', lines: [vpsLine] };

/** The real service, whose first answer to each call gets lost on its way. */
const losing = (): typeof fetch => {
  const lost = new Set<string>();
  return async (input, init) => {
    const answer = await fetch(input, init);
    const name = `${init?.method} ${String(input)}`;
    if (lost.has(name)) return answer;
    lost.add(name);
    throw new TypeError('fetch failed');
  };
};

test('an order whose answer got lost is asked for again, and is one order', async () => {
  const { quote } = await connect().post('/quotes', { body: request });
  const order = await connect({ fetch: losing() }).post('/orders', { body: { ...request, quote } });
  expect(order.id).toMatch(/^ord_/);
  expect((await connect().get('/orders')).total).toBe(1);
});

test('a change by version whose answer got lost is not repeated: its own first try would be in its way', async () => {
  const customer = await connect().post('/customers', { body: { name: 'Ada', email: 'ada@example.org' } });
  const change = { id: customer.id, ifMatch: customer.version, body: { name: 'Ada L.' } };
  await expect(connect({ fetch: losing() }).patch('/customers/{id}', change)).rejects.toThrow('fetch failed');
  await expect(connect().patch('/customers/{id}', change)).rejects.toMatchObject({
    name: 'ApiProblem',
    status: 412,
    code: 'version_mismatch',
  });
  const again = await connect().patch('/customers/{id}', { ...change, ifMatch: customer.version + 1 });
  expect(again.name).toBe('Ada L.');
});

test('with its signing secret it signs each try, also the second one with the same Idempotency-Key', async () => {
  const [reseller] = await it.service.orm.em.fork().execute<{ id: string }[]>('select id from reseller');
  const made = await createKey(it.admin(), {
    name: 'Signed',
    resellerId: reseller!.id,
    signed: true,
    scopes: ['customers:read', 'customers:write'],
  });
  const signing = { key: made.key, signingSecret: made.signingSecret! };
  const body = { name: 'Grace Öztürk', email: 'grace@example.org' };
  const customer = await connect({ ...signing, fetch: losing() }).post('/customers', { body });
  const changed = { id: customer.id, ifMatch: customer.version, body: { name: 'Grace H.' } };
  expect(await connect(signing).patch('/customers/{id}', changed)).toMatchObject({ name: 'Grace H.' });
  expect((await connect(signing).get('/customers', { query: { search: 'Grace & more' } })).total).toBe(0);
  await expect(connect({ key: made.key }).get('/customers')).rejects.toMatchObject({ code: 'signature_missing' });
});

test('a refusal is an error with its code, field and request id, and is asked once', async () => {
  let asked = 0;
  const counting: typeof fetch = (input, init) => ((asked += 1), fetch(input, init));
  const refused = await connect({ fetch: counting })
    .post('/customers', { body: { name: 'Ada', email: 'nonsense' } })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiProblem);
  expect(refused).toMatchObject({ code: 'bad_input', path: '/email', requestId: expect.stringMatching(/^req_/) });
  expect(asked).toBe(1);
});

test('who is limited waits as long as the service says, and goes on', async () => {
  const limit = async (ratePerMinute: number | null) => {
    const [section] = (await getSettings(it.admin(), { section: 'api' })).rows;
    const values = { ...section!.values, ratePerMinute };
    await updateSettings(it.admin(), { section: 'api', version: section!.version, values });
  };
  await limit(1);
  const pauses: number[] = [];
  const client = connect({
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
      await limit(null);
    },
  });
  for (let at = 0; at < 3; at += 1) expect((await client.get('/orders')).total).toBe(1);
  expect(pauses.length).toBeGreaterThan(0);
  for (const pause of pauses) expect(pause >= 1000 && pause <= 60_000).toBe(true);
  await limit(1);
  await connect()
    .get('/orders')
    .catch(() => {});
  const impatient = connect({ longestPauseMs: 0 });
  await expect(impatient.get('/orders').then(() => impatient.get('/orders'))).rejects.toMatchObject({
    status: 429,
    code: 'rate_limited',
  });
  await limit(null);
});
