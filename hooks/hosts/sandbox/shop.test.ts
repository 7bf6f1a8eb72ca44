import { expect, test } from 'vitest';
import { createTestSandbox, vps } from '../../../test/support/test-sandbox.ts';

test('a host without any plugin sells at retail', async () => {
  const { client, eventTypes } = await createTestSandbox([]);
  const order = await client.order([vps]);
  expect(order).toMatchObject({ total: '20.50', status: 'unpaid', priced: 'retail' });
  const { body } = await client.get(`/api/invoices/${order['invoiceId']}`);
  const lines = body['lines']?.map(({ kind, unitPrice }) => [kind, unitPrice]);
  expect(lines).toEqual([
    ['product', '15.50'],
    ['setup', '5.00'],
  ]);
  expect(eventTypes().slice(-2)).toEqual(['order.created', 'invoice.issued']);
});

test('a reseller buys at the wholesale price of the list, and everybody else at retail', async () => {
  const { client, reseller, store } = await createTestSandbox();
  const order = await reseller.order([vps]);
  expect(order).toMatchObject({ total: '17.40', priced: 'wholesale' });
  expect(await client.order([vps])).toMatchObject({ total: '20.50', priced: 'retail' });
  const serviceId = order['lines']?.[0]?.['serviceId'] ?? '';
  expect(store.readLock(serviceId)).toMatchObject({ unitPrice: '12.40', status: 'pending', product: 'vps-s' });
});

test('a suspended reseller is refused with the public reason, and nothing is stored', async () => {
  const resellers = [{ clientId: '1', state: 'suspended' as const, publicReason: 'Your account is being reviewed.' }];
  const { reseller, eventTypes } = await createTestSandbox(resellers);
  const before = eventTypes().length;
  const { status, body } = await reseller.post('/api/checkout', { format: 'order/1', currency: 'USD', lines: [vps] });
  expect(status).toBe(422);
  expect(body['error']).toMatchObject({ code: 'reseller_suspended', retryable: false });
  expect(String(body['error']?.['message'])).toContain('being reviewed');
  expect(eventTypes()).toHaveLength(before);
  expect((await reseller.get('/api/orders')).body['orders']).toEqual([]);
});

test('with the plugin away a reseller buys at the same price, and the events wait', async () => {
  const { reseller, plugin, jobs } = await createTestSandbox();
  plugin.state.away = true;
  expect(await jobs.pull()).toBe(false);
  expect((await reseller.order([vps]))['total']).toBe('17.40');
  await jobs.deliver();
  expect(plugin.state.received).toEqual([]);
  plugin.state.away = false;
  const { port } = plugin;
  await port.pullIndex(null);
  expect(jobs.status.deliveryError).not.toBe('');
});

test('prices that were not confirmed for too long refuse the order with a message that can be retried', async () => {
  const { reseller, plugin, clock } = await createTestSandbox();
  plugin.state.away = true;
  clock.nowMs += 8 * 86_400_000;
  const person = await reseller.post('/api/session', { email: 'reseller@demo.example', password: 'reseller-pass' });
  expect(person.status).toBe(200);
  const again = await createTestSandbox();
  again.plugin.state.away = true;
  await again.admin.post('/api/test/clock', { advance: '8d' });
  const { status, body } = await again.reseller.post('/api/checkout', { currency: 'USD', lines: [vps] });
  expect([status, body['error']]).toMatchObject([422, { code: 'prices_stale', retryable: true }]);
});

test('the shop window shows a reseller both prices, and everybody else retail', async () => {
  const { reseller, anybody } = await createTestSandbox();
  const priceOf = (body: Record<string, unknown>) =>
    (body['products'] as { id: string; components: { prices: object[] }[] }[]).find(({ id }) => id === 'vps-s')
      ?.components[0]?.prices[0];
  expect(priceOf((await reseller.get('/api/products')).body)).toMatchObject({ price: '10.00', wholesale: '8.00' });
  expect(priceOf((await anybody.get('/api/products')).body)).not.toHaveProperty('wholesale');
});

test('without prices at hand the shop window degrades to retail and says so', async () => {
  const { reseller } = await createTestSandbox([{ clientId: '1', lists: [] }]);
  const { body } = await reseller.get('/api/products');
  expect(body['pending']).toBe(true);
  const refused = await reseller.post('/api/checkout', { currency: 'USD', lines: [vps] });
  expect(refused.body['error']).toMatchObject({ code: 'prices_missing', retryable: true });
});

