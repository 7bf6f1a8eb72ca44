import { describe, expect, it } from 'vitest';
import { createKeys } from './keys.ts';
import { serveHostPort } from './serve-host-port.ts';
import { signMessage } from './sign.ts';
import { partialHostPort } from './testing.ts';

const nowMs = Date.parse('2027-01-01T00:00:00Z');
const keys = createKeys();
const port = partialHostPort({
  'credit.read': async () => ({ money: { currency: 'USD', digits: 2, tax: 'net' }, balance: '5.00' }),
});

function call(
  name: string,
  options: { body?: string; id?: string; signer?: typeof keys; atMs?: number } = {},
): Request {
  const body = options.body ?? '{"clientId":"42"}';
  const id = options.id ?? `${name.replaceAll('.', '-')}_${Math.random().toString(36).slice(2)}`;
  const message = { id, event: name, payload: body, nowMs: options.atMs ?? nowMs };
  const headers = signMessage(options.signer ?? keys, 'pluginToHost', message);
  return new Request(`http://host.test/bridge/v1/${name}`, { method: 'POST', headers, body });
}

async function outcome(response: Response): Promise<[number, string]> {
  const body = (await response.json()) as { error?: { code: string } };
  return [response.status, body.error?.code ?? 'ok'];
}

describe('the served host port', () => {
  const serve = serveHostPort({ port, keys, now: () => nowMs });

  it('answers a signed call', async () => {
    const response = await serve(call('credit.read'));
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await outcome(response)).toEqual([200, 'ok']);
  });

  it('refuses an unsigned, wrongly signed or old call', async () => {
    const bare = new Request('http://host.test/bridge/v1/credit.read', { method: 'POST', body: '{}' });
    expect(await outcome(await serve(bare))).toEqual([401, 'unknown_installation']);
    const stranger = { ...createKeys(), installation: keys.installation };
    expect(await outcome(await serve(call('credit.read', { signer: stranger })))).toEqual([401, 'unauthorised']);
    expect(await outcome(await serve(call('credit.read', { atMs: nowMs - 301_000 })))).toEqual([401, 'too_old']);
  });

  it('refuses a call that is sent a second time', async () => {
    expect(await outcome(await serve(call('credit.read', { id: 'credit-read_1' })))).toEqual([200, 'ok']);
    expect(await outcome(await serve(call('credit.read', { id: 'credit-read_1' })))).toEqual([401, 'replayed']);
  });

  it('refuses a call that was signed for another path', async () => {
    const swapped = call('orders.cancel', { id: 'credit-read_2' });
    expect(await outcome(await serve(swapped))).toEqual([401, 'unauthorised']);
  });

  it('tells strangers nothing about which calls exist', async () => {
    const unsigned = new Request('http://host.test/bridge/v1/nothing', { method: 'POST', body: '{}' });
    expect(await outcome(await serve(unsigned))).toEqual([401, 'unknown_installation']);
    expect(await outcome(await serve(call('nothing')))).toEqual([404, 'not_found']);
    expect(await outcome(await serve(call('constructor')))).toEqual([404, 'not_found']);
  });

  it('refuses other methods, bodies over 2 MB, bodies that are not JSON or not of the shape', async () => {
    expect(await outcome(await serve(new Request('http://host.test/bridge/v1/credit.read')))).toEqual([
      405,
      'method_not_allowed',
    ]);
    const large = call('credit.read', { body: `"${'x'.repeat(2 * 1024 * 1024)}"` });
    expect(await outcome(await serve(large))).toEqual([413, 'too_large']);
    expect(await outcome(await serve(call('credit.read', { body: '{' })))).toEqual([400, 'bad_request']);
    expect(await outcome(await serve(call('credit.read', { body: '{}' })))).toEqual([400, 'bad_request']);
  });

  it('names the lacking capability with 501', async () => {
    expect(await outcome(await serve(call('orders.find', { body: '{"reference":"ord_1"}' })))).toEqual([
      501,
      'not_supported',
    ]);
  });

  it('forgets ids only when their timestamp is refused anyway', async () => {
    let clock = nowMs;
    const moving = serveHostPort({ port, keys, now: () => clock });
    await moving(call('credit.read', { id: 'credit-read_3', atMs: nowMs + 300_000 }));
    clock = nowMs + 599_000;
    const again = call('credit.read', { id: 'credit-read_3', atMs: nowMs + 300_000 });
    expect(await outcome(await moving(again))).toEqual([401, 'replayed']);
  });
});
