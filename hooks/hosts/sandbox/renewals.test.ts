import { expect, test } from 'vitest';
import { createTestSandbox, vps } from '../../../test/support/test-sandbox.ts';

async function runningService() {
  const sandbox = await createTestSandbox();
  const order = await sandbox.reseller.order([{ ...vps, quantity: 2 }]);
  await sandbox.reseller.post(`/api/invoices/${order['invoiceId']}/pay`);
  const renewals = async () => {
    const { body } = await sandbox.reseller.get('/api/invoices');
    return (body['invoices'] ?? []).filter((invoice) => JSON.stringify(invoice).includes('"renewal"'));
  };
  return { ...sandbox, order, serviceId: order['lines']?.[0]?.['serviceId'] ?? '', renewals };
}

test('the clock brings one renewal invoice per term at the locked price', async () => {
  const { admin, renewals } = await runningService();
  await admin.post('/api/test/clock', { advance: '31d' });
  await admin.post('/api/test/clock', { days: 3 });
  expect(await renewals()).toMatchObject([{ total: '24.80', status: 'unpaid', dueOn: '2027-02-10' }]);
});

test('paying a renewal prolongs the service from where its term ends', async () => {
  const { admin, reseller, renewals, eventTypes } = await runningService();
  await admin.post('/api/test/clock', { advance: '31d' });
  const [invoice] = await renewals();
  await reseller.post(`/api/invoices/${invoice?.['id']}/pay`);
  expect((await reseller.get('/api/services')).body['services']).toMatchObject([{ nextDueOn: '2027-03-10' }]);
  expect(eventTypes().slice(-2)).toEqual(['invoice.paid', 'service.renewed']);
});

test('a recurring price edited behind the back is corrected to the lock before the mail goes out', async () => {
  const { admin, renewals, serviceId, eventTypes, reseller } = await runningService();
  const before = eventTypes().length;
  await admin.post('/api/test/edit-price', { serviceId, recurring: '15.50' });
  expect(eventTypes()).toHaveLength(before);
  await admin.post('/api/test/clock', { advance: '31d' });
  expect(await renewals()).toMatchObject([{ total: '24.80' }]);
  const { body } = await admin.get('/api/test/mail');
  expect(body['mails']?.at(-1)).toMatchObject({ total: '24.80', to: 'reseller@demo.example' });
  expect((await reseller.get('/api/services')).body['services']).toMatchObject([
    { recurring: '15.50', lock: { unitPrice: '12.40' } },
  ]);
});

test('a service two weeks overdue is suspended, and runs again once its renewal is paid', async () => {
  const { admin, reseller, renewals, eventTypes } = await runningService();
  await admin.post('/api/test/clock', { advance: '60d' });
  expect(eventTypes()).toContain('service.suspended');
  const [invoice, ...more] = await renewals();
  expect(more).toEqual([]);
  await reseller.post(`/api/invoices/${invoice?.['id']}/pay`);
  expect(eventTypes().at(-1)).toBe('service.unsuspended');
});

test('the clock never goes back', async () => {
  const { admin } = await createTestSandbox();
  expect((await admin.post('/api/test/clock', { to: '2026-01-01T00:00:00Z' })).status).toBe(400);
  expect((await admin.post('/api/test/clock', { to: 'soon' })).status).toBe(400);
  expect((await admin.post('/api/test/clock', { to: '2027-03-01T00:00:00Z' })).body['now']).toBe(
    '2027-03-01T00:00:00Z',
  );
});

test('a raw staff order is billed at retail without a lock, and a careful one at wholesale', async () => {
  const { admin, store } = await createTestSandbox();
  const raw = await admin.post('/api/admin/orders', { clientId: 1, raw: true, currency: 'USD', lines: [vps] });
  expect(raw.body).toMatchObject({ total: '20.50', status: 'unpaid' });
  expect(store.readLock(raw.body['lines']?.[0]?.['serviceId'] ?? '')).toBeNull();
  const careful = await admin.post('/api/admin/orders', { clientId: '1', product: 'vps-s', term: '1M' });
  expect(careful.body).toMatchObject({ total: '13.00' });
});

test('a product whose setup fails stays so until staff set it up', async () => {
  const { admin, client, eventTypes } = await createTestSandbox();
  const order = await client.order([{ product: 'vps-fail', term: '1M' }]);
  await client.post(`/api/invoices/${order['invoiceId']}/pay`);
  expect(eventTypes().at(-1)).toBe('service.failed');
  const id = order['lines']?.[0]?.['serviceId'];
  expect((await admin.post(`/api/admin/services/${id}/suspend`)).status).toBe(409);
  expect((await admin.post(`/api/admin/services/${id}/provision`)).body['status']).toBe('active');
  await admin.post(`/api/admin/services/${id}/suspend`);
  await admin.post(`/api/admin/services/${id}/unsuspend`);
  expect((await admin.post(`/api/admin/services/${id}/terminate`)).body['status']).toBe('cancelled');
  const last = ['service.provisioned', 'service.suspended', 'service.unsuspended', 'service.terminated'];
  expect(eventTypes().slice(-4)).toEqual(last);
});
