import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HostPort } from '../../contract/index.ts';
import { inProcessHostPort } from '../../transport/in-process.ts';
import { createFossbillingHostPort } from './host-port.ts';
import { markPaid } from './testing/fake-invoices.ts';
import { startFakeHost, type FakeHost } from './testing/fake-host.ts';
import { createState } from './testing/fake-state.ts';
import { orderRequest, pricedLine } from './testing/order-request.ts';

let fake: FakeHost;
let port: HostPort;

const freshPort = () =>
  inProcessHostPort(
    createFossbillingHostPort({ baseUrl: fake.baseUrl, staffToken: fake.token, now: () => fake.state.now }),
  );
const issue = async (orderId: string, reference: string, paymentMethod: string | null = '1') =>
  (await port['invoices.issue']({ orderId, reference, paymentMethod })).invoice;
const pay = (id: string) =>
  markPaid(
    fake.state,
    fake.state.invoices.find((invoice) => String(invoice['id']) === id)!,
  );

beforeAll(async () => {
  fake = await startFakeHost();
});
afterAll(() => fake.stop());
beforeEach(() => {
  fake.state = createState();
  fake.fault = null;
  port = freshPort();
});

/** A plan for two with setup and an add-on, and a hosting account: three rows, two of them masters. */
const threeLines = () => [
  pricedLine('2', { quantity: 2, price: '16.00', setup: '5.00' }),
  pricedLine('3', { unitPrice: '3.20' }),
  pricedLine('5', { unitPrice: '6.40', domain: 'Shop.example.com' }),
];

test('an order is made at our prices, invoiced as one, paid, active, and renewed at what was locked', async () => {
  const { order } = await port['orders.place'](orderRequest('ord_whole', threeLines()));
  expect(order).toMatchObject({ status: 'pending', reference: 'ord_whole', placedBy: 'plugin', invoiceId: null });
  expect(order.customer).toEqual({ name: 'Bluebird Café 🐦', reference: 'cus-1' });
  expect(order.lines.map(({ product, price, setup }) => [product, price, setup])).toEqual([
    ['2', '16.00', '5.00'],
    ['3', '3.20', '0.00'],
    ['5', '6.40', '0.00'],
  ]);
  expect(order.locks.map(({ unitPrice, quantity, status }) => [unitPrice, quantity, status])).toEqual([
    ['8.00', 2, 'pending'],
    ['3.20', 1, 'pending'],
    ['6.40', 1, 'pending'],
  ]);
  expect(fake.state.orders.map((row) => [row['invoice_option'], row['group_master'], row['price']])).toEqual([
    ['issue-invoice', 1, 8],
    ['issue-invoice', 1, 6.4],
    ['issue-invoice', 0, 3.2],
  ]);
  expect(fake.state.orders[0]?.['notes']).toBe('Customer: Bluebird Café ? (cus-1)\nPlease hurry');

  const invoice = await issue(order.id, 'ord_whole');
  expect(invoice).toMatchObject({
    status: 'unpaid',
    total: '30.60',
    orderId: order.id,
    issuedAt: '2027-01-10T12:00:00Z',
  });
  expect(invoice.lines.map(({ kind, occasion, amount, product }) => [kind, occasion, amount, product])).toEqual([
    ['product', 'new', '16.00', '2'],
    ['setup', 'new', '5.00', '2'],
    ['product', 'new', '3.20', '3'],
    ['product', 'new', '6.40', '5'],
  ]);
  pay(invoice.id);
  const found = (await port['orders.find']({ reference: 'ord_whole' })).order;
  expect(found).toMatchObject({ id: order.id, status: 'active', invoiceId: invoice.id });

  const { services } = await port['services.list']({ clientIds: ['1'], limit: 100 });
  expect(services.map((service) => [service.orderId, service.recurring, service.lock?.status, service.domain])).toEqual(
    [
      [order.id, '6.40', 'active', 'shop.example.com'],
      [order.id, '8.00', 'active', null],
      [order.id, '3.20', 'active', null],
    ],
  );
  const [first] = order.lines;
  await fetchAdmin('invoice/renewal_invoice', { id: first?.id });
  const { invoices } = await port['invoices.list']({ clientIds: ['1'], limit: 100 });
  expect(invoices[0]).toMatchObject({
    total: '16.00',
    lines: [{ occasion: 'renewal', unitPrice: '8.00', quantity: 2 }],
  });
});

async function fetchAdmin(method: string, body: object): Promise<void> {
  const authorization = `Basic ${Buffer.from(`admin:${fake.token}`).toString('base64')}`;
  await fetch(`${fake.baseUrl}/api/admin/${method}`, {
    method: 'POST',
    headers: { authorization },
    body: JSON.stringify(body),
  });
}

