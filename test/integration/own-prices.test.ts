import { afterAll, beforeAll, expect, test } from 'vitest';
import { getOrder } from '../../server/modules/order/get.ts';
import { placeOrder } from '../../server/modules/order/place.ts';
import { exportOwnPrices, printOwnPrices } from '../../server/modules/own-price/export.ts';
import { getOwnPrices } from '../../server/modules/own-price/get.ts';
import { listOwnPrices } from '../../server/modules/own-price/list.ts';
import { overviewOfReseller } from '../../server/modules/revenue/overview.ts';
import { summariseMargins } from '../../server/modules/own-price/margins.ts';
import { saveOwnHead } from '../../server/modules/own-price/save-head.ts';
import { saveOwnRules } from '../../server/modules/own-price/save-rules.ts';
import { reviewQuote } from '../../server/modules/quote/review.ts';
import { runReconcile } from '../../server/modules/reconcile/run.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';
import type { ShopClient } from '../support/shop-client.ts';

let it: Installation;
let one: ResellerRow;
let other: ResellerRow;
let shop: ShopClient;
beforeAll(async () => {
  it = await startInstallation();
  shop = await it.login('reseller');
  one = await it.makeReseller();
  other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
});
afterAll(() => it.stop());

type Rules = Parameters<typeof saveOwnRules>[1]['rules'];

async function save(rules: Rules, removals: string[] = [], reseller = one) {
  const { version } = await getOwnPrices(it.as(reseller), {});
  return saveOwnRules(it.as(reseller), { version, rules, removals });
}

async function baseLine(reseller = one, proposed?: Rules) {
  const { rows } = await listOwnPrices(it.as(reseller), {
    product: 'vps-s',
    term: '1M',
    ...(proposed && { proposed }),
  });
  expect(rows.map(({ product }) => product)).toEqual(['vps-s']);
  return rows[0]!.lines.find(({ component, charge }) => component === 'base' && charge === 'price')!;
}

async function order(key: string, more: Partial<Parameters<typeof placeOrder>[1]> = {}) {
  const request = { currency: 'USD', lines: [vpsLine] };
  const { quote, lines } = await reviewQuote(it.as(one), request);
  const placed = await placeOrder(it.as(one), { ...request, quote, idempotencyKey: key, ...more });
  return { ...(await getOrder(it.as(one), { id: placed.id })), reviewed: lines };
}

test('without a rule there is no own price, and an order has none', async () => {
  expect((await baseLine()).own).toBeNull();
  expect((await getOwnPrices(it.as(one), {})).version).toBe(0);
  const placed = await order('own-none');
  expect(placed.orderLines[0]?.own).toBeNull();
  expect(placed.ownSales).toBeNull();
});

test('a preview of a rule saves nothing; saved, the closest rule makes the price', async () => {
  const markup = { method: 'markup', bp: 2500 } as const;
  const line = await baseLine(one, [markup]);
  expect([line.wholesale, line.own, line.proposed?.price]).toEqual(['8.00', null, '10.00']);
  expect((await baseLine()).own).toBeNull();

  await save([markup, { product: 'vps-s', method: 'margin', bp: 2000, ending: '99' }]);
  expect((await baseLine()).own).toMatchObject({
    price: '10.99',
    method: 'margin',
    margin: '2.99',
    marginBp: 2720,
    aboveRetail: true,
    belowWholesale: false,
  });
  expect((await baseLine(other)).own).toBeNull();
});

test('an own price is kept with the order, from the list or typed for it, and the host does not hear of it', async () => {
  const placed = await order('own-list');
  // 10.99 + 3.99 + 2 × 1.99 recurring; 6.99 set-up.
  expect(placed.reviewed[0]?.own).toEqual({ price: '18.96', setup: '6.99', source: 'list' });
  expect(placed.orderLines[0]?.own).toEqual({ price: '18.96', setup: '6.99', source: 'list' });
  expect(placed.ownSales).toEqual({ own: '25.95', margin: '8.55', marginBp: 3294 });
  const typed = await order('own-typed', { ownPrices: [{ price: '10', setup: '0.00' }] });
  expect(typed.ownSales).toEqual({ own: '10.00', margin: '-7.40', marginBp: -7400 });
  await expect(order('own-wrong', { ownPrices: [{ price: '10.005', setup: '0' }] })).rejects.toMatchObject({
    code: 'bad_input',
    path: '/ownPrices/0/price',
  });
  const admins = await getOrder(it.admin(), { id: placed.id });
  expect(admins.ownSales).toBeNull();
  expect(JSON.stringify(admins.orderLines)).not.toContain('18.96');

  expect((await summariseMargins(it.as(one), {})).rows).toEqual([]);
  await shop.pay(placed.invoice!.id);
  await it.settle();
  expect((await getOrder(it.as(one), { id: placed.id })).orderLines[0]?.own?.price).toBe('18.96');
  expect((await summariseMargins(it.as(one), {})).rows).toEqual([
    {
      currency: 'USD',
      orders: 1,
      ordersWithOwnPrices: 1,
      sales: '25.95',
      wholesale: '17.40',
      margin: '8.55',
      marginBp: 3294,
    },
  ]);
  expect((await summariseMargins(it.as(other), {})).rows).toEqual([]);

  // The dashboard's second figure, for the reseller alone; revenue stays what was paid at wholesale.
  const sold = {
    currency: 'USD',
    orders: 1,
    ordersWithOwnPrices: 1,
    sales: '25.95',
    wholesale: '17.40',
    margin: '8.55',
  };
  const overview = await overviewOfReseller(it.as(one), {});
  expect(overview.ownSales).toMatchObject({ allTime: [sold], thisMonth: [sold] });
  expect(overview.revenue.allTime).toEqual([{ currency: 'USD', amount: '17.40' }]);
  expect(overview.tier).toMatchObject({ id: 'gold', automatic: false, isHighest: false, next: null });
  const nextMonth = new Date(Date.now() + 32 * 86_400_000);
  expect((await overviewOfReseller({ ...it.as(one), now: nextMonth }, {})).ownSales).toMatchObject({
    allTime: [sold],
    thisMonth: [],
  });
  expect((await overviewOfReseller(it.as(other), {})).ownSales).toEqual({ allTime: [], thisMonth: [] });
  expect((await overviewOfReseller(it.admin(), { resellerId: one.id })).ownSales).toBeNull();
  const { actor, ...rest } = it.as(one);
  const narrow = { ...rest, actor: { ...actor, permissions: new Set(['orders:read'] as const) } };
  expect(await overviewOfReseller(narrow, {})).toMatchObject({ ownSales: null, tier: null });
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
});

