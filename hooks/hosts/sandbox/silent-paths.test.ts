import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { createTestSandbox, vps } from '../../../test/support/test-sandbox.ts';

test('hand edits of lines, coupons, cancellations and deletions tell nobody', async () => {
  const { reseller, eventTypes, port, store } = await createTestSandbox();
  const { orderId, invoiceId, lines } = await reseller.order([vps]);
  const before = eventTypes().length;
  const edited = await reseller.post('/api/test/edit-line', { invoiceId, unitPrice: 15.5 });
  expect(edited.body['total']).toBe('20.50');
  const discounted = await reseller.post('/api/test/coupon', { orderId, code: 'SILENT', amount: '3.00' });
  expect(discounted.body['total']).toBe('17.50');
  expect((await reseller.post('/api/test/coupon', { invoiceId, amount: '300' })).status).toBe(422);
  expect((await reseller.post('/api/test/cancel-invoice', { invoiceId })).body['status']).toBe('cancelled');
  await reseller.post('/api/test/delete-order', { orderId });
  expect((await reseller.get(`/api/orders/${orderId}`)).status).toBe(404);
  expect((await port['services.list']({ clientIds: ['1'], limit: 10 })).services).toEqual([]);
  expect(store.readLock(lines?.[0]?.['serviceId'] ?? '')).not.toBeNull();
  expect(eventTypes()).toHaveLength(before);
});

test('an event that is lost is neither delivered nor read later', async () => {
  const { client, admin, eventTypes } = await createTestSandbox();
  await admin.post('/api/test/lose-event', { next: true });
  await client.order([vps]);
  expect(eventTypes().at(-1)).toBe('invoice.issued');
  expect(eventTypes()).not.toContain('order.created');
  const { body } = await admin.get('/api/test/outbox');
  const lost = await admin.post('/api/test/lose-event', { sequence: body['outbox']?.[0]?.['sequence'] });
  expect(lost.body['lost']).toBe(1);
  expect(eventTypes()).not.toContain('invoice.issued');
});

test('events reach the plugin in order, and after an outage all of them', async () => {
  const { client, plugin, jobs, admin } = await createTestSandbox();
  plugin.state.away = true;
  const { invoiceId } = await client.order([vps]);
  await jobs.deliver();
  plugin.state.away = false;
  await client.post(`/api/invoices/${invoiceId}/pay`);
  await admin.post('/api/test/clock', { advance: '1h' });
  await jobs.deliver();
  const about = plugin.state.received.filter(({ aggregate }) => aggregate.id === invoiceId);
  expect(about.map(({ type }) => type)).toEqual(['invoice.issued', 'invoice.paid']);
});

test('an order that fails half way leaves neither order, lock, event nor mail', async () => {
  const { host, reseller, eventTypes, store } = await createTestSandbox();
  const before = eventTypes().length;
  host.db.run('ALTER TABLE mails RENAME TO mails_away');
  const failed = await reseller.post('/api/checkout', { currency: 'USD', lines: [vps] });
  host.db.run('ALTER TABLE mails_away RENAME TO mails');
  expect([failed.status, failed.body['error']?.['code']]).toEqual([500, 'internal']);
  expect(eventTypes()).toHaveLength(before);
  expect(store.readLocks(null)).toEqual([]);
  expect((await reseller.get('/api/orders')).body['orders']).toEqual([]);
});

test('what was committed is there when the file is opened again', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'sandbox.sqlite');
  const first = openDatabase(file);
  first.run("INSERT INTO settings VALUES ('a', 'b')");
  first.close();
  const second = openDatabase(file);
  expect(second.get('SELECT value FROM settings')).toEqual({ value: 'b' });
  second.close();
});
