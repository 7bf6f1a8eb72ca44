import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CallRequest, HostPort } from '../../contract/index.ts';
import { inProcessHostPort } from '../../transport/in-process.ts';
import { createFossbillingHostPort } from './host-port.ts';
import { addLine, draft, markPaid } from './testing/fake-invoices.ts';
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
  port = inProcessHostPort(createFossbillingHostPort({ baseUrl: fake.baseUrl, staffToken: fake.token }));
});

const yen = { currency: 'JPY', digits: 0, tax: 'net' } as const;
const refusals: [string, string, CallRequest<'orders.place'>][] = [
  ['conflict', 'a suspended client', orderRequest('ord_r', [pricedLine('2')], { clientId: '7' })],
  ['not_found', 'an unknown client', orderRequest('ord_r', [pricedLine('2')], { clientId: '404' })],
  ['not_found', 'an unknown product', orderRequest('ord_r', [pricedLine('404')])],
  ['refused', 'another currency than the account’s', orderRequest('ord_r', [pricedLine('2')], { clientId: '5' })],
  ['refused', 'a negative price', orderRequest('ord_r', [pricedLine('2', { unitPrice: '-1.00' })])],
  ['refused', 'more digits than the host stores', orderRequest('ord_r', [pricedLine('2', { unitPrice: '8.005' })])],
  ['refused', 'prices that do not add up', orderRequest('ord_r', [pricedLine('2', { quantity: 2 })])],
  [
    'refused',
    'part of a yen',
    orderRequest('ord_r', [pricedLine('2', { unitPrice: '8.50' })], { clientId: '6', money: yen }),
  ],
  ['refused', 'an add-on by itself', orderRequest('ord_r', [pricedLine('3')])],
  ['refused', 'an add-on of another product', orderRequest('ord_r', [pricedLine('4'), pricedLine('3')])],
  ['refused', 'hosting without a domain', orderRequest('ord_r', [pricedLine('5')])],
  ['refused', 'a domain without a name', orderRequest('ord_r', [pricedLine('domain:.com', { term: '1Y' })])],
];

for (const [code, what, request] of refusals) {
  test(`refuses ${what}, and leaves nothing behind`, async () => {
    await expect(port['orders.place'](request)).rejects.toMatchObject({ code, retryable: false });
    expect(fake.state.orders).toEqual([]);
  });
}

test('yen go through without digits', async () => {
  const line = pricedLine('2', { unitPrice: '1202', setup: '0' });
  const { order } = await port['orders.place'](orderRequest('ord_yen', [line], { clientId: '6', money: yen }));
  const { invoice } = await port['invoices.issue']({ orderId: order.id, reference: 'ord_yen', paymentMethod: null });
  expect([order.lines[0]?.price, invoice.total, invoice.money.digits]).toEqual(['1202', '1202', 0]);
});

test('an unpaid order is cancelled with its invoice, as often as asked; a paid one is not', async () => {
  const { order } = await port['orders.place'](orderRequest('ord_c', [pricedLine('2'), pricedLine('3')]));
  const { invoice } = await port['invoices.issue']({ orderId: order.id, reference: 'ord_c', paymentMethod: null });
  for (const again of [1, 2]) {
    const cancelled = await port['orders.cancel']({ orderId: order.id, reason: `no ${again}` });
    expect(cancelled.order).toMatchObject({ status: 'cancelled', invoiceId: invoice.id });
    expect(cancelled.order.locks.map(({ status }) => status)).toEqual(['ended', 'ended']);
  }
  const { invoices } = await port['invoices.list']({ clientIds: ['1'], ids: [invoice.id], limit: 10 });
  expect(invoices).toMatchObject([{ status: 'cancelled' }]);
  const retry = port['invoices.issue']({ orderId: order.id, reference: 'ord_c', paymentMethod: null });
  await expect(retry).rejects.toMatchObject({ code: 'conflict' });

  const paid = await port['orders.place'](orderRequest('ord_p', [pricedLine('2')]));
  await port['invoices.issue']({ orderId: paid.order.id, reference: 'ord_p', paymentMethod: '1' });
  markPaid(fake.state, fake.state.invoices.at(-1)!);
  await expect(port['orders.cancel']({ orderId: paid.order.id, reason: 'no' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('an invoice that the host was stopped in is made anew, one that only lacks approval is approved', async () => {
  const lines = [pricedLine('2', { setup: '5.00' })];
  const { order } = await port['orders.place'](orderRequest('ord_half', lines));
  const half = draft(fake.state, fake.state.clients[0]!, 1);
  addLine(fake.state, half, { title: 'Plan', price: 8, type: 'order', task: 'activate', rel_id: order.id });
  const request = { orderId: order.id, reference: 'ord_half', paymentMethod: '1' };
  const { invoice } = await port['invoices.issue'](request);
  expect(invoice).toMatchObject({ total: '13.00', status: 'unpaid' });
  expect(fake.state.invoices).toHaveLength(1);
  fake.state.invoices[0]!['approved'] = false;
  expect((await port['invoices.issue'](request)).invoice).toMatchObject({ id: invoice.id, status: 'unpaid' });
});

test('a line is corrected with its tax mark kept, while the invoice is not paid', async () => {
  const { order } = await port['orders.place'](
    orderRequest('ord_l', [pricedLine('2', { quantity: 2, price: '16.00' })]),
  );
  const { invoice } = await port['invoices.issue']({ orderId: order.id, reference: 'ord_l', paymentMethod: '1' });
  const change = { invoiceId: invoice.id, lineId: invoice.lines[0]!.id, unitPrice: '7.99', reason: 'agreed' };
  expect((await port['invoices.correctLine'](change)).invoice).toMatchObject({
    total: '15.98',
    lines: [{ quantity: 2 }],
  });
  expect(fake.state.invoices[0]?.['lines']).toMatchObject([{ taxed: 1, price: 7.99 }]);
  await expect(port['invoices.correctLine']({ ...change, lineId: '404' })).rejects.toMatchObject({ code: 'not_found' });
  markPaid(fake.state, fake.state.invoices[0]!);
  await expect(port['invoices.correctLine'](change)).rejects.toMatchObject({ code: 'conflict' });
});

test('a pinned service renews at its new lock, and an older lock does not replace a newer one', async () => {
  const { order } = await port['orders.place'](orderRequest('ord_pin', [pricedLine('2')]));
  const [lock] = order.locks;
  const pin = (unitPrice: string, lockedAt: string, quantity = 1) =>
    port['services.pin']({ serviceId: order.id, lock: { ...lock!, unitPrice, lockedAt, quantity }, reason: 'lowered' });
  expect((await pin('7.50', '2027-02-01T00:00:00Z')).service).toMatchObject({
    recurring: '7.50',
    lock: { unitPrice: '7.50' },
  });
  await expect(pin('9.00', '2027-01-31T00:00:00Z')).rejects.toMatchObject({ code: 'conflict' });
  await expect(pin('7.00', '2027-02-02T00:00:00Z', 3)).rejects.toMatchObject({ code: 'conflict' });
  expect(fake.state.orders[0]?.['price']).toBe(7.5);
  const { invoice } = await port['invoices.issue']({ orderId: order.id, reference: 'ord_pin', paymentMethod: '1' });
  expect(invoice.total).toBe('8.00');
});
