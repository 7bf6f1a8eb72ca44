import { Writable } from 'node:stream';
import fc, { type Arbitrary } from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiRoutes } from '../../server/http/api.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { type Answer, answerCheck, type OpenApi, type Operation } from '../support/api.ts';
import { idFields, type Ids, ownEverything, provide, quoted } from '../support/api-world.ts';
import { fitting, nasty, type Schema, spoilt } from '../support/arbitrary.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

/** Requests to each operation; more of them by hand, with other seeds: FUZZ_RUNS=500 FUZZ_SEED=7. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 8);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

const openapi = (await (await apiRoutes({} as never).request('/openapi.json')).json()) as OpenApi;
const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method, path, operation })),
);
type Op = (typeof operations)[number];
const check = answerCheck(openapi);

let it: Installation;
let one: { key: string; ids: Ids };
let other: { key: string; ids: Ids };
let provider: { key: string; ids: Ids };
let order: Awaited<ReturnType<typeof quoted>>;
let logged = '';
const seen: string[] = [];

beforeAll(async () => {
  const stream = new Writable({ write: (chunk, _encoding, done) => (void (logged += String(chunk)), done()) });
  it = await startInstallation({ log: pino({ level: 'trace' }, stream) });
  // Names are looked up nowhere: what a fuzzed address resolves to is not what is tried here.
  it.admin().webhooks.resolve = async () => ['8.8.8.8'];
  await updateSettings(it.admin(), {
    section: 'api',
    version: 1,
    values: { ratePerMinute: null, resellerRatePerMinute: null },
  });
  const [first, second] = [await it.makeReseller(), await it.makeReseller({ hostClientId: '2' })];
  one = await ownEverything(it, first, 'reseller');
  other = await ownEverything(it, second, 'client');
  provider = await provide(it);
  order = await quoted(it, first);
});
afterAll(() => it.stop());

interface Wanted {
  as: string;
  id: string;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  body: string | undefined;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
/** As a header may hold it: without what no HTTP client sends. */
const headerText = (value: unknown) =>
  textOf(value)
    .replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '?')
    .slice(0, 2000)
    .trim();

async function send({ method, path }: Op, { as, id, query, headers, body }: Wanted): Promise<Answer> {
  const parameters = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, textOf(value).slice(0, 3000)]),
  );
  const at = path.replace('{id}', encodeURIComponent(id.toWellFormed()) || '%20');
  const response = await fetch(`${it.serviceUrl}/api/v1${at}${parameters.size > 0 ? `?${parameters}` : ''}`, {
    method: method.toUpperCase(),
    headers: { authorization: `Bearer ${as}`, ...headers },
    ...(body === undefined || method === 'get' ? {} : { body }),
  });
  const text = await response.text();
  seen.push(text);
  return { status: response.status, headers: response.headers, body: JSON.parse(text) };
}

/** Values that get a request past its first look-up. */
const known = (name: string): unknown[] | undefined => {
  const kind = idFields[name];
  if (kind !== undefined) return [one.ids[kind], other.ids[kind], null];
  const words: Record<string, unknown[]> = {
    currency: ['USD'],
    quote: [order.quote],
    lines: [order.lines],
    product: ['vps-s'],
    component: ['base'],
    term: ['1M'],
    tierId: ['gold', 'silver'],
    targetId: ['silver', null],
    hostClientId: ['3', '1'],
    versionId: [provider.ids['price-versions']],
    scopes: [['orders:read']],
    events: [['*']],
  };
  return words[name];
};

const parametersOf = (operation: Operation, where: string) =>
  (operation.parameters ?? []).filter((parameter) => parameter.in === where);

function queries({ operation }: Op): Arbitrary<Record<string, unknown>> {
  const own = parametersOf(operation, 'query');
  const model = Object.fromEntries(own.map(({ name, schema }) => [name, fitting(schema as Schema, known, name)]));
  const requiredKeys = own.filter(({ required }) => required).map(({ name }) => name);
  const fit = fc.record(model, { requiredKeys });
  const cursor = fc.constantFrom(
    { key: 'x', id: 'x' },
    { key: '9'.repeat(200), id: '' },
    { key: '', id: '\u0000' },
    { key: 'true 1', id: '1' },
    { key: '0', id: '0' },
    { key: '2026-01-01T00:00:00Z', id: 'x' },
    { key: '-infinity', id: 'x' },
  );
  const junk = fc.tuple(fit, fc.constantFrom('surprise', ...own.map(({ name }) => name)), nasty);
  return fc.oneof(
    { weight: 3, arbitrary: fit as Arbitrary<Record<string, unknown>> },
    junk.map(([query, name, value]) => ({ ...query, [name]: value })),
    fc.tuple(fit, cursor).map(([query, place]) => ({
      ...query,
      ...('cursor' in model ? { cursor: Buffer.from(JSON.stringify(place)).toString('base64url') } : {}),
    })),
  );
}

