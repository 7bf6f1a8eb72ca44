import assert from 'node:assert/strict';
import { formatMinor, minorUnits } from '../../prices/money.ts';
import type { ConformanceCase } from '../case.ts';
import { expectAmount } from '../expect.ts';
import type { Trial } from '../trial.ts';

/** What a purchase was billed. @throws AssertionError when the shop refused */
async function billed(trial: Trial, clientId: string): Promise<{ total: string; stamped: boolean; digits: number }> {
  const { port, levers, about, item } = trial;
  const answer = await levers.buyInShop(clientId, { currency: about.currency, lines: [item()] });
  assert.ok(answer.sold, `the shop refused: ${answer.sold ? '' : answer.message}`);
  const { invoices } = await port['invoices.list']({ clientIds: [clientId], ids: [answer.invoiceId], limit: 1 });
  const { orders } = await port['orders.list']({ clientIds: [clientId], limit: 500 });
  const [invoice] = invoices;
  assert.ok(invoice, 'the invoice of the shop’s order is not listed');
  const order = orders.find(({ id }) => id === answer.orderId);
  return { total: invoice.total, stamped: (order?.stamp ?? null) !== null, digits: invoice.money.digits };
}

async function wholesale({ price, item }: Trial): Promise<string> {
  const { line, digits } = await price(item());
  return formatMinor((minorUnits(line.price, digits) ?? 0n) + (minorUnits(line.setup, digits) ?? 0n), digits);
}

export const shopCases: readonly ConformanceCase[] = [
  {
    id: 'shop.reseller-buys-at-wholesale',
    capabilities: ['nativeCheckout'],
    levers: ['buyInShop'],
    async run(trial) {
      const { total, stamped, digits } = await billed(trial, trial.driver.clients.reseller);
      expectAmount('the invoice', total, await wholesale(trial), digits);
      assert.ok(stamped, 'the order does not say which price list priced it');
    },
  },
  {
    id: 'shop.ordinary-client-buys-at-retail',
    levers: ['buyInShop'],
    async run(trial) {
      const { total, stamped, digits } = await billed(trial, trial.driver.clients.ordinary);
      assert.ok(!stamped, 'an ordinary client’s order names a price list');
      assert.notEqual(
        minorUnits(total, digits),
        minorUnits(await wholesale(trial), digits),
        'an ordinary client pays wholesale',
      );
    },
  },
  {
    id: 'shop.suspended-reseller-is-refused',
    capabilities: ['nativeCheckout'],
    levers: ['buyInShop'],
    async run({ plugin, driver, levers, about, item }) {
      plugin.standing = { state: 'suspended', publicReason: 'Invoice 7 is overdue' };
      try {
        await driver.pull();
        const answer = await levers.buyInShop(driver.clients.reseller, { currency: about.currency, lines: [item()] });
        assert.ok(!answer.sold, 'a suspended reseller could order');
        assert.match(answer.message, /Invoice 7 is overdue/, 'the buyer is not told the public reason');
      } finally {
        plugin.standing = { state: 'active', publicReason: null };
        await driver.pull();
      }
    },
  },
  {
    id: 'shop.terminated-reseller-buys-at-retail',
    capabilities: ['nativeCheckout'],
    levers: ['buyInShop'],
    async run(trial) {
      const { plugin, driver } = trial;
      plugin.standing = { state: 'terminated', publicReason: null };
      try {
        await driver.pull();
        const { stamped } = await billed(trial, driver.clients.reseller);
        assert.ok(!stamped, 'a terminated reseller still gets a price list');
      } finally {
        plugin.standing = { state: 'active', publicReason: null };
        await driver.pull();
      }
    },
  },
  {
    id: 'shop.coupon-is-refused',
    capabilities: ['nativeCheckout'],
    levers: ['buyInShop', 'coupon'],
    async run({ driver, levers, about, item }) {
      const order = { currency: about.currency, lines: [item()], coupon: await levers.coupon() };
      const answer = await levers.buyInShop(driver.clients.reseller, order);
      assert.ok(!answer.sold, 'a coupon came off a wholesale price');
      assert.match(answer.message, /coupon/i);
    },
  },
  {
    id: 'shop.sells-while-the-plugin-is-away',
    capabilities: ['nativeCheckout'],
    levers: ['buyInShop'],
    async run(trial) {
      const wanted = await wholesale(trial);
      trial.plugin.away = true;
      try {
        const { total, digits } = await billed(trial, trial.driver.clients.reseller);
        expectAmount('the invoice', total, wanted, digits);
      } finally {
        trial.plugin.away = false;
      }
    },
  },
];
