import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { ServiceContext } from '../../server/context.ts';
import { getCustomer } from '../../server/modules/customer/get.ts';
import { listCustomers } from '../../server/modules/customer/list.ts';
import { totalCustomers } from '../../server/modules/customer/totals.ts';
import { getBalance } from '../../server/modules/invoice/balance.ts';
import { listInvoices } from '../../server/modules/invoice/list.ts';
import { getOrder } from '../../server/modules/order/get.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import { totalOrders } from '../../server/modules/order/totals.ts';
import { listDrafts } from '../../server/modules/order-draft/list.ts';
import { listResellers } from '../../server/modules/reseller/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { getService } from '../../server/modules/service/get.ts';
import { listServices } from '../../server/modules/service/list.ts';
import { totalServices } from '../../server/modules/service/totals.ts';
import { access } from '../../server/access.ts';
import type { Verb } from '../../server/verb.ts';
import { allVerbs } from '../../server/verbs.ts';
import { wholeReads } from '../support/explain.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { fillTables } from '../support/many-rows.ts';
import { touched } from '../support/touched.ts';

const TABLES = [
  'customer',
  'reseller_order',
  'service',
  'invoice',
  'ledger',
  'price_lock',
  'order_draft',
  'inbox',
  'order_product',
];

let it: Installation;
let one: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  await fillTables(it.admin());
});
afterAll(() => it.stop());

const own = (): ServiceContext => it.as(one);
const of = (id: string) => `${id}_${one.id}-7`;
const cases: [string, () => ServiceContext, (ctx: ServiceContext) => Promise<unknown>][] = [
  ['customers by name', own, (ctx) => listCustomers(ctx, {})],
  ['customers found by words', own, (ctx) => listCustomers(ctx, { search: 'ab7', status: 'active' })],
  ['customers since', own, (ctx) => listCustomers(ctx, { sort: '-createdAt', sinceFrom: '2026-01-01' })],
  ['customers by revenue', own, (ctx) => listCustomers(ctx, { sort: '-revenue' })],
  ['customers that are overdue', own, (ctx) => listCustomers(ctx, { view: 'overdue' })],
  ['customers with a product', own, (ctx) => listCustomers(ctx, { product: 'vps-s' })],
  ['totals of customers', own, (ctx) => totalCustomers(ctx, {})],
  ['one customer', own, (ctx) => getCustomer(ctx, { id: of('cus') })],
  ['orders', own, (ctx) => listOrders(ctx, { sort: 'placedAt' })],
  ['orders by status', own, (ctx) => listOrders(ctx, { status: ['pending'], via: 'portal' })],
  ['orders with a product', own, (ctx) => listOrders(ctx, { product: 'vps-l' })],
  ['an admin’s orders with a product', () => it.admin(), (ctx) => listOrders(ctx, { product: 'vps-l' })],
  ['orders of a customer', own, (ctx) => listOrders(ctx, { customerId: of('cus') })],
  ['orders found by words', own, (ctx) => listOrders(ctx, { search: 'ab7' })],
  ['totals of orders', own, (ctx) => totalOrders(ctx, {})],
  ['one order', own, (ctx) => getOrder(ctx, { id: of('ord') })],
  ['drafts', own, (ctx) => listDrafts(ctx, {})],
  ['services by due day', own, (ctx) => listServices(ctx, {})],
  ['services due soon', own, (ctx) => listServices(ctx, { view: 'due_soon', sort: '-createdAt' })],
  ['services of a customer', own, (ctx) => listServices(ctx, { customerId: of('cus') })],
  ['totals of services', own, (ctx) => totalServices(ctx, {})],
  ['one service', own, (ctx) => getService(ctx, { id: of('srv') })],
  ['invoices', own, (ctx) => listInvoices(ctx, {})],
  ['unpaid invoices', own, (ctx) => listInvoices(ctx, { status: 'overdue' })],
  ['invoices of a customer', own, (ctx) => listInvoices(ctx, { customerId: of('cus') })],
  ['the balance', own, (ctx) => getBalance(ctx, {})],
  ['an admin’s search for an order', () => it.admin(), (ctx) => listOrders(ctx, { search: 'ab7' })],
  ['an admin’s search for a service', () => it.admin(), (ctx) => listServices(ctx, { search: 'web.exam' })],
  ['an admin’s search for a customer', () => it.admin(), (ctx) => listCustomers(ctx, { search: 'ab7' })],
];

test.each(cases)('%s: no table is read from beginning to end', async (_name, context, work) => {
  expect(await wholeReads(context(), TABLES, work)).toEqual([]);
});

test.each([
  ['revenue', 'reseller_total'],
  ['-revenue', 'reseller_total'],
  ['-recent', 'reseller_total'],
  ['change', 'reseller_total'],
  ['-change', 'reseller_total'],
  ['outstanding', 'reseller_unpaid'],
  ['-outstanding', 'reseller_unpaid'],
] as const)('resellers by %s: a page is read along the index of its currency in %s', async (sort, table) => {
  const first = await listResellers(it.admin(), { sort, currency: 'USD', limit: 10 });
  for (const cursor of [undefined, first.cursor!]) {
    const reads = await wholeReads(it.admin(), [table], (ctx) =>
      listResellers(ctx, { sort, currency: 'USD', limit: 10, cursor }),
    );
    expect(reads).toEqual([]);
  }
});

