import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { HostPort } from '../../contract/index.ts';
import { inProcessHostPort } from '../../transport/in-process.ts';
import { createFossbillingHostPort } from './host-port.ts';
import { addLine, draft } from './testing/fake-invoices.ts';
import { startFakeHost, type FakeHost } from './testing/fake-host.ts';
import { createState, newId } from './testing/fake-state.ts';
import { orderRequest, pricedLine } from './testing/order-request.ts';
import { shapeOf } from './testing/recorded.ts';

let fake: FakeHost;
let port: HostPort;

const freshPort = (options = {}) =>
  inProcessHostPort(createFossbillingHostPort({ baseUrl: fake.baseUrl, staffToken: fake.token, ...options }));

beforeAll(async () => {
  fake = await startFakeHost();
});
afterAll(() => fake.stop());
beforeEach(() => {
  fake.state = createState();
  port = freshPort();
  fake.calls.length = 0;
});

/** What the host's own cart leaves: a plan and its add-on in one group, the setup fee in the configuration. */
function buyInShop(clientId: number): number {
  const id = newId(fake.state);
  const config = { id: 1, product_id: 2, setup_price: 5, price: 10 };
  const row = {
    ...shapeOf('order.get.pending'),
    client_id: clientId,
    group_id: String(id),
    meta: {},
    price: 10,
    quantity: 2,
  };
  fake.state.orders.push({ ...row, id, config, group_master: 1, title: 'Starter Plan' });
  const addon = { product_id: 3, group_master: 0, title: 'Extra IP', price: 4, quantity: 1, config: { product_id: 3 } };
  fake.state.orders.push({ ...row, ...addon, id: newId(fake.state) });
  const invoice = draft(fake.state, fake.state.clients[0]!, 1);
  Object.assign(invoice, { approved: true, client_id: clientId });
  addLine(fake.state, invoice, {
    title: 'Starter Plan',
    price: 10,
    quantity: 2,
    type: 'order',
    task: 'activate',
    rel_id: id,
  });
  addLine(fake.state, invoice, { title: 'Starter Plan setup', price: 5, unit: 'service' });
  addLine(fake.state, invoice, { title: 'Discount: Starter Plan', price: -2, unit: 'discount', rel_id: id });
  addLine(fake.state, invoice, { title: 'Courtesy', price: 1 });
  return id;
}

for (const showAddons of [false, true]) {
  test(`an order of the shop comes with its add-on, ${showAddons ? 'listed by the host' : 'asked for'}`, async () => {
    fake.state.showAddons = showAddons;
    const id = String(buyInShop(1));
    const { orders } = await port['orders.list']({ clientIds: ['1'], limit: 100 });
    expect(orders).toMatchObject([{ id, reference: null, placedBy: 'shop', stamp: null, locks: [] }]);
    expect(orders[0]?.lines.map(({ product, price, setup }) => [product, price, setup])).toEqual([
      ['2', '20.00', '5.00'],
      ['3', '4.00', '0.00'],
    ]);
    const { services } = await port['services.list']({ clientIds: ['1'], limit: 100 });
    expect(services.map((service) => [service.orderId, service.product]).toSorted()).toEqual([
      [id, '2'],
      [id, '3'],
    ]);
    expect(fake.calls.includes('order/addons')).toBe(!showAddons);
  });
}

test('lines of the host’s own invoices are told apart and linked', async () => {
  const id = String(buyInShop(1));
  const { invoices } = await port['invoices.list']({ clientIds: ['1'], limit: 100 });
  expect(invoices[0]?.lines.map((line) => [line.kind, line.occasion, line.serviceId, line.product, line.net])).toEqual([
    ['product', 'new', id, '2', '20.00'],
    ['setup', 'new', id, '2', '5.00'],
    ['discount', 'other', id, '2', '-2.00'],
    ['other', 'other', null, null, '1.00'],
  ]);
});

