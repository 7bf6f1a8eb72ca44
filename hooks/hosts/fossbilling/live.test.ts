import { expect, test, describe } from 'vitest';
import { z } from 'zod';
import { inProcessHostPort } from '../../transport/in-process.ts';
import { createApi } from './api-client.ts';
import { createCallBudget } from './call-budget.ts';
import { createFossbillingHostPort } from './host-port.ts';
import { orderRequest, pricedLine } from './testing/order-request.ts';

const { FOSSBILLING_URL: baseUrl = '', FOSSBILLING_TOKEN: staffToken = '', FOSSBILLING_CLIENT: wanted } = process.env;

/**
 * Against a real FOSSBilling with a monthly plan that has an add-on, an active client in the shop's currency and the
 * custom gateway: set FOSSBILLING_URL and the token of a staff member, of a host that nobody needs. Where our module is
 * active, FOSSBILLING_CLIENT is the id of a client who is no reseller: this port goes past the module, whose guard would
 * set a reseller's renewals back to the locks that it knows.
 */
describe.runIf(baseUrl !== '' && staffToken !== '')('a real FOSSBilling', { timeout: 120_000 }, () => {
  let calls = 0;
  let breakAt = 0;
  const fetch: typeof globalThis.fetch = async (...request) => {
    calls += 1;
    const answer = await globalThis.fetch(...request);
    if (calls !== breakAt) return answer;
    await answer.text();
    throw new TypeError('the answer is lost');
  };
  const freshPort = () => inProcessHostPort(createFossbillingHostPort({ baseUrl, staffToken, fetch }));
  const port = freshPort();
  const api = createApi({ baseUrl, staffToken, budget: createCallBudget() });
  const reference = (name: string) => `ord_${name}_${Date.now()}`;
  const pay = (id: string, gateway: string) => {
    const payment = { id, gateway_id: gateway, execute: 1, transactionId: `live-${id}` };
    return api.call('invoice/mark_as_paid', payment, z.unknown());
  };

  async function seed() {
    const { currency } = await port.describe({});
    const { display, catalogue } = await port['catalogue.read']({});
    const plan = display.products.find(({ addons, needs }) => addons.length > 0 && needs === null);
    const { clients } = await port['clients.list']({ limit: 100 });
    const fits = clients.filter((entry) => entry.status === 'active' && entry.currency === currency);
    const client = wanted === undefined ? fits[0] : fits.find(({ id }) => id === wanted);
    const { methods } = await port['paymentMethods.list']({ clientId: client?.id ?? '' });
    const money = {
      currency,
      digits: catalogue.currencies.find(({ code }) => code === currency)?.digits ?? 2,
      tax: 'net',
    } as const;
    if (!plan || !client) throw new Error('the host lacks a plan with an add-on, or a client');
    return { plan: plan.id, addon: plan.addons[0]!, clientId: client.id, money, gateway: methods[0]!.id };
  }

  test('an order is placed, paid, active, and renewed at its lock', async () => {
    const { plan, addon, gateway, ...client } = await seed();
    const own = reference('live');
    const lines = [
      pricedLine(plan, { quantity: 2, price: '16.00', setup: '5.00' }),
      pricedLine(addon, { unitPrice: '3.20' }),
    ];
    const { order } = await port['orders.place'](orderRequest(own, lines, client));
    const { invoice } = await port['invoices.issue']({ orderId: order.id, reference: own, paymentMethod: gateway });
    expect([invoice.total, invoice.status, invoice.lines.length]).toEqual(['24.20', 'unpaid', 3]);
    await pay(invoice.id, gateway);
    expect((await port['orders.find']({ reference: own })).order).toMatchObject({
      status: 'active',
      invoiceId: invoice.id,
    });

    const lock = { ...order.locks[0]!, unitPrice: '7.50', lockedAt: '2099-01-01T00:00:00Z' };
    expect((await port['services.pin']({ serviceId: order.id, lock, reason: 'live test' })).service.recurring).toBe(
      '7.50',
    );
    const renewal = await api.call('invoice/renewal_invoice', { id: order.id }, z.coerce.string());
    const { invoices } = await port['invoices.list']({ clientIds: [client.clientId], ids: [renewal], limit: 10 });
    expect(invoices).toMatchObject([{ total: '15.00', lines: [{ occasion: 'renewal', serviceId: order.id }] }]);
    await pay(renewal, gateway);
    const { services } = await port['services.list']({ clientIds: [client.clientId], limit: 500 });
    const service = services.find(({ id }) => id === order.id);
    expect(service).toMatchObject({ status: 'active', recurring: '7.50' });
    const day = invoice.issuedAt!.slice(0, 10);
    const until = new Date(Date.parse(day) + 2 * 86_400_000).toISOString().slice(0, 10);
    expect((await port['income.read']({ from: day, until })).days.length).toBeGreaterThan(0);
  });

  test('an unpaid order is corrected and cancelled', async () => {
    const { plan, gateway, ...client } = await seed();
    const own = reference('cancel');
    const { order } = await port['orders.place'](
      orderRequest(own, [pricedLine(plan)], { ...client, clientId: client.clientId }),
    );
    const { invoice } = await port['invoices.issue']({ orderId: order.id, reference: own, paymentMethod: gateway });
    const change = { invoiceId: invoice.id, lineId: invoice.lines[0]!.id, unitPrice: '7.99', reason: 'live test' };
    expect((await port['invoices.correctLine'](change)).invoice.total).toBe('7.99');
    expect((await port['orders.cancel']({ orderId: order.id, reason: 'live test' })).order.status).toBe('cancelled');
  });

  test('credit is added once', async () => {
    const { clientId, money } = await seed();
    const change = { clientId, currency: money.currency, reason: 'live test', reference: reference('credit') };
    const { balance } = await port['credit.add']({ ...change, amount: '1.05' });
    expect((await port['credit.add']({ ...change, amount: '1.05' })).balance).toBe(balance);
  });

  test('whatever answer is lost, a second try ends in one order and one invoice', async () => {
    const { plan, addon, gateway, ...client } = await seed();
    for (let lost = 1; ; lost += 1) {
      const own = reference(`lost${lost}`);
      const request = orderRequest(own, [pricedLine(plan, { setup: '5.00' }), pricedLine(addon)], client);
      const drive = async () => {
        const again = freshPort();
        const found = (await again['orders.find']({ reference: own })).order;
        const order = found ?? (await again['orders.place'](request)).order;
        return (await again['invoices.issue']({ orderId: order.id, reference: own, paymentMethod: gateway })).invoice;
      };
      [calls, breakAt] = [0, lost];
      const whole = await drive().then(
        () => true,
        () => false,
      );
      breakAt = 0;
      const invoice = await drive();
      expect(invoice.lines).toHaveLength(3);
      const entry = z.object({ list: z.array(z.object({ id: z.coerce.string() })) });
      const { list } = await api.call('order/get_list', { meta: { reseller_ref: own } }, entry);
      const sold = await api.call('invoice/get_list', { order_id: list[0]?.id }, entry);
      const addons = await api.call('order/addons', { id: list[0]?.id }, z.array(z.unknown()));
      expect([list.length, addons.length, sold.list.map(({ id }) => id)]).toEqual([1, 1, [invoice.id]]);
      if (whole) return;
    }
  });
});
