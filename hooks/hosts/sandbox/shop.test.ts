import { expect, test } from 'vitest';
import { createTestSandbox, vps } from './testing.ts';

test('a host without any plugin sells at retail', async () => {
  const { client, eventTypes } = await createTestSandbox([]);
  const order = await client.order([vps]);
  expect(order).toMatchObject({ total: '20.50', status: 'unpaid', priced: 'retail' });
  const { body } = await client.get(`/api/invoices/${order['invoiceId']}`);
  expect(body['lines']?.map(({ kind, unitPrice }) => [kind, unitPrice])).toEqual([['product', '15.50'], ['setup', '5.00']]);
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
