import assert from 'node:assert/strict';
import { type ConformanceCase, NotApplicable } from '../case.ts';
import { HostError } from '../../contract/index.ts';
import { expectAmount, expectRefusal } from '../expect.ts';
import { freshReference } from '../trial.ts';

export const orderCases: readonly ConformanceCase[] = [
  {
    id: 'orders.pinned-amounts-are-kept',
    async run({ place, price, item, driver }) {
      const reference = freshReference();
      const { line, stamp, digits } = await price(item());
      const order = await place({ reference });
      assert.equal(order.reference, reference);
      assert.equal(order.clientId, driver.clients.reseller, 'the order is billed to another account');
      assert.equal(order.status, 'pending');
      assert.equal(order.lines.length, 1);
      const [found] = order.lines;
      expectAmount('the unit price', found?.unitPrice ?? null, line.unitPrice, digits);
      expectAmount('the setup fee', found?.setup ?? null, line.setup, digits);
      expectAmount('the renewal', found?.renewal ?? null, line.renewal, digits);
      assert.equal(order.stamp?.listHash, stamp.listHash, 'the order does not name its price list');
      assert.equal(order.customer?.reference, 'C-1', 'staff do not see for which customer it is');
    },
  },
  {
    id: 'orders.found-by-reference',
    async run({ place, port }) {
      const reference = freshReference();
      const { id } = await place({ reference });
      const { order } = await port['orders.find']({ reference });
      assert.equal(order?.id, id, 'the order is not found by its reference');
      const { order: other } = await port['orders.find']({ reference: reference.slice(0, -1) });
      assert.equal(other, null, 'a part of a reference finds the order');
    },
  },
  {
    id: 'orders.one-order-per-reference',
    capabilities: ['uniqueReferences'],
    async run({ place, port, driver }) {
      const reference = freshReference();
      const { id } = await place({ reference });
      const again = await place({ reference }).catch(() => null);
      assert.ok(again === null || again.id === id, 'a second order was made with the same reference');
      const { orders } = await port['orders.list']({ clientIds: [driver.clients.reseller], limit: 500 });
      assert.equal(orders.filter((order) => order.reference === reference).length, 1);
    },
  },
  {
    id: 'orders.second-currency-at-its-own-prices',
    async run({ place, price, item, port, about, catalogue }) {
      const other = catalogue.catalogue.currencies.find(({ code }) => code !== about.currency)?.code;
      if (other === undefined) throw new NotApplicable('the host has one currency only');
      const { line, digits } = await price(item(other), other);
      const order = await place({ currency: other }).catch((error: unknown) => {
        // Some hosts bill a client in one currency for ever; they must say so, and not bill another amount.
        if (!(error instanceof HostError) || error.code !== 'refused') throw error;
        throw new NotApplicable(`the host refuses a second currency: ${error.message}`);
      });
      assert.equal(order.money.currency, other, 'the order is in another currency than it was priced in');
      expectAmount('the unit price', order.lines[0]?.unitPrice ?? null, line.unitPrice, digits);
      const issue = { orderId: order.id, reference: order.reference ?? '', paymentMethod: null };
      const { invoice } = await port['invoices.issue'](issue);
      assert.equal(invoice.money.currency, other, 'the invoice is in another currency than the order');
      const charged = invoice.lines.find(({ kind }) => kind === 'product' || kind === 'domain');
      expectAmount('the invoiced price', charged?.unitPrice ?? null, line.unitPrice, digits);
    },
  },
  {
    id: 'orders.listed-for-their-client-only',
    async run({ place, port, driver }) {
      const { id } = await place();
      const own = await port['orders.list']({ clientIds: [driver.clients.reseller], limit: 500 });
      assert.ok(
        own.orders.some((order) => order.id === id),
        'orders.list does not have the order',
      );
      const others = await port['orders.list']({ clientIds: [driver.clients.ordinary], limit: 500 });
      assert.ok(!others.orders.some((order) => order.id === id), 'another client is shown the order');
      assert.deepEqual(
        (await port['orders.list']({ clientIds: [], limit: 10 })).orders,
        [],
        'no client at all has orders',
      );
    },
  },
  {
    id: 'orders.pages-hold-each-order-once',
    async run({ place, port, driver }) {
      for (const _ of [1, 2, 3]) await place();
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = { clientIds: [driver.clients.reseller], limit: 2, ...(cursor === '' ? {} : { cursor }) };
        const answer: Awaited<ReturnType<(typeof port)['orders.list']>> = await port['orders.list'](page);
        seen.push(...answer.orders.map(({ id }) => id));
        assert.ok(answer.orders.length <= 2, 'a page is larger than its limit');
        cursor = answer.cursor;
      }
      assert.ok(seen.length >= 3, 'pages lack orders');
      assert.equal(new Set(seen).size, seen.length, 'an order stands on two pages');
    },
  },
  {
    id: 'orders.cancelled-before-payment',
    capabilities: ['cancelOrder'],
    async run({ place, port, service }) {
      const placed = await place();
      await port['invoices.issue']({ orderId: placed.id, reference: placed.reference ?? '', paymentMethod: null });
      const { order } = await port['orders.cancel']({ orderId: placed.id, reason: 'conformance' });
      assert.equal(order.status, 'cancelled');
      assert.equal((await service(placed.lines[0]?.serviceId ?? '')).status, 'cancelled');
      const issue = { orderId: placed.id, reference: placed.reference ?? '', paymentMethod: null };
      await expectRefusal('an invoice for a cancelled order', ['conflict', 'refused'], port['invoices.issue'](issue));
    },
  },
];