test('the pages of an admin’s lists begin at an index', async () => {
  const pages = [
    (ctx: ServiceContext) => listOrders(ctx, { limit: 25 }),
    (ctx: ServiceContext) => listServices(ctx, { limit: 25 }),
    (ctx: ServiceContext) => listCustomers(ctx, { limit: 25 }),
    (ctx: ServiceContext) => listInvoices(ctx, { limit: 25 }),
  ];
  for (const page of pages) {
    const reads = await wholeReads(it.admin(), TABLES, page);
    // Only the count looks at all rows, and it stops at 10,000.
    expect(reads.filter((sql) => !sql.includes('limit 10001'))).toEqual([]);
  }
});

/** A list: it answers page by page. */
const lists = allVerbs.filter(
  ({ input }) => input instanceof z.ZodObject && 'cursor' in input.shape && 'limit' in input.shape,
);

/** How each list is asked, by an admin and by a reseller where both may. */
const asked: Record<string, (id: (prefix: string) => string) => object[]> = {
  'activity.list': () => [{}, { action: 'order.paid' }, { subjectType: 'order', subjectId: 'pvs_1' }],
  'applications.list': () => [{}, { view: 'all', search: 'ab7f' }],
  'catalogue.products': () => [{}],
  'customers.list': () => [{}, { sort: '-createdAt' }],
  'drafts.list': () => [{}],
  'events.list': () => [{}, { groups: ['order'] }],
  'invoices.list': () => [{}, { status: 'overdue' }],
  'keys.calls': (id) => [{ keyId: id('key') }],
  'keys.list': () => [{}],
  'notices.list': () => [{}, { state: 'unread' }],
  'orders.list': () => [{}, { status: ['pending'] }],
  'ownPrices.changes': () => [{}],
  'ownPrices.list': () => [{}],
  'prices.book': () => [{ tierId: 'gold', currency: 'USD' }],
  'prices.changes': () => [{ id: 'pvs_7' }],
  'prices.explore': () => [{ tierId: 'gold', currency: 'USD' }],
  'prices.previewProducts': () => [{ id: 'ppv_7' }],
  'prices.previewResellers': () => [{ id: 'ppv_7' }],
  'prices.previewServices': () => [{ id: 'ppv_7' }],
  'prices.rules': () => [{ kind: 'discount' }],
  'prices.staleBooks': () => [{}],
  'prices.versions': () => [{}, { states: ['draft'] }],
  'problems.list': () => [{}, { resellerId: 'rs_7' }],
  'profileChanges.list': () => [{}, { status: 'approved' }],
  'reconcile.list': () => [{}, { resellerId: 'rs_7' }],
  'reconcile.runs': () => [{}],
  'resellerNotes.list': () => [{ resellerId: 'rs_7' }],
  'resellers.list': () => [{}, { sort: '-revenue', currency: 'USD' }],
  'revenue.byCustomer': () => [{ currency: 'USD', range: 'this_month', resellerId: one.id }],
  'services.list': () => [{}, { view: 'due_soon' }],
  'settings.history': () => [{ section: 'notices' }],
  'statements.get': (id) => [{ id: id('sta') }],
  'statements.list': () => [{}],
  'tasks.list': () => [{}, { kind: 'k1' }],
  'tasks.rows': (id) => [{ id: id('tsk') }],
  'tiers.decisions': () => [{}],
  'tiers.standings': () => [{}],
  'webhooks.deliveries': (id) => [{ endpointId: `whe_${id('').slice(1, -1)}1` }],
  'webhooks.list': () => [{}],
  'webhooks.replays': (id) => [{ endpointId: `whe_${id('').slice(1, -1)}1` }],
};

test('every list of the service has its plan looked at', () => {
  expect(Object.keys(asked).toSorted()).toEqual(lists.map(({ procedure }) => procedure).toSorted());
});

/** Tables that a list goes through as a whole, and why. */
const whole: Record<string, string> = {
  'applications.list application':
    'it says how many each view holds; its plans are looked at in application-plans.test.ts',
};

/** What an admin’s count of all rows stops at (paging.ts). */
const COUNTED = 10_001;

test.each(lists.map((verb) => [verb.procedure, verb] as const))(
  '%s goes through no table from its beginning to its end, and for a reseller through its own rows',
  async (procedure, verb) => {
    const { who } = access[procedure]!;
    const { em } = it.admin();
    const sizes = await em.execute<{ table: string; rows: number }[]>(
      `select relname as "table", reltuples::int as rows from pg_class where relkind = 'r' and reltuples > ${COUNTED}`,
    );
    expect(sizes.length).toBeGreaterThan(20);
    for (const input of asked[procedure]!(of)) {
      const actors = [...(who === 'reseller' ? [] : [it.admin()]), ...(who === 'provider' ? [] : [own()])];
      for (const ctx of actors) {
        const counts = await touched(ctx, (inside) => (verb as Verb)(inside, input));
        const most = (rows: number) => (ctx.actor.kind === 'reseller' ? rows / 20 : COUNTED + 500);
        const wide = sizes.filter(
          ({ table, rows }) => (counts.get(table) ?? 0) > most(rows) && !whole[`${procedure} ${table}`],
        );
        expect(
          wide.map(({ table, rows }) => `${table}: ${counts.get(table)} of ${rows}`),
          `${ctx.actor.kind} ${JSON.stringify(input)}`,
        ).toEqual([]);
      }
    }
  },
);