test('what is not a rule is refused with its place, and nobody changes the rules of another', async () => {
  const wrong: [Rules, string][] = [
    [[{ method: 'markup' }], '/rules/0/bp'],
    [[{ method: 'margin', bp: 10_000 }], '/rules/0/bp'],
    [[{ method: 'markup', bp: -1 }], '/rules/0/bp'],
    [[{ method: 'difference', amount: '1.00' }], '/rules/0/currency'],
    [[{ method: 'difference', amount: '1.005', currency: 'USD' }], '/rules/0/amount'],
    [[{ method: 'markup', bp: 1, product: 'nothing' }], '/rules/0/product'],
    [[{ method: 'markup', bp: 1, group: 'nothing' }], '/rules/0/group'],
    [[{ method: 'markup', bp: 1, product: 'vps-s', component: 'nothing' }], '/rules/0/component'],
    [[{ method: 'markup', bp: 1, currency: 'XXX' }], '/rules/0/currency'],
    [[{ method: 'markup', bp: 99 }], '/rules/0'],
    [
      [{ method: 'fixed', amount: '-1.00', currency: 'USD', term: '1M', product: 'vps-s', component: 'base' }],
      '/rules/0/amount',
    ],
  ];
  for (const [rules, path] of wrong) {
    await expect(save(rules), path).rejects.toMatchObject({ code: 'bad_input', path });
  }
  const [mine] = (await getOwnPrices(it.as(one), {})).rules;
  const foreign = await save([{ id: mine!.id, method: 'markup', bp: 1 }], [], other).catch((error: unknown) => error);
  const unknown = await save([{ id: 'opr_x', method: 'markup', bp: 1 }], [], other).catch((error: unknown) => error);
  expect(foreign).toEqual(unknown);
  expect(foreign).toMatchObject({ code: 'not_found' });
  await expect(save([], [mine!.id], other)).rejects.toMatchObject({ code: 'not_found' });
  await expect(saveOwnRules(it.admin(), { version: 0 })).rejects.toMatchObject({ code: 'forbidden' });
});

test('of two who save at once one is told to load again', async () => {
  const { version } = await getOwnPrices(it.as(one), {});
  const results = await Promise.allSettled(
    ['1M', '1Y'].map((term) =>
      saveOwnRules(it.as(one), { version, rules: [{ method: 'markup', bp: 7000, term, group: 'domains' }] }),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(2);
  await expect(saveOwnRules(it.as(one), { version: version + 7, rules: [] })).rejects.toMatchObject({
    code: 'version_mismatch',
  });
});

test('what is handed on has the reseller’s name and prices, and neither wholesale nor formulas', async () => {
  const { version } = await getOwnPrices(it.as(one), {});
  await saveOwnHead(it.as(one), {
    version,
    heading: '<b>North & Co</b>',
    note: '=HYPERLINK("x")',
    costs: [{ product: 'vps-s', currency: 'USD', monthly: '30.00' }],
  });
  const { html } = await printOwnPrices(it.as(one), { language: 'de' });
  expect(html).toContain('&lt;b&gt;North &amp; Co&lt;/b&gt;');
  expect(html).toContain('10.99 USD');
  expect(html).toContain('1 Monat');
  expect(html).not.toMatch(/>8\.00 USD|wholesale|Gold|Sandbox/i);

  const handed = await exportOwnPrices(it.as(one), { for: 'customers' });
  expect(handed.csv.split('\r\n')[0]).toBe('\uFEFFproduct,title,component,part,term,charge,currency,your_price');
  expect(handed.csv).toContain(',10.99');
  const own = await exportOwnPrices(it.as(one), {});
  expect(own.csv).toContain(',10.99,8.00,10.00,2.99,');
  const { rows } = await listOwnPrices(it.as(one), { search: 'vps-s' });
  expect(rows.find(({ product }) => product === 'vps-s')?.breakEven?.customers).toBeGreaterThan(0);
});
