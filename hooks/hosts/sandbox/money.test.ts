import { expect, test } from 'vitest';
import { createTestSandbox, vps } from '../../../test/support/test-sandbox.ts';

test('a payment makes the invoice paid and sets the service up, and paying again answers the same payment', async () => {
  const { reseller, eventTypes, store } = await createTestSandbox();
  const { invoiceId, orderId, lines } = await reseller.order([vps]);
  const first = await reseller.post(`/api/invoices/${invoiceId}/pay`);
  expect(first.body).toMatchObject({
    status: 'paid',
    outstanding: '0.00',
    payment: { amount: '17.40', method: 'gateway' },
  });
  const again = await reseller.post(`/api/invoices/${invoiceId}/pay`);
  expect(again.body['payment']).toEqual(first.body['payment']);
  expect(eventTypes().filter((type) => type === 'invoice.paid')).toHaveLength(1);
  expect(eventTypes().slice(-2)).toEqual(['invoice.paid', 'service.provisioned']);
  expect((await reseller.get(`/api/orders/${orderId}`)).body['status']).toBe('active');
  const { body } = await reseller.get('/api/services');
  expect(body['services']?.[0]).toMatchObject({ status: 'active', nextDueOn: '2027-02-10', recurring: '12.40' });
  expect(store.readLock(lines?.[0]?.['serviceId'] ?? '')?.status).toBe('active');
});

test('a part payment books its part and sends nothing until the total is reached', async () => {
  const { client, eventTypes } = await createTestSandbox();
  const { invoiceId } = await client.order([vps]);
  const part = await client.post(`/api/invoices/${invoiceId}/pay`, { amount: '5.00', paymentId: 'part-1' });
  expect(part.body).toMatchObject({ status: 'unpaid', outstanding: '15.50' });
  await client.post(`/api/invoices/${invoiceId}/pay`, { amount: '5.00', paymentId: 'part-1' });
  expect(eventTypes()).not.toContain('invoice.paid');
  expect((await client.post(`/api/invoices/${invoiceId}/pay`, { amount: '16' })).status).toBe(422);
  expect((await client.post(`/api/invoices/${invoiceId}/pay`)).body).toMatchObject({
    status: 'paid',
    payment: { amount: '15.50' },
  });
});

test('a failed payment is on record and leaves the invoice unpaid', async () => {
  const { client, eventTypes } = await createTestSandbox();
  const { invoiceId } = await client.order([vps]);
  expect((await client.post(`/api/invoices/${invoiceId}/fail`)).body).toMatchObject({
    status: 'unpaid',
    payment: { kind: 'failed' },
  });
  expect(eventTypes().at(-1)).toBe('invoice.issued');
});

test('a refund goes back whole, in part or by lines, never above what was paid, and once per id', async () => {
  const { client, store } = await createTestSandbox();
  const { invoiceId } = await client.order([vps]);
  expect((await client.post(`/api/invoices/${invoiceId}/refund`)).status).toBe(409);
  await client.post(`/api/invoices/${invoiceId}/pay`);
  const refund = (request: object) => client.post(`/api/invoices/${invoiceId}/refund`, request);
  expect((await refund({ amount: '99.00' })).status).toBe(422);
  expect((await refund({ amount: '1.00', refundId: 'refund-1' })).body['status']).toBe('part_refunded');
  expect((await refund({ amount: '1.00', refundId: 'refund-1' })).body['status']).toBe('part_refunded');
  const lineId = `${invoiceId}-2`;
  expect((await refund({ lines: [{ lineId, net: '6.00' }] })).status).toBe(422);
  await refund({ lines: [{ lineId, net: '5.00' }] });
  expect((await refund({})).body).toMatchObject({ status: 'refunded', payment: { amount: '14.50' } });
  const refunds = store
    .eventsAfter(0, 1000)
    .flatMap(({ event }) => (event.type === 'invoice.refunded' ? [event.data.refund] : []));
  expect(refunds.map(({ amount, lines }) => [amount, lines])).toEqual([
    ['1.00', null],
    ['5.00', [{ lineId, net: '5.00' }]],
    ['14.50', null],
  ]);
});

test('account credit pays only when asked, as far as it reaches, and a refund gives it back', async () => {
  const { client, admin } = await createTestSandbox();
  await admin.post('/api/admin/credit', { clientId: '2', amount: 15 });
  expect((await client.order([vps]))['status']).toBe('unpaid');
  const { invoiceId } = await client.order([{ product: 'web-start', term: '1M' }], { paymentMethod: 'credit' });
  expect((await client.get('/api/credit')).body['balance']).toBe('11.00');
  await client.post(`/api/invoices/${invoiceId}/refund`);
  expect((await client.get('/api/credit')).body['balance']).toBe('15.00');
  const part = await client.order([vps], { paymentMethod: 'credit' });
  expect(part['status']).toBe('unpaid');
  expect(
    (await client.post(`/api/invoices/${part['invoiceId']}/pay`, { method: 'credit' })).body['error'],
  ).toMatchObject({
    code: 'insufficient_credit',
  });
  expect((await client.get('/api/credit')).body['balance']).toBe('0.00');
});

test('income is cut into days of the provider, refunds on their own day', async () => {
  const { client, port, clock } = await createTestSandbox();
  clock.nowMs = Date.parse('2027-01-10T22:30:00Z');
  const { invoiceId } = await client.order([vps]);
  clock.nowMs = Date.parse('2027-01-10T23:30:00Z');
  await client.post(`/api/invoices/${invoiceId}/pay`);
  clock.nowMs = Date.parse('2027-01-11T08:00:00Z');
  await client.post(`/api/invoices/${invoiceId}/refund`, { amount: '0.50' });
  const days = async (from: string, until: string) => (await port['income.read']({ from, until })).days;
  expect(await days('2027-01-10', '2027-01-11')).toEqual([]);
  expect(await days('2027-01-11', '2027-01-12')).toMatchObject([
    { day: '2027-01-11', currency: 'USD', amount: '20.00' },
  ]);
});

test('an order of nothing but free things is settled at once', async () => {
  const { reseller, plugin, jobs, host } = await createTestSandbox();
  plugin.state.changes = { coupons: 'allow' };
  await jobs.pull();
  host.db.run('INSERT INTO coupons VALUES (?, ?)', 'FREE', 10_000);
  const order = await reseller.order([{ product: 'web-start', term: '1M' }], { coupon: 'FREE' });
  expect(order).toMatchObject({ total: '0.00', status: 'paid' });
});
