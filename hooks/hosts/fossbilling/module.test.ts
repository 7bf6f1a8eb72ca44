import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallRequest, HostPort, PriceLock } from '../../contract/index.ts';
import { createKeys } from '../../transport/keys.ts';
import { serveHostPort } from '../../transport/serve-host-port.ts';
import { listen } from '../../transport/listen.ts';
import { partialHostPort } from '../../transport/testing.ts';
import { createFossbillingHostPort } from './host-port.ts';
import { createSignedCaller } from './module-caller.ts';
import { markPaid } from './testing/fake-invoices.ts';
import { startFakeHost, type FakeHost } from './testing/fake-host.ts';
import { orderRequest, pricedLine } from './testing/order-request.ts';

const revision = `sha256:${'c'.repeat(64)}`;
const keys = createKeys();
let fake: FakeHost;
let routes: Awaited<ReturnType<typeof listen>>;
let paths: string[];
let locks: PriceLock[];
let port: HostPort;

beforeEach(async () => {
  fake = await startFakeHost();
  paths = [];
  locks = [];
  const serve = serveHostPort({
    keys,
    now: Date.now,
    port: partialHostPort({
      describe: async () => ({
        kind: 'fossbilling',
        name: 'module',
        version: '1',
        contract: '1.0',
        capabilities: ['pushedPriceLists', 'nativeCheckout'],
        zone: 'Europe/Berlin',
        currency: 'USD',
        urls: { client: '/c/{id}', invoice: '/reseller/invoice/{id}', order: '/o/{id}', service: '/s/{id}' },
      }),
      'prices.publish': async (request) => request,
      'changes.read': async () => ({ events: [], cursor: '17' }),
      'locks.publish': async (request: CallRequest<'locks.publish'>) => {
        locks.push(...request.locks);
        return { written: request.locks.length };
      },
    }),
  });
  routes = await listen((request) => {
    const { pathname, origin } = new URL(request.url);
    paths.push(pathname);
    return serve(new Request(origin + pathname.replace(/\/$/, ''), request));
  });
  const module = createSignedCaller({ baseUrl: `${routes.url}/`, keys });
  port = createFossbillingHostPort({ baseUrl: fake.baseUrl, staffToken: fake.token, module });
});
afterEach(async () => {
  await routes.stop();
  await fake.stop();
});

test('what needs the module goes to its signed routes, and what it can do is said', async () => {
  const about = await port.describe({});
  expect(about).toMatchObject({ name: 'Company Name', version: '0.8.5', zone: 'Europe/Berlin' });
  expect(about.urls.invoice).toBe('/reseller/invoice/{id}');
  expect(about.capabilities).toEqual(expect.arrayContaining(['cancelOrder', 'pushedPriceLists', 'nativeCheckout']));
  expect(await port['prices.publish']({ revision })).toEqual({ revision });
  expect((await port['changes.read']({ cursor: '', limit: 5 })).cursor).toBe('17');
  const names = ['describe', 'prices.publish', 'changes.read'];
  expect([...new Set(paths)]).toEqual(names.map((name) => `/reseller/bridge/v1/${name}/`));
});

test('what is said of the host is kept for a while, unless the state of the connection is asked for', async () => {
  const asked = () => paths.filter((path) => path.includes('describe')).length;
  await port.describe({});
  const once = asked();
  await port.describe({});
  expect(asked()).toBe(once);
  await port.describe({ fresh: true });
  expect(asked()).toBe(once + 1);
});

test('a pin reaches the module’s table, and a domain renews at its lock', async () => {
  const line = pricedLine('domain:.com', { term: '1Y', action: 'register', domain: 'blue.com', unitPrice: '9.00' });
  const { order } = await port['orders.place'](orderRequest('ord_module', [line]));
  const { invoice } = await port['invoices.issue']({ orderId: order.id, reference: 'ord_module', paymentMethod: '1' });
  markPaid(
    fake.state,
    fake.state.invoices.find(({ id }) => String(id) === invoice.id)!,
  );
  const lock = { ...order.locks[0]!, unitPrice: '9.40', lockedAt: '2027-03-01T00:00:00Z' };
  const { service } = await port['services.pin']({ serviceId: order.id, lock, reason: 'lowered' });
  expect(service.recurring).toBe('9.40');
  expect(locks).toEqual([lock]);
  expect(fake.state.orders[0]?.['price']).toBe(9);
});

test('the host writes its moments in the zone that the module knows', async () => {
  // Its tables say 00:30 on the 11th, which is the day before in UTC.
  fake.state.now = Date.parse('2027-01-11T00:30:00Z');
  const { order } = await port['orders.place'](orderRequest('ord_zone', [pricedLine('2')]));
  await port['invoices.issue']({ orderId: order.id, reference: 'ord_zone', paymentMethod: '1' });
  markPaid(fake.state, fake.state.invoices[0]!);
  expect(order.createdAt).toBe('2027-01-10T23:30:00Z');
  expect(order.locks[0]?.lockedAt).toBe('2027-01-10T23:30:00.000Z');
  const { days } = await port['income.read']({ from: '2027-01-10', until: '2027-01-13' });
  expect(days).toEqual([{ day: '2027-01-11', currency: 'USD', digits: 2, amount: '8.00' }]);
});
