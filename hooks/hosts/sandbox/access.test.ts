import { expect, test } from 'vitest';
import { createTestSandbox, vps } from '../../../test/support/test-sandbox.ts';
import { verifySessionToken } from '../../transport/session-token.ts';

test('what belongs to somebody else answers exactly as what does not exist', async () => {
  const { client, reseller } = await createTestSandbox();
  const { orderId, invoiceId, lines } = await reseller.order([vps]);
  const paths = [`/api/orders/${orderId}`, `/api/invoices/${invoiceId}`, `/api/services/${lines?.[0]?.['serviceId']}`];
  for (const path of paths) {
    const foreign = await client.get(path);
    const unknown = await client.get(path.replace(/\d+$/, '999999'));
    expect(foreign).toEqual(unknown);
    expect(foreign.status).toBe(404);
  }
  expect((await client.post(`/api/invoices/${invoiceId}/pay`)).status).toBe(404);
  expect((await client.post('/api/test/edit-line', { invoiceId, unitPrice: '1.00' })).status).toBe(404);
  expect((await client.post('/api/test/delete-order', { orderId })).status).toBe(404);
});

test('clients reach nothing that is for staff, and visitors nothing that is for clients', async () => {
  const { client, anybody } = await createTestSandbox();
  for (const path of ['/api/admin/clients', '/api/test/outbox']) expect((await client.get(path)).status).toBe(403);
  expect((await client.post('/api/test/settings', { delayMs: 5 })).status).toBe(403);
  for (const path of ['/api/orders', '/api/invoices', '/api/credit', '/api/test/mail']) {
    expect((await anybody.get(path)).status).toBe(401);
  }
  expect((await anybody.post('/api/checkout', { currency: 'USD', lines: [vps] })).status).toBe(401);
});

test('wrong passwords are refused alike, and too many of them for a while', async () => {
  const { anybody } = await createTestSandbox([]);
  const login = (email: string) => anybody.post('/api/session', { email, password: 'wrong' });
  expect(await login('nobody@demo.example')).toEqual(await login('client@demo.example'));
  for (let round = 0; round < 9; round += 1) await login('client@demo.example');
  const right = await anybody.post('/api/session', { email: 'client@demo.example', password: 'client-pass' });
  expect(right.status).toBe(429);
});

test('a cookie alone does not post: another site cannot press buttons', async () => {
  const { app, client } = await createTestSandbox();
  const { invoiceId } = await client.order([vps]);
  const cookie = `sandbox_session=${client.token}`;
  const post = (headers: Record<string, string>, body: string) =>
    app.request(`/api/invoices/${invoiceId}/pay`, { method: 'POST', headers: { cookie, ...headers }, body });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  await post(form, 'method=gateway');
  await post({ 'content-type': 'text/plain' }, '{}');
  expect((await client.get(`/api/invoices/${invoiceId}`)).body['status']).toBe('unpaid');
  expect((await post({ 'content-type': 'application/json' }, '{}')).status).toBe(200);
});

test('a form with its token posts, and goes on to the page it names, never to another site', async () => {
  const { app, client } = await createTestSandbox();
  const headers = { cookie: `sandbox_session=${client.token}`, 'content-type': 'application/x-www-form-urlencoded' };
  const html = await (await app.request('/', { headers })).text();
  const csrf = /name="_csrf" value="([0-9a-f]+)"/.exec(html)?.[1] ?? '';
  const post = (fields: Record<string, string>) =>
    app.request('/api/cart', { method: 'POST', headers, body: new URLSearchParams({ _csrf: csrf, ...fields }) });
  const line = {
    product: 'vps-s',
    term: '1M',
    quantity: '2',
    'options.ram': '8g',
    'options.ip': '3',
    'options.backup': 'true',
  };
  expect((await post({ ...line, _next: '/cart' })).headers.get('location')).toBe('/cart');
  expect((await post({ ...line, _next: '//evil.example' })).headers.get('location')).toBe('/');
  expect((await client.get('/api/cart')).body['quote']?.['total']).toBe('85.00');
});

test('a body that is far too large is refused before it is read', async () => {
  const { anybody } = await createTestSandbox([]);
  const { status, body } = await anybody.post('/api/session', { email: 'x'.repeat(300_000), password: 'y' });
  expect([status, body['error']]).toMatchObject([400, { code: 'bad_request' }]);
});

test('the token for the frame says who looks, from where, and what they may do', async () => {
  const { client, admin, keys, clock } = await createTestSandbox();
  const { body } = await client.post('/reseller/token', { portal: 'client' });
  const claims = await verifySessionToken(keys.session, String(body['token']), {
    audience: 'com.reseller-plugin',
    nowMs: clock.nowMs,
  });
  expect(claims).toMatchObject({ sub: 'client:2', portal: 'client', account: '2', iid: keys.installation });
  expect(claims.scopes).not.toContain('resellers:write');
  expect((await client.post('/reseller/token', { portal: 'admin' })).status).toBe(403);
  expect((await admin.post('/reseller/token', { portal: 'admin' })).status).toBe(200);
});

test('pages escape what people typed, and frame nothing but the plugin', async () => {
  const { app, client } = await createTestSandbox();
  await client.post('/api/tickets', { subject: '<script>alert(1)</script>' });
  const page = await app.request('/portal/tickets', { headers: { authorization: `Bearer ${client.token}` } });
  expect(page.headers.get('content-security-policy')).toContain('frame-src http://127.0.0.1:3900');
  expect(await page.text()).not.toContain('<script>alert');
});

test.each([
  '/',
  '/cart',
  '/login',
  '/portal/orders',
  '/portal/services',
  '/portal/invoices',
  '/portal/tickets',
  '/portal/reseller',
])('the page %s opens for a client', async (path) => {
  const { app, client } = await createTestSandbox();
  await client.order([vps]);
  await client.post('/api/cart', { ...vps, currency: 'EUR' });
  expect((await app.request(path, { headers: { authorization: `Bearer ${client.token}` } })).status).toBe(200);
});

test.each([
  'clients',
  'products',
  'orders',
  'services',
  'invoices',
  'tickets',
  'system',
  'reseller',
  'reseller/resellers?x=1',
])('the admin page %s opens for staff and for nobody else', async (name) => {
  const { app, admin, client } = await createTestSandbox();
  const open = (token: string) => app.request(`/admin/${name}`, { headers: { authorization: `Bearer ${token}` } });
  await client.order([vps]);
  expect((await open(admin.token)).status).toBe(200);
  expect((await open(client.token)).status).toBe(403);
  expect((await app.request(`/admin/${name}`)).headers.get('location')).toContain('/login');
});
