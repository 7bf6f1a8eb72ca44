import { describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { createKeys, rotateKey, type InstallationKeys } from './keys.ts';
import { signMessage } from './sign.ts';
import { signedPath } from './signed-headers.ts';
import { verifyMessage, verifyRequest } from './verify.ts';

const nowMs = Date.parse('2027-01-01T00:00:00Z');
const body = '{"clientId":"42"}';

function signed(keys: InstallationKeys, payload = body, atMs = nowMs, id = 'msg_1'): Record<string, string> {
  return signMessage(keys, 'pluginToHost', { id, event: 'test', payload, nowMs: atMs });
}

function check(keys: InstallationKeys, headers: Record<string, string>, payload = body, idPrefix?: string): string {
  const options = { keys, direction: 'pluginToHost', nowMs, ...(idPrefix === undefined ? {} : { idPrefix }) } as const;
  const outcome = verifyMessage(new Headers(headers), payload, options);
  return outcome.ok ? 'ok' : outcome.code;
}

function request(keys: InstallationKeys, url: string, signedUrl = url): Request {
  return new Request(url, { headers: signed(keys, signedPath(new URL(signedUrl))) });
}

const get = (keys: InstallationKeys) =>
  ({ keys, direction: 'pluginToHost', nowMs, method: 'GET', maxBytes: 1000 }) as const;
const post = (keys: InstallationKeys) => ({ ...get(keys), method: 'POST' }) as const;

describe('a signed message', () => {
  const keys = createKeys();

  it('is accepted with what was signed', () => {
    const outcome = verifyMessage(new Headers(signed(keys)), body, { keys, direction: 'pluginToHost', nowMs });
    expect(outcome).toMatchObject({ ok: true, id: 'msg_1', event: 'test', payload: body, timestampMs: nowMs });
  });

  it('is what any Standard Webhooks library accepts', () => {
    const headers = signed(keys, body, Date.now());
    expect(new Webhook(keys.pluginToHost[0]?.secret ?? '').verify(body, headers)).toEqual(JSON.parse(body));
  });

  it('is refused when body, id, timestamp or signature was changed', () => {
    const headers = signed(keys);
    expect(check(keys, headers, `${body} `)).toBe('unauthorised');
    expect(check(keys, { ...headers, 'webhook-id': 'msg_2' })).toBe('unauthorised');
    expect(check(keys, { ...headers, 'webhook-timestamp': String(nowMs / 1000 + 1) })).toBe('unauthorised');
    expect(check(keys, { ...headers, 'webhook-signature': 'v1,AAAA' })).toBe('unauthorised');
    expect(check(keys, { ...headers, 'webhook-signature': '' })).toBe('unauthorised');
  });

  it('is refused when id and timestamp are cut at another place', () => {
    expect(check(keys, { ...signed(keys), 'webhook-id': 'msg.1' })).toBe('unauthorised');
    expect(() => signed(keys, body, nowMs, 'a.b')).toThrow('letters, digits');
  });

  it('is refused outside five minutes to either side, and accepted at the edge', () => {
    expect(check(keys, signed(keys, body, nowMs - 300_000))).toBe('ok');
    expect(check(keys, signed(keys, body, nowMs - 301_000))).toBe('too_old');
    expect(check(keys, signed(keys, body, nowMs + 300_000))).toBe('ok');
    expect(check(keys, signed(keys, body, nowMs + 301_000))).toBe('too_new');
    expect(check(keys, { ...signed(keys), 'webhook-timestamp': '1e9' })).toBe('unauthorised');
  });

  it('is refused from another installation, whatever its signature', () => {
    expect(check(keys, signed({ ...createKeys(), pluginToHost: keys.pluginToHost }))).toBe('unknown_installation');
  });

  it('is refused when the key of the other direction signed it', () => {
    const mirrored = signMessage(keys, 'hostToPlugin', { id: 'msg_1', event: 'test', payload: body, nowMs });
    expect(check(keys, mirrored)).toBe('unauthorised');
  });

  it('is refused when it speaks an unknown major, and accepted in a later minor', () => {
    expect(check(keys, { ...signed(keys), 'x-reseller-contract': '2.0' })).toBe('unknown_contract');
    expect(check(keys, { ...signed(keys), 'x-reseller-contract': '1.9' })).toBe('ok');
  });

  it('is refused for another call than the one its id names', () => {
    const headers = signed(keys, body, nowMs, 'credit-read_1');
    expect(check(keys, headers, body, 'credit-read_')).toBe('ok');
    expect(check(keys, headers, body, 'orders-cancel_')).toBe('unauthorised');
  });
});

describe('a rotation', () => {
  const old = createKeys();
  const rotated = rotateKey(old, 'pluginToHost');

  it('keeps messages going in both orders of restart', () => {
    expect(check(rotated, signed(old))).toBe('ok');
    expect(check(old, signed(rotated))).toBe('ok');
    expect(check(rotated, signed(rotated))).toBe('ok');
  });

  it('ends a key with the second rotation', () => {
    expect(check(rotateKey(rotated, 'pluginToHost'), signed(old))).toBe('unauthorised');
  });
});

describe('a signed request', () => {
  const keys = createKeys();
  const index = 'http://plugin.test/hooks/v1/price-lists/index';

  it('without body is good for its own path and query only', async () => {
    expect(await verifyRequest(request(keys, `${index}?a=1`), get(keys))).toMatchObject({ ok: true });
    for (const other of [`${index}?a=2`, index, 'http://plugin.test/hooks/v1/price-lists/lists/x']) {
      expect(await verifyRequest(request(keys, other, `${index}?a=1`), get(keys))).toMatchObject({ ok: false });
    }
  });

  it('is accepted below a path that a proxy puts in front', async () => {
    const behind = request(keys, 'http://shop.test/reseller/hooks/v1/price-lists/index', index);
    expect(await verifyRequest(behind, get(keys))).toMatchObject({ ok: true });
  });

  it('is refused with another method before anything is read', async () => {
    expect(await verifyRequest(request(keys, index), post(keys))).toMatchObject({ status: 405 });
  });

  it('is refused when its body is too large, with or without a stated length', async () => {
    const text = 'x'.repeat(1001);
    const whole = new Request(index, { method: 'POST', body: text, headers: signed(keys, text) });
    expect(await verifyRequest(whole, post(keys))).toMatchObject({ code: 'too_large', status: 413 });
    const stream = new Blob([text]).stream();
    const streamed = new Request(index, { method: 'POST', body: stream, headers: signed(keys, text), duplex: 'half' });
    expect(await verifyRequest(streamed, post(keys))).toMatchObject({ code: 'too_large' });
  });

  it('is refused when its body is not UTF-8', async () => {
    const bytes = new Request(index, { method: 'POST', body: new Uint8Array([0xff, 0xfe]), headers: signed(keys) });
    expect(await verifyRequest(bytes, post(keys))).toMatchObject({ code: 'bad_request' });
  });

  it('never shows a secret or the payload in a refusal', async () => {
    const refused = await verifyRequest(request(keys, `${index}?secret=1`, index), get(keys));
    expect(JSON.stringify(refused)).not.toMatch(/whsec|secret=1/);
  });
});
