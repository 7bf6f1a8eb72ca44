import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { HostPort } from '../../contract/index.ts';
import { inProcessHostPort } from '../../transport/in-process.ts';
import { createFossbillingHostPort } from './host-port.ts';
import { startFakeHost, type FakeHost } from './testing/fake-host.ts';
import { createState } from './testing/fake-state.ts';
import { orderRequest, pricedLine } from './testing/order-request.ts';

let fake: FakeHost;
let port: HostPort;

beforeAll(async () => {
  fake = await startFakeHost();
});
afterAll(() => fake.stop());
beforeEach(() => {
  fake.state = createState();
  fake.fault = null;
  port = inProcessHostPort(
    createFossbillingHostPort({ baseUrl: fake.baseUrl, staffToken: fake.token, now: () => fake.state.now }),
  );
  fake.calls.length = 0;
});

test('says what it is, and claims nothing that needs the module', async () => {
  const about = await port.describe({});
  expect(about).toMatchObject({
    kind: 'fossbilling',
    name: 'Company Name',
    version: '0.8.5',
    currency: 'USD',
    zone: 'UTC',
  });
  expect(about.rates).toContainEqual({ currency: 'EUR', rate: '0.9' });
  expect(about.capabilities).not.toContain('optionPrices');
  expect(about.capabilities).not.toContain('uniqueReferences');
  expect(about.capabilities).not.toContain('pushedPriceLists');
  await expect(port['prices.publish']({ revision: `sha256:${'0'.repeat(64)}` })).rejects.toMatchObject({
    code: 'not_supported',
  });
  await expect(port['locks.publish']({ locks: [] })).rejects.toMatchObject({ code: 'not_supported' });
  expect(await port['changes.read']({ cursor: 'c', limit: 10 })).toEqual({ events: [], cursor: 'c' });
});

test('shows the catalogue with add-ons, top level domains and what an order must name', async () => {
  const { catalogue, display } = await port['catalogue.read']({});
  expect(catalogue.products.map(({ id }) => id)).toEqual(['domain:.com', '2', '4', '5', '3']);
  const needs = Object.fromEntries(display.products.map((product) => [product.id, product.needs]));
  expect(needs).toEqual({ 'domain:.com': 'domain', '2': null, '4': null, '5': 'domain', '3': null });
  expect(display.products.find(({ id }) => id === '2')).toMatchObject({ title: 'Starter Plan', addons: ['3'] });
  expect(display.groups).toContainEqual({ id: 'addons', title: 'Add-ons' });
});

test('finds clients by id and by text', async () => {
  const { clients } = await port['clients.list']({ ids: ['1', '404'], limit: 100 });
  expect(clients).toMatchObject([
    { id: '1', name: 'Rae Seller', status: 'active', currency: 'USD', createdAt: '2026-11-22T23:16:45Z' },
  ]);
  const found = await port['clients.list']({ search: 'gone@', limit: 100 });
  expect(found.clients).toMatchObject([{ id: '7', status: 'suspended' }]);
  const page = await port['clients.list']({ limit: 2 });
  expect((await port['clients.list']({ limit: 2, cursor: page.cursor ?? '' })).clients).toHaveLength(2);
});

test('offers the gateways that take the client’s currency, and account credit, without showing the token', async () => {
  const { methods } = await port['paymentMethods.list']({ clientId: '5' });
  expect(methods.map(({ id, credit }) => [id, credit])).toEqual([
    ['1', false],
    ['2', false],
    ['credit', true],
  ]);
  expect((await port['paymentMethods.list']({ clientId: '1' })).methods.map(({ id }) => id)).toEqual(['1', 'credit']);
});

test('adds credit once per reference and never takes more than there is', async () => {
  const change = { clientId: '1', reference: 'dif_1', currency: 'USD', reason: 'Charged too much' };
  expect((await port['credit.add']({ ...change, amount: '20.55' })).balance).toBe('20.55');
  expect((await port['credit.add']({ ...change, amount: '20.55' })).balance).toBe('20.55');
  expect(fake.state.balances).toHaveLength(1);
  await expect(port['credit.add']({ ...change, reference: 'dif_2', amount: '-20.56' })).rejects.toMatchObject({
    code: 'refused',
  });
  await expect(
    port['credit.add']({ ...change, reference: 'dif_2', currency: 'EUR', amount: '1' }),
  ).rejects.toMatchObject({ code: 'refused' });
  expect((await port['credit.add']({ ...change, reference: 'dif_2', amount: '-20.55' })).balance).toBe('0.00');
});

test('lists tickets, and links one by a note that is written once', async () => {
  const ticket = {
    id: 9,
    client_id: 1,
    subject: 'My site',
    status: 'on_hold',
    created_at: '2027-01-10 11:00:00',
    updated_at: null,
    notes: [],
  };
  fake.state.tickets.push({ ...ticket });
  const { tickets } = await port['tickets.list']({ clientId: '1', limit: 5 });
  expect(tickets).toEqual([
    {
      id: '9',
      clientId: '1',
      subject: 'My site',
      status: 'answered',
      updatedAt: '2027-01-10T11:00:00Z',
      url: '/support/ticket/9',
    },
  ]);
  for (const again of [1, 2])
    await port['tickets.link']({ ticketId: '9', serviceId: '12', orderId: again === 1 ? null : '3' });
  expect(fake.state.tickets[0]?.['notes']).toMatchObject([{ note: 'Belongs to order #12.' }]);
});

test('sums income by day of payment, net, without top-ups and less refunds', async () => {
  const place = async (reference: string, unitPrice: string) => {
    const { order } = await port['orders.place'](orderRequest(reference, [pricedLine('2', { unitPrice })]));
    const { invoice } = await port['invoices.issue']({ orderId: order.id, reference, paymentMethod: '1' });
    fake.state.nextId += 1;
    await call('invoice/mark_as_paid', { id: invoice.id, transactionId: reference });
    return invoice.id;
  };
  const call = async (method: string, body: object) => {
    await fetch(`${fake.baseUrl}/api/admin/${method}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`admin:${fake.token}`).toString('base64')}` },
      body: JSON.stringify(body),
    });
  };
  await place('ord_income_1', '8.10');
  fake.state.now += 86_400_000;
  const second = await place('ord_income_2', '10.00');
  await call('invoice/prepare', {
    client_id: 1,
    approve: 1,
    items: [{ title: 'Add funds', price: 50, type: 'deposit' }],
  });
  await call('invoice/mark_as_paid', { id: fake.state.invoices.at(-1)?.['id'], transactionId: 'top' });
  const span = { from: '2027-01-10', until: '2027-01-12' };
  expect((await port['income.read'](span)).days.map(({ day, amount }) => [day, amount])).toEqual([
    ['2027-01-10', '8.10'],
    ['2027-01-11', '10.00'],
  ]);
  fake.state.refundLogic = 'credit_note';
  await call('invoice/refund', { id: second });
  expect((await port['income.read']({ ...span, from: '2027-01-11' })).days).toMatchObject([{ amount: '0.00' }]);
  const { invoices } = await port['invoices.list']({ clientIds: ['1'], limit: 100 });
  expect(invoices.find(({ id }) => id === second)).toMatchObject({
    status: 'refunded',
    refunds: [{ amount: '10.00', lines: [{ net: '10.00' }] }],
  });
});
