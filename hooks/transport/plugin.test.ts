import { afterEach, describe, expect, it } from 'vitest';
import { makeEvent } from '../bridge/events.ts';
import { chunks, indexOf, listOf, sourceOf } from '../bridge/testing.ts';
import type { HostEvent, HostPort } from '../contract/index.ts';
import { createHttpPlugin } from './http-plugin.ts';
import { inProcessHostPort, inProcessPlugin } from './in-process.ts';
import { createKeys } from './keys.ts';
import { PluginError } from './plugin-error.ts';
import type { PluginPort } from './plugin-port.ts';
import { listen } from './listen.ts';
import { partialHostPort } from './testing.ts';
import { verifyRequest } from './verify.ts';

const keys = createKeys();
const index = indexOf();
const event: HostEvent = makeEvent(
  'catalogue.changed',
  { type: 'catalogue', id: 'all', version: 1 },
  { products: null },
  Date.now(),
);
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function connect(answer: (request: Request) => Response | Promise<Response>): Promise<PluginPort> {
  const { url, stop } = await listen(answer);
  stops.push(stop);
  return createHttpPlugin({ baseUrl: url, keys, timeoutMs: 2000 });
}

/** A plugin's end over real HTTP: verifies every request, then answers from the price lists of the tests. */
async function plugin(): Promise<PluginPort> {
  const source = sourceOf(index);
  return connect(async (request) => {
    const method = request.method === 'POST' ? 'POST' : 'GET';
    const options = { keys, direction: 'hostToPlugin', nowMs: Date.now(), method, maxBytes: 100_000 } as const;
    const verified = await verifyRequest(request, options);
    if (!verified.ok) return Response.json({ error: verified }, { status: verified.status });
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/hooks/v1/events') {
      const { events } = JSON.parse(verified.payload) as { events: HostEvent[] };
      return Response.json({ results: events.map(({ id }) => ({ id, outcome: 'applied' })) });
    }
    const [, what, hash = ''] = /price-lists\/(\w+)\/?(.*)$/.exec(pathname) ?? [];
    if (what === 'index' && request.headers.get('if-none-match') === `"${index.revision}"`) {
      return new Response(null, { status: 304 });
    }
    if (what === 'index') return Response.json(index);
    if (what === 'lists') return Response.json(await source.list(hash));
    if (what === 'pages') return Response.json(await source.page(hash));
    return Response.json({ chunks: await source.chunks(searchParams.getAll('hash')) });
  });
}

async function code(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof PluginError ? error.code : String(error);
}

const ends: [string, () => Promise<PluginPort>][] = [
  ['over HTTP', plugin],
  ['in the same process', async () => inProcessPlugin(async () => ({ outcome: 'applied' }), sourceOf(index))],
];

describe.each(ends)('the plugin %s', (_, open) => {
  it('takes events and says what became of each', async () => {
    expect(await (await open()).sendEvents([event])).toEqual([{ id: event.id, outcome: 'applied' }]);
  });

  it('gives the index once, and then only its changes', async () => {
    const port = await open();
    expect(await port.pullIndex(null)).toEqual({ changed: true, index });
    expect(await port.pullIndex(index.revision)).toEqual({ changed: false });
    expect(await port.pullIndex(`sha256:${'0'.repeat(64)}`)).toEqual({ changed: true, index });
  });

  it('gives lists, pages and chunks by their hashes', async () => {
    const port = await open();
    const { list, page } = listOf(chunks);
    expect(await port.pullList(list.hash)).toEqual(list);
    expect(await port.pullPage(page.hash)).toEqual(page);
    expect(await port.pullChunks(chunks.slice(0, 2).map(({ hash }) => hash))).toEqual(chunks.slice(0, 2));
  });
});

describe('the plugin over HTTP', () => {
  it.each([
    [401, 'unauthorised'],
    [404, 'not_found'],
    [409, 'conflict'],
    [410, 'gone'],
    [422, 'refused'],
    [413, 'refused'],
    [425, 'unavailable'],
    [503, 'unavailable'],
    [302, 'bad_answer'],
  ])('turns status %i into %s', async (status, expected) => {
    const port = await connect(() => new Response('', { status, headers: { location: 'http://127.0.0.1:1/' } }));
    expect(await code(port.sendEvents([event]))).toBe(expected);
  });

  it('passes on how long to wait', async () => {
    const port = await connect(() => new Response('', { status: 429, headers: { 'retry-after': '30' } }));
    await expect(port.pullIndex(null)).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 30 });
  });

  it('refuses answers that are not JSON or not of the shape', async () => {
    expect(await code((await connect(() => new Response('ok'))).sendEvents([event]))).toBe('bad_answer');
    expect(await code((await connect(() => Response.json({}))).pullIndex(null))).toBe('bad_answer');
  });

  it('is unreachable when nobody listens', async () => {
    const port = createHttpPlugin({ baseUrl: 'http://127.0.0.1:1', keys, timeoutMs: 500 });
    expect(await code(port.pullIndex(null))).toBe('unreachable');
  });
});

describe('the plugin in the same process', () => {
  it('parks an event that does not fit, and gives no result for one that crashed', async () => {
    const port = inProcessPlugin(async () => {
      throw new Error('database is down');
    });
    const misfit = { ...event, id: 'evt_misfit', type: 'moon.landed' } as unknown as HostEvent;
    expect(await port.sendEvents([misfit, event])).toMatchObject([{ id: 'evt_misfit', outcome: 'parked' }]);
  });
});

const openHost = (parts: Partial<HostPort>): HostPort => inProcessHostPort(partialHostPort(parts));

describe('a host in the same process', () => {
  const money = { currency: 'USD', digits: 2, tax: 'net' } as const;

  it('shares no objects with its caller', async () => {
    const answer = { money, balance: '1.00' };
    const read = await openHost({ 'credit.read': async () => answer })['credit.read']({ clientId: '42' });
    expect(read).toEqual(answer);
    expect(read).not.toBe(answer);
  });

  it('fills defaults in, drops unknown fields and refuses what does not fit, as over HTTP', async () => {
    const host = openHost({
      'tickets.list': async ({ limit }) => ({ tickets: [], limit }) as never,
      'credit.read': async () => ({ money, balance: 'much' }),
    });
    expect(await host['tickets.list']({ clientId: '42' } as never)).toEqual({ tickets: [] });
    await expect(host['credit.read']({ clientId: '42' })).rejects.toMatchObject({ code: 'bad_answer' });
    await expect(host['credit.read']({ clientId: '' })).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('keeps its own errors and hides all others', async () => {
    const host = openHost({
      'credit.read': async () => {
        throw new Error('password=hunter2');
      },
    });
    await expect(host['credit.read']({ clientId: '42' })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.not.stringContaining('hunter2'),
    });
    await expect(host['orders.find']({ reference: 'ord_1' })).rejects.toMatchObject({ code: 'not_supported' });
  });
});