describe('whatever is lost on the way, a second try ends in one order and one invoice', () => {
  for (const done of [false, true]) {
    test(done ? 'the answer was lost' : 'the request was lost', async () => {
      for (let broken = 1; ; broken += 1) {
        fake.state = createState();
        fake.calls.length = 0;
        const drive = async () => {
          const request = orderRequest('ord_killed', threeLines());
          port = freshPort();
          const found = await port['orders.find']({ reference: request.reference });
          const order = found.order ?? (await port['orders.place'](request)).order;
          return { order, invoice: await issue(order.id, request.reference) };
        };
        fake.fault = (_call, count) => (count === broken ? { kind: 'lost', done } : null);
        const failed = await drive().then(
          () => false,
          () => true,
        );
        if (!failed) {
          expect(broken).toBeGreaterThan(15);
          return;
        }
        fake.fault = null;
        const { order, invoice } = await drive();
        expect(fake.state.orders.map((row) => row['invoice_option'])).toEqual(Array(3).fill('issue-invoice'));
        expect(fake.state.invoices).toHaveLength(1);
        expect([order.lines.length, invoice.lines.length, invoice.total, invoice.status]).toEqual([
          3,
          4,
          '30.60',
          'unpaid',
        ]);
      }
    });
  }
});

test('a row that was made twice is taken out, and never invoiced', async () => {
  const { order } = await port['orders.place'](orderRequest('ord_twice', [pricedLine('2')]));
  const [row] = fake.state.orders;
  fake.state.orders.push({ ...row, id: 9999, group_id: 'other' });
  fake.calls.length = 0;
  expect((await port['orders.place'](orderRequest('ord_twice', [pricedLine('2')]))).order.id).toBe(order.id);
  expect(fake.state.orders).toHaveLength(1);
  expect(fake.calls).not.toContain('order/create');
});

test('an order with another reference that only begins alike is not taken for ours', async () => {
  await port['orders.place'](orderRequest('ord_a1_long', [pricedLine('2')]));
  expect((await port['orders.find']({ reference: 'ord_a1' })).order).toBeNull();
  expect((await port['orders.find']({ reference: 'ord_a1_lon_' })).order).toBeNull();
  await expect(
    port['orders.place'](orderRequest('ord_a1_long', [pricedLine('5', { domain: 'a.com' })])),
  ).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('a domain for anybody but the client is refused: the host would register it for the client all the same', async () => {
  const line = pricedLine('domain:.com', {
    term: '2Y',
    action: 'register',
    domain: 'red.com',
    unitPrice: '21.00',
    renewal: '20.00',
  });
  const registrant = { name: 'Ines', company: null, email: 'ines@their.example', phone: null, country: 'DE' };
  await expect(port['orders.place']({ ...orderRequest('ord_theirs', [line]), registrant })).rejects.toMatchObject({
    code: 'refused',
  });
  expect(fake.state.orders).toEqual([]);
  expect((await port.describe({})).capabilities).not.toContain('registrants');
  const notice = { reference: 'not_1', clientId: '7', to: 'ines@their.example', subject: 'Paid', text: 'It is paid.' };
  await expect(port['notices.send'](notice)).rejects.toMatchObject({ code: 'not_supported' });
});

test('a domain is ordered with its name and years, and renews at the registrar’s price without the module', async () => {
  const line = pricedLine('domain:.com', {
    term: '2Y',
    action: 'register',
    domain: 'Blue.com',
    unitPrice: '21.00',
    renewal: '20.00',
  });
  const { order } = await port['orders.place'](orderRequest('ord_domain', [line]));
  expect(fake.state.orders[0]?.['config']).toMatchObject({
    action: 'register',
    register_sld: 'blue',
    register_tld: '.com',
    register_years: 2,
  });
  expect(order.lines).toMatchObject([
    { title: 'blue.com', product: 'domain:.com', unitPrice: '21.00', renewal: '20.00' },
  ]);
  const invoice = await issue(order.id, 'ord_domain');
  expect(invoice.lines).toMatchObject([{ kind: 'domain', quantity: 1, amount: '21.00' }]);
  pay(invoice.id);
  const { services } = await port['services.list']({ clientIds: ['1'], limit: 10 });
  expect(services).toMatchObject([{ recurring: '23.98', domain: 'blue.com', lock: { unitPrice: '20.00' } }]);
});

test('products that are set up with the order are, and what costs nothing is settled at once', async () => {
  const once = pricedLine('4', { term: 'once', renewal: null });
  const { order } = await port['orders.place'](orderRequest('ord_once', [once]));
  expect(order.locks).toEqual([]);
  expect((await issue(order.id, 'ord_once')).status).toBe('unpaid');
  expect((await port['orders.find']({ reference: 'ord_once' })).order?.status).toBe('active');
  const free = await port['orders.place'](orderRequest('ord_free', [pricedLine('2', { unitPrice: '0.00' })]));
  expect(await issue(free.order.id, 'ord_free', null)).toMatchObject({ status: 'paid', total: '0.00' });
  fake.state.clients[0]!['balance'] = -1.5;
  const owing = await port['orders.place'](orderRequest('ord_owing', [pricedLine('2', { unitPrice: '0.00' })]));
  expect(await issue(owing.order.id, 'ord_owing')).toMatchObject({ status: 'paid', total: '0.00' });
});

test('account credit pays the whole or nothing', async () => {
  const { order } = await port['orders.place'](orderRequest('ord_credit', [pricedLine('2')]));
  expect((await issue(order.id, 'ord_credit', 'credit')).status).toBe('unpaid');
  await port['credit.add']({ clientId: '1', reference: 'top_1', amount: '8.00', currency: 'USD', reason: 'Top-up' });
  expect(await issue(order.id, 'ord_credit', 'credit')).toMatchObject({
    status: 'paid',
    payment: { method: 'credit' },
  });
  expect((await port['credit.read']({ clientId: '1' })).balance).toBe('0.00');
});
