import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '../../server/modules/api-key/create.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine, VPS_DUE } from '../support/orders.ts';

let it: Installation;
let reseller: ResellerRow;
let key: string;
beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller();
  ({ key } = await createKey(it.admin(), { name: 'test', resellerId: reseller.id, scopes: ['prices:read'] }));
});
afterAll(() => it.stop());

const order = { format: 'order/1', currency: 'USD', lines: [vpsLine] };
async function quote(body: unknown, authorization = `Bearer ${key}`) {
  const response = await fetch(`${it.serviceUrl}/api/v1/quotes`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text,
    body: JSON.parse(text) as Record<string, unknown>,
  };
}

test('POST /api/v1/quotes answers the wholesale price for a key', async () => {
  const { status, body } = await quote(order);
  expect(status).toBe(200);
  expect(body).toMatchObject({ format: 'quote/1', dueNow: VPS_DUE, recurring: { '1M': '12.40' }, taxMode: 'net' });
});

test.each([
  ['an unknown product', { ...order, lines: [{ ...vpsLine, product: 'nothing' }] }, 400],
  ['an unknown term', { ...order, lines: [{ ...vpsLine, term: '9W' }] }, 422],
  ['an unknown currency', { ...order, currency: 'CHF' }, 400],
  ['an unknown option', { ...order, lines: [{ ...vpsLine, options: { colour: 'red' } }] }, 400],
  ['a negative quantity', { ...order, lines: [{ ...vpsLine, quantity: -1 }] }, 400],
  ['an absurd quantity', { ...order, lines: [{ ...vpsLine, quantity: 1e9 }] }, 400],
  ['too many of an option', { ...order, lines: [{ ...vpsLine, options: { ip: 99 } }] }, 400],
  ['no lines', { ...order, lines: [] }, 400],
  ['a thousand lines', { ...order, lines: Array.from({ length: 1000 }, () => vpsLine) }, 400],
  ['text that is not JSON', '{"currency":', 400],
])('%s ends in a problem document that says what to do, without a trace', async (_name, body, status) => {
  const answer = await quote(body);
  expect(answer.status).toBe(status);
  expect(answer.type).toContain('application/problem+json');
  expect(answer.body['code']).toMatch(/^(bad_input|not_offered)$/);
  expect(String(answer.body['detail']).length).toBeGreaterThan(10);
  expect(answer.text).not.toMatch(/\.ts|node_modules|at \w+ \(/);
});

test.each([
  ['none', ''],
  ['a wrong one', 'Bearer rsk_live_wrong'],
  ['a changed one', 'changed'],
])('a request with %s key is refused', async (_name, given) => {
  const { status, body, text } = await quote(
    order,
    given === 'changed' ? `Bearer ${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}` : given,
  );
  expect(status).toBe(401);
  expect(body['code']).toBe('unauthorised');
  expect(text).not.toContain(key);
});

test('a suspended reseller gets no quote, with the public reason', async () => {
  const { id, version } = await getReseller(it.admin(), { id: reseller.id });
  await setStatus(it.admin(), { id, version, status: 'suspended', publicReason: 'Please call us.' });
  const { status, body } = await quote(order);
  expect({ status, code: body['code'] }).toEqual({ status: 403, code: 'reseller_suspended' });
  expect(body['detail']).toBe('Your account is suspended: Please call us. Running services go on.');
  const again = await getReseller(it.admin(), { id });
  await setStatus(it.admin(), { id, version: again.version, status: 'active' });
});

test('an unsigned delivery, a delivery under another path’s signature, and an unknown address are refused', async () => {
  const unsigned = await fetch(`${it.serviceUrl}/hooks/v1/events`, {
    method: 'POST',
    body: JSON.stringify({ events: [] }),
  });
  expect(unsigned.status).toBe(401);
  const pulled = await fetch(`${it.serviceUrl}/hooks/v1/price-lists/index`);
  expect(pulled.status).toBe(401);
  const nowhere = await fetch(`${it.serviceUrl}/api/v2/quotes`);
  expect(nowhere.status).toBe(404);
});

test('the served OpenAPI file names the route, and health says that the database answers', async () => {
  const openapi = (await (await fetch(`${it.serviceUrl}/api/v1/openapi.json`)).json()) as {
    openapi: string;
    paths: object;
  };
  expect(openapi.openapi).toMatch(/^3\.1/);
  expect(Object.keys(openapi.paths)).toContain('/quotes');
  expect(await (await fetch(`${it.serviceUrl}/readyz`)).json()).toEqual({ status: 'ok' });
});

test('tRPC refuses without a session and never shows a stack', async () => {
  const response = await fetch(`${it.serviceUrl}/trpc/resellers.list`);
  expect(response.status).toBe(401);
  const withKey = await fetch(`${it.serviceUrl}/trpc/resellers.list`, { headers: { authorization: `Bearer ${key}` } });
  expect(withKey.status).toBe(403);
  const text = await withKey.text();
  expect(JSON.parse(text)).toMatchObject({ error: { data: { reseller: { code: 'forbidden' } } } });
  expect(text).not.toContain('stack');
});

test('a file of customers arrives whole; what is larger than any file is refused, and unread from nobody', async () => {
  const { key: own } = await createKey(it.admin(), {
    name: 'Import',
    resellerId: reseller.id,
    scopes: ['customers:read', 'customers:write'],
  });
  const send = (bytes: number, as: string) =>
    fetch(`${it.serviceUrl}/trpc/customers.importPreview`, {
      method: 'POST',
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
      body: JSON.stringify({ csv: `name,email\n${'x'.repeat(bytes)}` }),
    });
  const tooLong = await send(3 * 1024 * 1024, own);
  expect(await tooLong.json()).toMatchObject({ error: { message: expect.stringContaining('larger than 2 MiB') } });
  expect((await send(1.5 * 1024 * 1024, own)).status).not.toBe(413);
  expect((await send(9 * 1024 * 1024, own)).status).toBe(413);
  expect((await send(100, 'rsk_live_nobody')).status).toBe(401);
});
