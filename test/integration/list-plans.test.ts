import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { wholeReads } from '../support/explain.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

const RESELLERS = 300;
const TABLES = ['customer', 'reseller_order', 'service', 'invoice', 'ledger', 'price_lock', 'order_draft', 'inbox'];

let it: Installation;
let one: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  const { em } = it.admin();
  const each = `from reseller r cross join generate_series(1, 60) n`;
  await em.execute(`
    insert into reseller (id, host_client_id, company, email, currency, tier_id, created_at)
      select 'rs_' || n, 'c' || n, 'Company ' || n, 'c' || n || '@example.org', 'USD', 'gold', now()
        from generate_series(1, ${RESELLERS}) n;
    insert into customer (id, reseller_id, name, email, created_at)
      select 'cus_' || r.id || '-' || n, r.id, md5(r.id || n), n || '@example.org', now() - n * interval '1 day' ${each};
    insert into reseller_order (id, reseller_id, customer_id, status, via, currency, digits, tax, due_now, lines,
                                host_order_id, host_invoice_id, placed_at)
      select 'ord_' || r.id || '-' || n, r.id, 'cus_' || r.id || '-' || n, case n % 4 when 0 then 'pending' else 'paid' end, 'portal', 'USD', 2,
             'net', '10.00', '[{"product": "vps-s", "title": "VPS", "retailPrice": null}]', 'o' || r.id || '-' || n, 'i' || r.id || '-' || n,
             now() - n * interval '1 day' ${each};
    insert into service (id, reseller_id, customer_id, order_id, host_service_id, product, title, status, term, currency,
                         quantity, recurring, next_due_on, created_at)
      select 'srv_' || r.id || '-' || n, r.id, 'cus_' || r.id || '-' || n, 'ord_' || r.id || '-' || n, 's' || r.id || '-' || n, 'vps-s', 'VPS', 'active', '1M',
             'USD', 1, '10.00', current_date + n, now() ${each};
    insert into price_lock (id, reseller_id, host_service_id, product, term, currency, quantity, unit_price, components,
                            status, locked_at)
      select 'lck_' || r.id || '-' || n, r.id, 's' || r.id || '-' || n, 'vps-s', '1M', 'USD', 1, '10.00', '[]', 'active', now() ${each};
    insert into invoice (host_invoice_id, reseller_id, number, host_order_id, status, currency, total, due_on, issued_at, lines)
      select 'i' || r.id || '-' || n, r.id, 'N' || r.id || '-' || n, 'o' || r.id || '-' || n, case n % 4 when 0 then 'unpaid' else 'paid' end, 'USD', '10.00',
             current_date, now() - n * interval '1 day',
             jsonb_build_array(jsonb_build_object('serviceId', 's' || r.id || '-' || n, 'amount', '10.00', 'occasion', 'new')) ${each};
    insert into ledger (id, reseller_id, kind, host_invoice_id, host_line_id, payment_id, host_service_id, occasion, currency,
                        amount, day, occurred_at, booked_at)
      select 'led_' || r.id || '-' || n || '-' || m, r.id, 'paid', 'i' || r.id || '-' || n, 'l' || r.id || '-' || n || '-' || m, 'p', 's' || r.id || '-' || n,
             'new', 'USD', 1000, current_date - m, now(), now() ${each} cross join generate_series(1, 3) m;
    insert into order_draft (id, reseller_id, content, idempotency_key, created_at, updated_at)
      select 'drf_' || r.id || '-' || n, r.id, '{"lines": []}', 'k' || r.id || '-' || n, now(), now() ${each};
    insert into inbox (event_id, type, aggregate_type, aggregate_id, aggregate_version, outcome, received_at)
      select 'e' || r.id || '-' || n, 'order.created', 'order', 'o' || r.id || '-' || n, 1, 'applied', now() ${each};
    insert into reseller_total (reseller_id, currency, revenue, recent, previous)
select id, code, 5 * row_number() over (order by id), 3, 2 from reseller
         cross join (select 'USD' as code union all select 'X' || chr(65 + n / 26) || chr(65 + n % 26) from generate_series(0, 59) n) c
       where id <> 'rs_1' on conflict do nothing;
    insert into reconcile_run (id, started_at) values ('run', now());
    insert into difference (id, run_id, reseller_id, kind, subject_type, subject_id, detail, status, found_at)
      select 'dif_' || r.id || '-' || n, 'run', r.id, 'missing', 'service', r.id || '-' || n, '{}',
             case when n % 20 = 0 then 'open' else 'gone' end, now() - n * interval '1 hour' ${each};
    insert into statement (id, reseller_id, currency, month, opening, closing, totals, lines, closed_at)
      select 'sta_' || r.id || '-' || n, r.id, 'USD', '2020-01-01'::date + n * interval '1 month', 0, 0, '{}', 1, now() ${each};
    insert into notice (id, kind, reseller_id, cause, language, recipient, subject, body, state, created_at)
      select 'not_' || r.id || '-' || n, 'order.paid', r.id, r.id || '-' || n, 'en', 'x@example.org', 's', 'b', 'sent', now() - n * interval '1 day' ${each};
    analyze`);
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

test.each(['revenue', '-revenue', '-recent', 'change', '-change'] as const)(
  'resellers by %s: a page is read along the index of its currency',
  async (sort) => {
    const first = await listResellers(it.admin(), { sort, currency: 'USD', limit: 10 });
    for (const cursor of [undefined, first.cursor!]) {
      const reads = await wholeReads(it.admin(), ['reseller_total'], (ctx) =>
        listResellers(ctx, { sort, currency: 'USD', limit: 10, cursor }),
      );
      expect(reads).toEqual([]);
    }
  },
);

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
