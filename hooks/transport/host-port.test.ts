import { afterEach, describe, expect, it } from 'vitest';
import { HostError, type HostPort } from '../contract/index.ts';
import { createHttpHostPort } from './http-host-port.ts';
import { createKeys } from './keys.ts';
import { serveHostPort } from './serve-host-port.ts';
import { listen } from './listen.ts';
import { partialHostPort } from './testing.ts';

const keys = createKeys();
const money = { currency: 'USD', digits: 2, tax: 'net' } as const;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function serve(handler: (request: Request) => Response | Promise<Response>): Promise<string> {
  const { url, stop } = await listen(handler);
  stops.push(stop);
  return url;
}

async function connect(
  parts: Partial<HostPort>,
  onError?: (failure: { reference: string }) => void,
): Promise<HostPort> {
  const port = partialHostPort(parts);
  const handler = serveHostPort({ port, keys, now: Date.now, ...(onError === undefined ? {} : { onError }) });
  return createHttpHostPort({ baseUrl: `${await serve(handler)}/`, keys, timeoutMs: 2000 });
}

async function answering(handler: () => Response | Promise<Response>, timeoutMs = 2000): Promise<HostPort> {
  return createHttpHostPort({ baseUrl: await serve(handler), keys, timeoutMs, maxAnswerBytes: 5000 });
}

async function failure(promise: Promise<unknown>): Promise<HostError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HostError)) throw new Error('no HostError was thrown', { cause: error });
  return error;
}

const read = (host: HostPort) => host['credit.read']({ clientId: '42' });

describe('the host port over HTTP', () => {
  it('carries a request and its answer, with defaults filled in on the way', async () => {
    const seen: unknown[] = [];
    const host = await connect({
      'tickets.list': async (request) => {
        seen.push(request);
        return { tickets: [] };
      },
    });
    expect(await host['tickets.list']({ clientId: '42' } as never)).toEqual({ tickets: [] });
    expect(seen).toEqual([{ clientId: '42', limit: 50 }]);
  });

  it('drops fields of an answer that the contract does not know', async () => {
    const host = await connect({ 'credit.read': async () => ({ money, balance: '1.00', cardNumber: '4242' }) });
    expect(await read(host)).toEqual({ money, balance: '1.00' });
  });

  it.each([
    ['not_supported', new HostError('not_supported', 'No credit here.')],
    ['not_found', new HostError('not_found', 'No such client.')],
    ['conflict', new HostError('conflict', 'The order is paid.')],
    ['refused', new HostError('refused', 'The card was declined.')],
    ['bad_request', new HostError('bad_request', 'Give a currency.')],
  ])('keeps the code %s and its words', async (code, thrown) => {
    const host = await connect({
      'credit.read': async () => {
        throw thrown;
      },
    });
    expect(await failure(read(host))).toMatchObject({ code, message: thrown.message, retryable: false });
  });

  it('keeps the seconds a host asks to wait', async () => {
    const host = await connect({
      'credit.read': async () => {
        throw new HostError('rate_limited', 'Slow down.', 7);
      },
    });
    expect(await failure(read(host))).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 7, retryable: true });
  });

  it('hides an unknown error behind a reference that the host can look up', async () => {
    const failures: { reference: string }[] = [];
    const host = await connect(
      {
        'credit.read': async () => {
          throw new Error('password=hunter2');
        },
      },
      (seen) => failures.push(seen),
    );
    const error = await failure(read(host));
    expect(error).toMatchObject({ code: 'unavailable', retryable: true });
    expect(error.message).not.toContain('hunter2');
    expect(failures[0]?.reference).toMatch(/^err_/);
  });

  it('calls an answer that does not fit bad_answer, on either side', async () => {
    const wrong = await connect({ 'credit.read': async () => ({ money, balance: 'a lot' }) });
    expect(await failure(read(wrong))).toMatchObject({ code: 'bad_answer', retryable: false });
    const foreign = await answering(() => Response.json({ balance: 1 }));
    expect(await failure(read(foreign))).toMatchObject({ code: 'bad_answer' });
    const html = await answering(() => new Response('<html>'));
    expect(await failure(read(html))).toMatchObject({ code: 'bad_answer' });
  });

  it('does not send a request that does not fit the contract', async () => {
    const host = createHttpHostPort({ baseUrl: 'http://127.0.0.1:1', keys, timeoutMs: 100 });
    expect(await failure(host['credit.read']({ clientId: '' }))).toMatchObject({ code: 'bad_request' });
  });

  it('does not follow redirects, even to itself', async () => {
    const host = await answering(() => Response.redirect('http://127.0.0.1:1/elsewhere', 307));
    expect(await failure(read(host))).toMatchObject({ code: 'bad_answer' });
  });

  it('gives up on an answer that is too large', async () => {
    const host = await answering(() => new Response('x'.repeat(6000)));
    expect(await failure(read(host))).toMatchObject({ code: 'bad_answer', message: expect.stringContaining('large') });
  });

  it('calls silence, a refused connection and a broken answer unreachable, without an address', async () => {
    const silent = await answering(() => new Promise<Response>(() => undefined), 50);
    const closed = createHttpHostPort({ baseUrl: 'http://127.0.0.1:1', keys, timeoutMs: 500 });
    for (const host of [silent, closed]) {
      const error = await failure(read(host));
      expect(error.code).toBe('unreachable');
      expect(error.message).not.toContain('127.0.0.1');
    }
  });

  it.each([
    [500, 'unavailable'],
    [502, 'unavailable'],
    [408, 'unavailable'],
    [429, 'rate_limited'],
    [403, 'unauthorised'],
    [413, 'bad_request'],
  ])('reads a bare status %i as %s', async (status, code) => {
    const host = await answering(() => new Response('busy', { status }));
    expect(await failure(read(host))).toMatchObject({ code });
  });
});
