import { expect, test } from 'vitest';
import type { PricedLine, PriceLock } from '../../contract/index.ts';
import { createHttpHostPort } from '../../transport/http-host-port.ts';
import { createTestSandbox, startMs, vps } from '../../../test/support/test-sandbox.ts';

const stamp = { listHash: `sha256:${'0'.repeat(64)}`, at: '2027-01-10T08:59:00Z' };
const component = { component: 'base', quantity: 1, unit: '8.00', amount: '8.00' };
const line: PricedLine = {
  ...vps,
  options: {},
  unitPrice: '8.00',
  price: '8.00',
  setup: '5.00',
  renewal: '8.00',
  components: [component],
};
const money = { currency: 'USD', digits: 2, tax: 'net' as const };
const request = {
  reference: 'ord_0001',
  clientId: '1',
  paymentMethod: null,
  money,
  customer: { name: 'Ada', reference: 'C-1' },
  note: 'for Ada',
  stamp,
  lines: [line],
};

test('an order is placed at the pinned prices, once per reference, with its locks and its event', async () => {
  const { port, eventTypes } = await createTestSandbox();
  const { order } = await port['orders.place'](request);
  expect(order).toMatchObject({
    reference: 'ord_0001',
    placedBy: 'plugin',
    status: 'pending',
    invoiceId: null,
    customer: { name: 'Ada' },
  });
  expect(order.locks).toMatchObject([{ unitPrice: '8.00', status: 'pending', listHash: stamp.listHash }]);
  expect((await port['orders.place'](request)).order.id).toBe(order.id);
  expect((await port['orders.find']({ reference: 'ord_0001' })).order?.id).toBe(order.id);
  expect(eventTypes().filter((type) => type === 'order.created')).toHaveLength(1);
});

test('without unique references the same reference makes a second order, and the capability is not claimed', async () => {
  const { port, admin } = await createTestSandbox();
  expect((await port.describe({})).capabilities).toContain('uniqueReferences');
  await admin.post('/api/test/settings', { uniqueReferences: false });
  const first = await port['orders.place'](request);
  expect((await port['orders.place'](request)).order.id).not.toBe(first.order.id);
  expect((await port.describe({})).capabilities).not.toContain('uniqueReferences');
});

test.each([
  ['an unknown client', { clientId: '999' }],
  ['staff as the client', { clientId: '4' }],
  ['an unknown currency', { money: { ...money, currency: 'CHF' } }],
  ['an unknown product', { lines: [{ ...line, product: 'nothing' }] }],
  ['too many digits', { lines: [{ ...line, unitPrice: '8.001', price: '8.001' }] }],
  ['a negative price', { lines: [{ ...line, unitPrice: '-8.00', price: '-8.00' }] }],
  ['a price that does not add up', { lines: [{ ...line, quantity: 2 }] }],
])('an order with %s is refused and leaves nothing behind', async (_, change) => {
  const { port, eventTypes } = await createTestSandbox();
  await expect(port['orders.place']({ ...request, ...change })).rejects.toMatchObject({ name: 'HostError' });
  expect((await port['orders.find']({ reference: 'ord_0001' })).order).toBeNull();
  expect(eventTypes()).not.toContain('order.created');
});

test('an order has one invoice, at the pinned prices, paid from credit when asked', async () => {
  const { port } = await createTestSandbox();
  const { order } = await port['orders.place'](request);
  await port['credit.add']({ clientId: '1', reference: 'cred-1', amount: '20.00', currency: 'USD', reason: 'demo' });
  await port['credit.add']({ clientId: '1', reference: 'cred-1', amount: '20.00', currency: 'USD', reason: 'demo' });
  const issue = { orderId: order.id, reference: 'ord_0001', paymentMethod: 'credit' };
  const { invoice } = await port['invoices.issue'](issue);
  expect(invoice).toMatchObject({ total: '13.00', status: 'paid' });
  expect((await port['invoices.issue'](issue)).invoice.id).toBe(invoice.id);
  expect((await port['credit.read']({ clientId: '1' })).balance).toBe('7.00');
  const taken = port['credit.add']({
    clientId: '1',
    reference: 'cred-2',
    amount: '-8.00',
    currency: 'USD',
    reason: 'demo',
  });
  await expect(taken).rejects.toMatchObject({ code: 'refused' });
});

