import { afterAll, beforeAll, expect, test } from 'vitest';
import { listActivity } from '../../server/modules/activity/list.ts';
import { createQuote } from '../../server/modules/quote/create.ts';
import { placeOrder } from '../../server/modules/order/place.ts';
import { ignoreDifference } from '../../server/modules/reconcile/ignore.ts';
import { listDifferences } from '../../server/modules/reconcile/list.ts';
import { listReconcileRuns } from '../../server/modules/reconcile/list-runs.ts';
import { repairDifference } from '../../server/modules/reconcile/repair.ts';
import { runReconcile } from '../../server/modules/reconcile/run.ts';
import { summariseRevenue } from '../../server/modules/revenue/summarise.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine, VPS_DUE } from '../support/orders.ts';
import type { ShopClient } from '../support/shop-client.ts';

let it: Installation;
let shop: ShopClient;
let staff: ShopClient;
beforeAll(async () => {
  it = await startInstallation();
  await it.makeReseller();
  [shop, staff] = await Promise.all([it.login('reseller'), it.login('admin')]);
});
afterAll(() => it.stop());

interface Invoice {
  id: string;
  lines: { id: string; kind: string; serviceId: string | null; unitPrice: string }[];
}
const invoice = (id: string) => shop.ok<Invoice>('GET', `/api/invoices/${id}`);
const productLine = async (id: string) => (await invoice(id)).lines.find(({ kind }) => kind === 'product')!;

test('eight silent drifts are reported, exactly these, with amounts; after repair there is none', async () => {
  const [recurring, line, coupon, deleted, quantity, cancelled, lost] = [
    await shop.buy([vpsLine]),
    await shop.buy([vpsLine]),
    await shop.buy([vpsLine]),
    await shop.buy([vpsLine]),
    await shop.buy([vpsLine]),
    await shop.buy([vpsLine]),
    await shop.buy([vpsLine]),
  ];
  await shop.pay(recurring.invoiceId);
  await it.settle();
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);

  const { serviceId } = await productLine(recurring.invoiceId);
  await staff.ok('POST', '/api/test/edit-price', { serviceId, recurring: '15.00' });
  await staff.ok('POST', '/api/test/edit-line', {
    invoiceId: line.invoiceId,
    lineId: (await productLine(line.invoiceId)).id,
    unitPrice: '11.00',
  });
  await staff.ok('POST', '/api/test/coupon', { invoiceId: coupon.invoiceId, code: 'WELCOME10', amount: '1.74' });
  await staff.ok('POST', '/api/test/delete-order', { orderId: deleted.orderId });
  await staff.ok('POST', '/api/test/edit-line', {
    invoiceId: quantity.invoiceId,
    lineId: (await productLine(quantity.invoiceId)).id,
    quantity: 2,
  });
  await staff.ok('POST', '/api/test/cancel-invoice', { invoiceId: cancelled.invoiceId });
  await staff.ok('POST', '/api/admin/orders', { clientId: '1', raw: true, currency: 'USD', lines: [vpsLine] });
  await staff.ok('POST', '/api/test/lose-event', { next: true });
  await shop.pay(lost.invoiceId);
  await it.settle();

  const { differences } = await runReconcile(it.system(), {});
  const seen = differences.map(({ kind, amount, currency }) => `${kind} ${amount} ${currency}`).toSorted();
  expect(seen).toEqual(
    [
      'recurring_changed 2.60 USD',
      'invoice_line_changed -1.40 USD',
      'discount_on_invoice -1.74 USD',
      `order_missing -${VPS_DUE} USD`,
      'quantity_changed 12.40 USD',
      `invoice_cancelled -${VPS_DUE} USD`,
      'order_at_retail 3.10 USD',
      `event_lost ${VPS_DUE} USD`,
    ].toSorted(),
  );

  for (const { id } of differences) await repairDifference(it.system(), { id });
  const { rows: booked } = await listActivity(it.admin(), { subjectId: lost.invoiceId, action: 'invoice.paid' });
  expect(booked).toMatchObject([{ actor: { kind: 'system' }, after: { total: VPS_DUE } }]);
  await it.settle();
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
  expect((await productLine(line.invoiceId)).unitPrice).toBe('12.40');
});

test('what is merely on its way is not called lost', async () => {
  const reseller = await it.service.orm.em.fork().execute<{ id: string }[]>('select id from reseller');
  const { invoiceId } = await shop.buy([vpsLine]);
  await shop.pay(invoiceId);
  const before = (await summariseRevenue(it.as(reseller[0]!), {})).totals[0]!.amount;
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
  const after = (await summariseRevenue(it.as(reseller[0]!), {})).totals[0]!.amount;
  expect(Number(after) - Number(before)).toBeCloseTo(Number(VPS_DUE));
  await it.settle();
  expect((await summariseRevenue(it.as(reseller[0]!), {})).totals[0]!.amount).toBe(after);
});

test('an order from the portal passes the comparison too', async () => {
  const [reseller] = await it.service.orm.em.fork().execute<{ id: string }[]>('select id from reseller');
  const request = { currency: 'USD', lines: [vpsLine] };
  const { quote } = await createQuote(it.as(reseller!), request);
  await placeOrder(it.as(reseller!), { ...request, quote, idempotencyKey: 'portal-order-1' });
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
});

test('a difference that is let be returns after its day, or with other money', async () => {
  const { invoiceId } = await shop.buy([vpsLine]);
  await shop.pay(invoiceId);
  await it.settle();
  const { serviceId } = await productLine(invoiceId);
  const bill = (recurring: string) => staff.ok('POST', '/api/test/edit-price', { serviceId, recurring });
  await bill('15.00');
  await runReconcile(it.system(), {});
  const listed = await listDifferences(it.admin(), {});
  expect(listed).toMatchObject({ total: 1, atRisk: [{ currency: 'USD', amount: '2.60' }] });
  const { id } = listed.rows[0]!;
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await expect(ignoreDifference(it.admin(), { id, until: '2020-01-01', reason: 'Agreed' })).rejects.toMatchObject({
    code: 'bad_input',
  });
  await ignoreDifference(it.admin(), { id, until, reason: 'Agreed' });
  await expect(ignoreDifference(it.admin(), { id, until, reason: 'Agreed' })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
  expect((await listDifferences(it.admin(), { state: 'ignored' })).rows).toMatchObject([
    { id, ignoredUntil: until, reason: 'Agreed', company: 'Northwind Resale' },
  ]);

  await bill('16.00');
  expect((await runReconcile(it.system(), {})).differences).toMatchObject([{ id, amount: '3.60', ignoredUntil: null }]);
  await ignoreDifference(it.admin(), { id, until, reason: 'Agreed again' });
  const later = { ...it.system(), now: new Date(`${until}T03:17:00Z`) };
  expect((await runReconcile(later, {})).differences).toMatchObject([{ id, status: 'open' }]);
  await repairDifference(it.admin(), { id });
  expect((await listReconcileRuns(it.admin(), { limit: 1 })).rows[0]).toMatchObject({ error: null });
});