function bodies({ operation }: Op): Arbitrary<string | undefined> {
  const schema = operation.requestBody?.content['application/json']?.schema as Schema | undefined;
  if (!schema) return fc.constantFrom(undefined, '{}', 'x');
  const fit = fitting(schema, known);
  const raw = fc.constantFrom(undefined, '', '{', '[]', 'null', '"x"', '{"a":1}'.padEnd(300_000), '[['.repeat(50_000));
  return fc.oneof(
    { weight: 5, arbitrary: fit.map((value) => JSON.stringify(value)) },
    { weight: 4, arbitrary: fit.chain(spoilt).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: raw },
  );
}

const headersOf = fc
  .record({
    'if-match': fc.oneof({ weight: 3, arbitrary: fc.constantFrom('"1"', '"2"', 'W/"1"') }, nasty.map(headerText)),
    'idempotency-key': fc.oneof(
      { weight: 3, arbitrary: fc.uuid() },
      fc.constantFrom('the-same-one'),
      nasty.map(headerText),
    ),
    'content-type': fc.constantFrom('application/json', 'application/json', 'text/plain', 'multipart/form-data', ''),
    'x-forwarded-for': fc.constantFrom('8.8.8.8', 'x', '::1, 1'),
  })
  .map((headers) => Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')));

/** The word before an id in a path: which kind of thing it names. */
const kindOf = (path: string) => path.split('/')[1] ?? '';

function wanted(op: Op): Arbitrary<Wanted> {
  const kind = kindOf(op.path);
  const ids = [one.ids[kind], other.ids[kind], provider.ids[kind], 'unknown'].filter((id) => id !== undefined);
  return fc.record({
    as: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(one.key, provider.key) },
      fc.constantFrom(other.key, `${one.key}x`, 'rsk_live_nonsense', 'eyJhbGciOiJub25lIn0.e30.'),
    ),
    id: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...ids) },
      nasty.map((value) => textOf(value).slice(0, 3000)),
    ),
    query: queries(op),
    headers: headersOf,
    body: bodies(op),
  });
}