test('cancelling an unpaid order ends its invoice, services and locks; a paid one is refused', async () => {
  const { port, reseller, eventTypes } = await createTestSandbox();
  const { orderId } = await reseller.order([vps]);
  const { order } = await port['orders.cancel']({ orderId: String(orderId), reason: 'changed their mind' });
  expect([order.status, order.locks[0]?.status]).toEqual(['cancelled', 'ended']);
  expect(eventTypes().slice(-2)).toEqual(['invoice.cancelled', 'order.cancelled']);
  const paid = await reseller.order([vps]);
  await reseller.post(`/api/invoices/${paid['invoiceId']}/pay`);
  await expect(port['orders.cancel']({ orderId: String(paid['orderId']), reason: 'too late' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('pinning a service sets what it renews at and its lock, the newer one winning', async () => {
  const { port, reseller, eventTypes } = await createTestSandbox();
  const serviceId = (await reseller.order([vps]))['lines']?.[0]?.['serviceId'] ?? '';
  const [service] = (await port['services.list']({ clientIds: ['1'], limit: 10 })).services;
  const lock = { ...service?.lock, unitPrice: '11.00', lockedAt: '2027-02-01T00:00:00Z' } as PriceLock;
  const pinned = await port['services.pin']({ serviceId, lock, reason: 'agreed' });
  expect(pinned.service).toMatchObject({ recurring: '11.00', lock: { unitPrice: '11.00' } });
  expect(eventTypes().at(-1)).toBe('service.changed');
  const older = { ...lock, lockedAt: '2027-01-01T00:00:00Z' };
  await expect(port['services.pin']({ serviceId, lock: older, reason: 'late' })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await port['locks.publish']({ locks: [older, lock] })).toEqual({ written: 1 });
});

test('lists come in pages, by client and since a moment', async () => {
  const { port, client, reseller, clock } = await createTestSandbox();
  for (let round = 0; round < 3; round += 1) await client.order([vps]);
  clock.nowMs += 3_600_000;
  await reseller.order([vps]);
  const ask = (query: object) => port['orders.list']({ clientIds: ['1', '2'], limit: 2, ...query });
  const first = await ask({});
  const second = await ask({ cursor: first.cursor ?? '' });
  expect([first.orders.length, second.orders.length, second.cursor]).toEqual([2, 2, null]);
  expect((await ask({ since: '2027-01-10T09:30:00Z' })).orders.map(({ clientId }) => clientId)).toEqual(['1']);
  expect((await ask({ clientIds: [] })).orders).toEqual([]);
  const { clients } = await port['clients.list']({ search: 'NORTHWIND', limit: 10 });
  expect(clients.map(({ id, email }) => [id, email])).toEqual([['1', 'reseller@demo.example']]);
  expect(clients[0]).not.toHaveProperty('password');
});

test('events are read by cursor, each with a growing version of what it is about', async () => {
  const { port, client } = await createTestSandbox([]);
  const { invoiceId } = await client.order([vps]);
  const { cursor } = await port['changes.read']({ cursor: '', limit: 500 });
  await client.post(`/api/invoices/${invoiceId}/pay`);
  const { events } = await port['changes.read']({ cursor, limit: 500 });
  expect(events.map(({ type }) => type)).toEqual(['invoice.paid', 'service.provisioned']);
  const all = (await port['changes.read']({ cursor: '', limit: 500 })).events.filter(
    ({ aggregate }) => aggregate.id === invoiceId,
  );
  const versions = all.map(({ aggregate }) => aggregate.version);
  expect(versions).toEqual([...new Set(versions)].toSorted((left, right) => left - right));
  await expect(port['changes.read']({ cursor: 'x', limit: 1 })).rejects.toMatchObject({ code: 'bad_request' });
});

test('a fault before the effect leaves nothing, and one after it leaves the order to be found', async () => {
  const { port, admin } = await createTestSandbox();
  await admin.post('/api/test/settings', { failNext: 'orders.place' });
  await expect(port['orders.place'](request)).rejects.toMatchObject({ code: 'unavailable' });
  expect((await port['orders.find']({ reference: 'ord_0001' })).order).toBeNull();
  await admin.post('/api/test/settings', { failAfter: 'orders.place' });
  await expect(port['orders.place'](request)).rejects.toMatchObject({ code: 'unavailable' });
  expect((await port['orders.find']({ reference: 'ord_0001' })).order).not.toBeNull();
});

test('a staff price edit changes the catalogue and says so; a publish pulls the new list', async () => {
  const { port, admin, eventTypes, store } = await createTestSandbox();
  const before = store.readIndex()?.index.revision;
  const edit = { term: '1M', currency: 'USD', price: '12.00' };
  expect((await admin.post('/api/admin/products/vps-s/price', edit)).status).toBe(200);
  expect((await admin.post('/api/admin/products/vps-s/price', { ...edit, price: '12.001' })).status).toBe(422);
  expect(eventTypes().at(-1)).toBe('catalogue.changed');
  const base = (await port['catalogue.read']({})).catalogue.products[0]?.components[0];
  expect(base?.prices[0]).toMatchObject({ price: '12.00', setup: '5.00' });
  const { revision } = await port['prices.publish']({ revision: stamp.listHash });
  expect(revision).not.toBe(before);
});

test('a publish that cannot pull is answered as one to repeat', async () => {
  const { port, plugin } = await createTestSandbox();
  plugin.state.away = true;
  await expect(port['prices.publish']({ revision: stamp.listHash })).rejects.toMatchObject({ code: 'unavailable' });
});

test('tickets are listed newest first and link only to things of the same client', async () => {
  const { port, client, reseller, clock } = await createTestSandbox();
  const { body } = await client.post('/api/tickets', { subject: 'Slow' });
  clock.nowMs += 60_000;
  await client.post('/api/tickets', { subject: 'Slower' });
  const { tickets } = await port['tickets.list']({ clientId: '2', limit: 10 });
  expect(tickets.map(({ subject }) => subject)).toEqual(['Slower', 'Slow']);
  const { orderId } = await reseller.order([vps]);
  const link = port['tickets.link']({ ticketId: String(body['id']), serviceId: null, orderId: String(orderId) });
  await expect(link).rejects.toMatchObject({ code: 'not_found' });
});

test('over signed HTTP the port answers, and refuses other keys', async () => {
  const { app, keys } = await createTestSandbox();
  const other = await createTestSandbox();
  const fetch = async (url: string | URL | Request, init?: RequestInit) => app.request(new Request(url, init));
  const options = { baseUrl: 'http://sandbox.test', fetch, now: () => startMs, timeoutMs: 2000 };
  const near = createHttpHostPort({ ...options, keys });
  expect((await near.describe({})).kind).toBe('sandbox');
  const far = createHttpHostPort({ ...options, keys: other.keys });
  await expect(far.describe({})).rejects.toMatchObject({ code: 'unauthorised' });
});
