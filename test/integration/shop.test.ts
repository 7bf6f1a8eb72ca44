import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOrders } from '../../server/modules/order/list.ts';
import { getOrder } from '../../server/modules/order/get.ts';
import { summariseRevenue } from '../../server/modules/revenue/summarise.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine, VPS_DUE, VPS_RECURRING } from '../support/orders.ts';

let it: Installation;
beforeAll(async () => {
  it = await startInstallation();
});
afterAll(() => it.stop());

test('a reseller who buys in the host’s shop pays wholesale, and payment reaches its revenue', async () => {
  const reseller = await it.makeReseller();
  const shop = await it.login('reseller');
  const { invoiceId, total } = await shop.buy([vpsLine]);
  expect(total).toBe(VPS_DUE);
  await it.settle();

  const pending = await listOrders(it.as(reseller), {});
  expect(pending.rows).toMatchObject([{ status: 'pending', total: VPS_DUE, via: 'shop', customer: null }]);
  expect((await summariseRevenue(it.as(reseller), {})).totals).toEqual([]);

  await shop.pay(invoiceId);
  await it.settle();
  const paid = await getOrder(it.as(reseller), { id: pending.rows[0]!.id });
  expect(paid.status).toBe('paid');
  expect(paid.services).toMatchObject([{ status: 'active', wholesale: VPS_RECURRING }]);
  expect((await summariseRevenue(it.as(reseller), {})).totals).toEqual([{ currency: 'USD', amount: VPS_DUE }]);

  await shop.ok('POST', `/api/invoices/${invoiceId}/refund`, {});
  await it.settle();
  expect((await summariseRevenue(it.as(reseller), {})).totals).toEqual([{ currency: 'USD', amount: '0.00' }]);
  expect((await getOrder(it.as(reseller), { id: pending.rows[0]!.id })).status).toBe('refunded');

  const { version, id } = await import('../../server/modules/reseller/get.ts').then(({ getReseller }) =>
    getReseller(it.admin(), { id: reseller.id }),
  );
  await setStatus(it.admin(), { id, version, status: 'suspended', publicReason: 'Two invoices are overdue' });
  await it.settle();
  const refused = await shop.send<{ error: { code: string; message: string } }>('POST', '/api/checkout', {
    format: 'order/1',
    currency: 'USD',
    lines: [vpsLine],
  });
  expect(refused.status).toBe(422);
  expect(refused.body.error).toMatchObject({
    code: 'reseller_suspended',
    message: expect.stringContaining('Two invoices are overdue'),
  });
});

test('everyone else buys at retail', async () => {
  const shop = await it.login('client');
  expect((await shop.buy([vpsLine])).total).toBe('20.50');
});