test('yen amounts have no decimals', async () => {
  const { client, reseller } = await createTestSandbox();
  const line = { ...vps, options: { ip: 1 } };
  expect((await client.order([line], { currency: 'JPY' }))['total']).toBe('2380');
  expect((await reseller.order([line], { currency: 'JPY' }))['total']).toBe('2044');
});

test('a coupon takes its part off at retail, and is refused for a reseller', async () => {
  const { client, reseller } = await createTestSandbox();
  expect((await client.order([vps], { coupon: 'welcome10' }))['total']).toBe('18.95');
  const refused = await reseller.post('/api/checkout', { currency: 'USD', lines: [vps], coupon: 'WELCOME10' });
  expect([refused.status, refused.body['error']]).toMatchObject([422, { code: 'coupon_refused' }]);
});

test('a domain is registered at one price and locked at its renewal price', async () => {
  const { reseller, store } = await createTestSandbox();
  const order = await reseller.order([{ product: 'domain-com', term: '1Y', domain: 'Example.com' }]);
  expect(order['total']).toBe('9.59');
  const serviceId = order['lines']?.[0]?.['serviceId'] ?? '';
  expect(store.readLock(serviceId)).toMatchObject({ unitPrice: '11.19', components: [{ component: 'renew' }] });
});

test('the cart prices its lines, becomes one order, and is empty after it', async () => {
  const { reseller } = await createTestSandbox();
  await reseller.post('/api/cart', { ...vps, currency: 'USD' });
  const { body } = await reseller.post('/api/cart', { product: 'migration', term: 'once', currency: 'USD' });
  expect(body['quote']?.['total']).toBe('56.60');
  const order = await reseller.post('/api/checkout', {});
  expect(order.body['total']).toBe('56.60');
  expect((await reseller.get('/api/cart')).body['lines']).toEqual([]);
});

test.each([
  ['an unknown product', { ...vps, product: 'nothing' }, 'unknown_product', 422],
  ['a hidden product', { ...vps, product: 'vps-old' }, 'not_offered', 422],
  ['a term that is not sold', { ...vps, term: '2M' }, 'not_offered', 422],
  ['a term that is none', { ...vps, term: 'monthly' }, 'bad_request', 400],
  ['a negative quantity', { ...vps, quantity: -1 }, 'bad_request', 400],
  ['an absurd quantity', { ...vps, quantity: 1e9 }, 'bad_request', 400],
  ['half a unit', { ...vps, quantity: 1.5 }, 'bad_request', 400],
  ['too many addresses', { ...vps, options: { ip: 17 } }, 'quantity_out_of_range', 422],
  ['half an address', { ...vps, options: { ip: 0.5 } }, 'quantity_out_of_range', 422],
  ['a choice that does not exist', { ...vps, options: { ram: '64g' } }, 'unknown_option', 422],
  ['an option of another product', { product: 'web-start', term: '1M', options: { ram: '8g' } }, 'unknown_option', 422],
  ['a domain without its name', { product: 'domain-com', term: '1Y' }, 'domain_required', 422],
  ['a name that is no domain', { product: 'domain-com', term: '1Y', domain: 'x y' }, 'bad_request', 400],
  ['a line without a product', { term: '1M' }, 'bad_request', 400],
])('%s is refused with what to do, and nothing is stored', async (_, line, code, status) => {
  const { client, eventTypes } = await createTestSandbox();
  const before = eventTypes().length;
  const refused = await client.post('/api/checkout', { format: 'order/1', currency: 'USD', lines: [line] });
  expect([refused.status, refused.body['error']]).toMatchObject([status, { code }]);
  expect(eventTypes()).toHaveLength(before);
});

test.each([
  ['an unknown currency', { currency: 'CHF', lines: [vps] }, 422],
  ['no lines', { currency: 'USD', lines: [] }, 400],
  ['another format', { format: 'order/2', currency: 'USD', lines: [vps] }, 400],
  ['JSON that is cut off', '{"lines":[', 400],
  ['JSON that is no object', '[1]', 400],
])('%s is refused', async (_, request, status) => {
  const { client } = await createTestSandbox();
  expect((await client.post('/api/checkout', request)).status).toBe(status);
});