describe('whatever is sent, the answer is in the OpenAPI file and is no failure of ours', () => {
  test.each(operations.map((op) => [op.name, op] as const))('%s', async (_name, op) => {
    const property = fc.asyncProperty(wanted(op), async (request) => {
      const answer = await send(op, request);
      if (answer.status >= 500) throw new Error(`${JSON.stringify(answer.body)}\n${logged.slice(-600)}`);
      // An address that no operation has is answered before there is a schema.
      if (answer.status === 404 && answer.body.requestId === undefined) return;
      check(op.method, op.path, answer);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
  });
});

describe('somebody else’s id is answered as one that nobody has', () => {
  const withoutRequest = ({ status, body: { requestId: _own, ...body } }: Answer) => ({ status, body });
  const plain = (): Wanted => ({
    as: one.key,
    id: '',
    query: {},
    headers: { 'content-type': 'application/json', 'if-match': '"1"' },
    body: undefined,
  });
  /** A request that fits, the same for the same operation. */
  const sample = (op: Op, names: (name: string) => unknown[] | undefined): Pick<Wanted, 'query' | 'body'> => {
    const schema = op.operation.requestBody?.content['application/json']?.schema as Schema | undefined;
    const own = parametersOf(op.operation, 'query').filter(({ required }) => required);
    const model = Object.fromEntries(own.map(({ name, schema }) => [name, fitting(schema as Schema, names, name)]));
    const [query] = fc.sample(fc.record(model), { numRuns: 1, seed: SEED });
    const [body] = schema ? fc.sample(fitting(schema, names), { numRuns: 1, seed: SEED }) : [];
    return { query: query!, body: schema ? JSON.stringify(body) : undefined };
  };

  test.each(operations.filter(({ path }) => path.includes('{id}')).map((op) => [op.name, op] as const))(
    '%s: in the path',
    async (_name, op) => {
      const theirs = other.ids[kindOf(op.path)] ?? provider.ids[kindOf(op.path)] ?? 'unknown';
      const request = { ...plain(), ...sample(op, known) };
      const unknown = theirs.replace(/[0-9a-z]{6}$/, '000000');
      const [foreign, nobodys] = [
        await send(op, { ...request, id: theirs }),
        await send(op, { ...request, id: unknown }),
      ];
      expect(foreign.status).toBeGreaterThanOrEqual(400);
      expect(withoutRequest(foreign)).toEqual(withoutRequest(nobodys));
    },
  );

  const filters = operations.flatMap((op) =>
    parametersOf(op.operation, 'query')
      .filter(({ name }) => name in idFields)
      .map(({ name }) => [`${op.name}: ${name} in the query`, op, name] as const),
  );
  test.each(filters)('%s', async (_title, op, name) => {
    const theirs = other.ids[idFields[name]!]!;
    const request = { ...plain(), ...sample(op, known) };
    const ask = (id: string) => send(op, { ...request, query: { ...request.query, [name]: id } });
    const [foreign, nobodys] = [await ask(theirs), await ask(theirs.replace(/[0-9a-z]{6}$/, '000000'))];
    const mine = name === 'resellerId';
    // A reseller’s own lists are its own whatever reseller it names: then nothing of the other one is in them.
    if (!mine || foreign.status >= 400) expect(withoutRequest(foreign)).toEqual(withoutRequest(nobodys));
    // The call log repeats the addresses that this key itself asked for, as soon as they are written.
    const asked = op.path === '/calls' ? 'path' : null;
    const text = JSON.stringify(foreign.body, (field, value: unknown) => (field === asked ? undefined : value));
    expect(text).not.toContain(other.ids['customers']);
    expect(text).not.toContain(other.ids['orders']);
  });

  const fields = operations.flatMap((op) => {
    const schema = op.operation.requestBody?.content['application/json']?.schema as Schema | undefined;
    return Object.keys(schema?.properties ?? {})
      .filter((name) => name in idFields)
      .map((name) => [`${op.name}: ${name} in the body`, op, name] as const);
  });
  test.each(fields)('%s', async (_title, op, name) => {
    const kind = kindOf(op.path);
    const ask = (id: string) => {
      const names = (field: string) => (field === name ? [id] : field === 'before' ? [null] : known(field));
      const request = sample(op, names);
      const body = JSON.stringify({ ...JSON.parse(request.body!), [name]: id });
      return send(op, { ...plain(), ...request, id: one.ids[kind] ?? '', body });
    };
    const theirs = other.ids[idFields[name]!]!;
    const [foreign, nobodys] = [await ask(theirs), await ask(theirs.replace(/[0-9a-z]{6}$/, '000000'))];
    expect(withoutRequest(foreign)).toEqual(withoutRequest(nobodys));
  });
});

test('a key is in no answer, log line, call or activity entry, wherever it was sent', async () => {
  const get = operations.find(({ name }) => name === 'get /customers/{id}');
  const post = operations.find(({ name }) => name === 'post /customers');
  const list = operations.find(({ name }) => name === 'get /orders');
  const keys = [one.key, other.key, provider.key];
  for (const key of keys) {
    const bare = { as: key, id: 'x', query: {}, headers: { 'content-type': 'application/json' }, body: undefined };
    await send(get!, { ...bare, id: key });
    await send(list!, { ...bare, query: { [key]: '1' } });
    await send(list!, { ...bare, query: { cursor: key, status: key } });
    await send(post!, { ...bare, headers: { ...bare.headers, 'idempotency-key': key }, body: `{"name":"${key}"` });
    await send(post!, { ...bare, body: JSON.stringify({ [key]: key, email: key }) });
    await fetch(`${it.serviceUrl}/trpc/orders.get?input=${encodeURIComponent(JSON.stringify({ id: key }))}`, {
      headers: { authorization: `Bearer ${key}` },
    }).then(async (response) => seen.push(await response.text()));
    await fetch(`${it.serviceUrl}/nowhere/${key}`).then(async (response) => seen.push(await response.text()));
  }
  await it.admin().calls.flush();
  const { em } = it.admin();
  const rows = await em.execute(
    `select to_jsonb(c) as row from api_call c union all select to_jsonb(a) from activity a
      union all select to_jsonb(o) from outbox o union all select to_jsonb(p) from problem p`,
  );
  expect(rows.length).toBeGreaterThan(100);
  const everywhere = { answers: seen.join('\n'), log: logged, rows: JSON.stringify(rows) };
  for (const [where, text] of Object.entries(everywhere))
    for (const key of keys) expect(text.includes(key), `a key is in ${where}`).toBe(false);
});
