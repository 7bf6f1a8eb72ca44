import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createApi } from './api-client.ts';
import { createCallBudget } from './call-budget.ts';
import { startFakeHost, type Fault, type FakeHost } from './testing/fake-host.ts';
import { recording } from './testing/recorded.ts';

let fake: FakeHost;
let clock: number;

beforeAll(async () => {
  fake = await startFakeHost();
});
afterAll(() => fake.stop());
beforeEach(() => {
  clock = 1_000_000;
  fake.fault = null;
  fake.calls.length = 0;
  fake.cookies.length = 0;
});

function api(token = fake.token, limits = {}) {
  const now = () => clock;
  return createApi({ baseUrl: `${fake.baseUrl}/`, staffToken: token, budget: createCallBudget(limits, now), now });
}

const read = (client = api()) => client.call('client/get', { id: 1 }, z.object({ id: z.number() }));

function answering(status: number, body: string, headers: Record<string, string> = {}): void {
  fake.fault = (): Fault => ({ kind: 'answer', status, body, headers });
}

const says = (message: string, code: number) => JSON.stringify({ result: null, error: { message, code } });
const failures: [string, number, string, string][] = [
  ['unauthorised', 401, says('Authentication Failed', 205), 'no token'],
  ['unauthorised', 200, says('You do not have permission', 725), 'a missing right'],
  ['unauthorised', 403, says('Forbidden', 403), 'CSRF or access'],
  ['not_supported', 404, says('Admin API call x does not exist', 740), 'an unknown call'],
  ['not_supported', 200, says('module x is not installed', 715), 'an unknown module'],
  ['rate_limited', 429, says('Too many requests', 429), 'too many calls'],
  ['unavailable', 503, says('Maintenance', 503), 'maintenance'],
  ['unavailable', 500, '<h1>Error</h1>', 'an error page'],
  ['refused', 200, says('Order Not Found', 9999), 'a refusal'],
  ['refused', 400, says('Hosting product is not configured', 701), 'a refusal with a status'],
  ['unavailable', 200, says('SQLSTATE[40001]: Serialization failure: 1213 Deadlock found', 9999), 'a deadlock'],
  ['refused', 200, says('SQLSTATE[22007]: Incorrect string value', 9999), 'what the database does not take'],
  ['bad_answer', 200, '<html>', 'a page'],
  ['bad_answer', 302, '', 'a redirect'],
  ['bad_answer', 200, JSON.stringify({ result: { id: 'x' }, error: null }), 'another shape'],
];

for (const [code, status, body, what] of failures) {
  test(`${what} becomes ${code}`, async () => {
    answering(status, body);
    await expect(read()).rejects.toMatchObject({ name: 'HostError', code });
  });
}

test('the host’s words are passed on in one line, without markup and without the token', async () => {
  answering(200, says(`Bad <b>token</b>\n${fake.token}`, 9999));
  await expect(read()).rejects.toMatchObject({ message: 'Bad token …' });
});

test('the recorded refusals are read', async () => {
  await expect(read(api('wrong-token'))).rejects.toMatchObject({ code: 'unauthorised' });
  for (const [name, code] of [
    ['order.get.not-found-error', 'refused'],
    ['unknown-method-error', 'not_supported'],
    ['system.version', 'not_supported'],
  ] as const) {
    const { status, response } = recording(name);
    answering(status, JSON.stringify(response));
    await expect(read()).rejects.toMatchObject({ code });
  }
});

test('no answer is unreachable', async () => {
  fake.fault = () => ({ kind: 'lost', done: true });
  await expect(read()).rejects.toMatchObject({ code: 'unreachable', message: 'The host did not answer in time.' });
});

test('after a 429 the host is left alone for as long as it asked', async () => {
  const client = api();
  answering(429, says('Too many requests', 429), { 'retry-after': '30' });
  await expect(read(client)).rejects.toMatchObject({ retryAfterSeconds: 30 });
  fake.fault = null;
  await expect(read(client)).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 30 });
  expect(fake.calls).toHaveLength(1);
  clock += 30_000;
  expect(await read(client)).toEqual({ id: 1 });
});

test('no more calls are made than the budget has for any hour, lists within a smaller one', () => {
  const budget = createCallBudget({ calls: 3, lists: 1 }, () => clock);
  budget.take('list');
  expect(() => budget.take('list')).toThrow(expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 3600 }));
  clock += 60_000;
  budget.take('call');
  budget.take('call');
  expect(() => budget.take('call')).toThrow(expect.objectContaining({ retryAfterSeconds: 3540 }));
  clock += 3_540_000;
  budget.take('list');
  expect(() => budget.take('call')).toThrow(expect.objectContaining({ retryAfterSeconds: 60 }));
});

test('calls one after another share a session; calls at once have one each', async () => {
  const client = api();
  await read(client);
  await read(client);
  expect(fake.cookies).toEqual([undefined, 'PHPSESSID=s1']);
  await Promise.all([read(client), read(client)]);
  await Promise.all([read(client), read(client)]);
  expect(new Set(fake.cookies.slice(4)).size).toBe(2);
  expect(fake.cookies.filter((cookie) => cookie === undefined)).toHaveLength(2);
});