test('pages give every row once, though the host repeats rows for their meta and new ones come in between', async () => {
  for (let count = 0; count < 7; count += 1) {
    await port['orders.place'](orderRequest(`ord_page_${count}`, [pricedLine('2')]));
  }
  await port['orders.place'](
    orderRequest('ord_page_eur', [pricedLine('2')], {
      clientId: '5',
      money: { currency: 'EUR', digits: 2, tax: 'net' },
    }),
  );
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<HostPort['services.list']>> = await port['services.list']({
      clientIds: ['1', '5'],
      limit: 3,
      ...(cursor === '' ? {} : { cursor }),
    });
    if (seen.length === 0) await port['orders.place'](orderRequest('ord_page_late', [pricedLine('2')]));
    seen.push(...page.services.map(({ id }) => id));
    cursor = page.cursor;
  }
  expect(seen).toHaveLength(8);
  expect(new Set(seen).size).toBe(8);
  await expect(port['services.list']({ clientIds: ['1'], cursor: 'x', limit: 3 })).rejects.toMatchObject({
    code: 'bad_request',
  });
});

test('an order that is not complete is not listed, and one that did not change is left out', async () => {
  await port['orders.place'](orderRequest('ord_half', [pricedLine('2'), pricedLine('5', { domain: 'a.example' })]));
  fake.state.orders.pop();
  expect((await port['orders.list']({ clientIds: ['1'], limit: 100 })).orders).toEqual([]);
  await port['orders.place'](orderRequest('ord_whole', [pricedLine('2')]));
  const since = '2027-01-10T12:00:01Z';
  expect((await port['orders.list']({ clientIds: ['1'], limit: 100 })).orders).toHaveLength(1);
  expect((await port['orders.list']({ clientIds: ['1'], since, limit: 100 })).orders).toEqual([]);
});

test('lists stop at their own budget and say when to go on', async () => {
  port = freshPort({ budget: { lists: 2 } });
  const clientIds = ['1', '5', '6'];
  const list = (cursor?: string | null) =>
    port['invoices.list']({ clientIds, limit: 100, ...(cursor ? { cursor } : {}) });
  const first = await list();
  const second = await list(first.cursor);
  await expect(list(second.cursor)).rejects.toMatchObject({ code: 'rate_limited' });
  expect((await port['credit.read']({ clientId: '1' })).balance).toBe('0.00');
});

test('a page whose rows may cost a call each is kept within the budget', async () => {
  for (let count = 0; count < 120; count += 1) buyInShop(1);
  const page = await port['services.list']({ clientIds: ['1'], limit: 500 });
  expect(page.services).toHaveLength(200);
  expect((await port['services.list']({ clientIds: ['1'], limit: 500, cursor: page.cursor! })).services).toHaveLength(
    40,
  );
  fake.state.showAddons = true;
  const { services, cursor } = await freshPort()['services.list']({ clientIds: ['1'], limit: 500 });
  expect([services.length, cursor]).toEqual([240, null]);
});

test('of many clients the whole list is read instead of one list each', async () => {
  buyInShop(1);
  const clientIds = Array.from({ length: 60 }, (_, index) => String(index + 2));
  expect((await port['invoices.list']({ clientIds, limit: 100 })).invoices).toEqual([]);
  expect(fake.calls).toEqual(['invoice/get_list']);
});

test('what staff made by hand renews only where the host is to invoice it', async () => {
  const row = { ...shapeOf('order.get.active'), id: newId(fake.state), meta: {}, config: {} };
  fake.state.orders.push(
    { ...row, invoice_option: 'no-invoice' },
    { ...row, id: newId(fake.state), status: 'failed_renew' },
  );
  const { services } = await port['services.list']({ clientIds: ['1'], limit: 100 });
  expect(services.map(({ recurring, status, nextDueOn }) => [recurring, status, nextDueOn])).toEqual([
    ['8.00', 'active', '2026-12-22'],
    [null, 'active', '2026-12-22'],
  ]);
  expect((await port['orders.list']({ clientIds: ['1'], limit: 100 })).orders[0]?.placedBy).toBe('staff');
});
