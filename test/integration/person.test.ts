import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HostEvent } from '../../hooks/contract/index.ts';
import { receiveEvent } from '../../server/modules/intake/receive.ts';
import { collectNotices } from '../../server/modules/notice/collect.ts';
import { eraseReseller } from '../../server/modules/person/erase-reseller.ts';
import { exportOwnData } from '../../server/modules/person/export-own.ts';
import { exportResellerData } from '../../server/modules/person/export-reseller.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { hostPermissions } from '../../server/permissions.ts';
import { leaveTestTraces, leaveTraces, TRACE } from '../support/person-traces.ts';
import { type Programme, startProgramme } from '../support/programme.ts';
import { finished } from '../support/tasks.ts';

/** Tables of a reseller in which there is no room for a person, and what they hold instead. */
const NUMBERS_ALONE: Record<string, string> = {
  account_entry: 'number of an invoice, amounts and days: the books',
  count_tail: 'counts',
  ledger: 'amounts and days: the books',
  measure_rollup: 'sums',
  own_price_cost: 'prices',
  own_price_rule: 'prices',
  payment_pattern: 'counts',
  portal_view: 'which admin looked',
  price_assignment: 'which prices held when',
  price_book_cell: 'prices',
  price_discount: 'rates',
  price_lock: 'prices',
  price_preview_service: 'prices; titles are the catalogue’s',
  price_version_move: 'which prices held when',
  reseller_count: 'counts',
  reseller_day: 'counts',
  reseller_total: 'sums',
  reseller_unpaid: 'sums',
  revenue_month: 'sums',
  revenue_rollup: 'sums',
  revenue_source: 'sums',
  statement: 'sums of a month: the books',
  unpaid_tail: 'amounts and days',
  tier_dirty: 'whose tier is looked at next',
};

/** What says again what stands elsewhere. */
const REPEATS = new Set(['public.api_idempotency', 'public.task_row']);

let it: Programme;
let reseller: ResellerRow;
let invoiceId: string;
beforeAll(async () => {
  it = await startProgramme();
  reseller = await it.newReseller({ company: 'Zephyr Quill GmbH' });
  invoiceId = await it.pay(reseller, { net: '42.00' });
  await it.serve(reseller, 'svc-1', 'cancelled');
  await leaveTraces(it, reseller);
  await leaveTestTraces(it, reseller);
});
afterAll(() => it.stop());

/** Tables of every schema of the service. */
const allTables = () =>
  it.sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );

/** Those with a row that holds a trace of the erased. */
async function traces(): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await allTables()) {
    const [row] = await it.sql<{ found: boolean }>(
      `select exists (select from ${name} t where t::text ~* ?) as found`,
      [TRACE],
    );
    if (row!.found) found.push(name.replace('public.', ''));
  }
  return found.toSorted();
}

/** What the host reports after all that, with names in it. */
async function report(type: string, aggregate: { type: string; id: string }, data: object): Promise<void> {
  const ctx = it.service.context({ kind: 'host', id: 'host', name: 'host', permissions: hostPermissions });
  const event = {
    id: `evt_late_${type}`,
    type,
    contract: '1.0',
    occurredAt: '2027-03-11T00:00:00Z',
    aggregate: { ...aggregate, version: 90 },
    data,
  };
  expect(await receiveEvent(ctx, { event: event as HostEvent })).toMatchObject({ outcome: 'applied' });
}

test('every table of a reseller holds nothing of a person, or a trace that the erasure is tried on', async () => {
  const tables = await it.sql<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where t.table_type = 'BASE TABLE' and c.table_schema = 'public' and c.column_name = 'reseller_id'`,
  );
  const found = new Set(await traces());
  const left = tables.map(({ name }) => name).filter((name) => !found.has(name) && NUMBERS_ALONE[name] === undefined);
  expect(left).toEqual([]);
  expect(Object.keys(NUMBERS_ALONE).filter((name) => found.has(name))).toEqual([]);
  expect(found.size).toBeGreaterThan(30);
  expect([...found].filter((name) => name.startsWith('test_mode.')).length).toBeGreaterThan(5);
});

test('the exports hold all of it: the provider’s without the reseller’s own words, the reseller’s without the provider’s', async () => {
  const { result: own } = await finished(it, await exportOwnData(it.as(reseller), {}));
  const { result: full } = await finished(it, await exportResellerData(it.admin(), { id: reseller.id }));
  const parts = own as Record<string, unknown[]>;
  const all = full as Record<string, unknown[]>;
  for (const part of [
    'account',
    'profile',
    'applications',
    'customers',
    'orders',
    'services',
    'tickets',
    'invoices',
    'accountEntries',
    'apiKeys',
    'apiCalls',
    'webhookEndpoints',
    'webhookAnswers',
    'events',
    'notices',
    'activity',
    'tierDecisions',
    'revenue',
    'profileChanges',
  ]) {
    expect(parts[part], part).not.toEqual([]);
    expect(all[part], part).not.toEqual([]);
  }
  expect(JSON.stringify(parts['applications'])).toContain('zephyr');
  for (const part of ['customerNotes', 'orderDrafts', 'ownPriceList', 'ownPricesOfOrders']) {
    expect(parts[part], part).not.toEqual([]);
    expect(all[part], part).toBeUndefined();
  }
  for (const part of ['notes', 'applicationNotes', 'internal', 'problems', 'tierNotes']) {
    expect(all[part], part).not.toEqual([]);
    expect(parts[part], part).toBeUndefined();
  }
  expect(JSON.stringify(all)).not.toMatch(/pays late|50\.00/);
  expect(JSON.stringify(parts)).not.toMatch(/called twice|in private|zephyr asked/);
});

test('every text about them, in any schema, is in an export, or repeats what is', async () => {
  const { result: own } = await finished(it, await exportOwnData(it.as(reseller), {}));
  const { result: full } = await finished(it, await exportResellerData(it.admin(), { id: reseller.id }));
  const exported = JSON.stringify([own, full]);
  const missing = new Set<string>();
  for (const { name } of await allTables()) {
    if (REPEATS.has(name)) continue;
    const texts = await it.sql<{ text: string }>(
      `select distinct leaf #>> '{}' as text from ${name} t, jsonb_path_query(to_jsonb(t), 'strict $.**') leaf
        where jsonb_typeof(leaf) = 'string' and leaf #>> '{}' ~* ?`,
      [TRACE],
    );
    for (const { text } of texts) if (!exported.includes(JSON.stringify(text))) missing.add(`${name}: ${text}`);
  }
  expect([...missing]).toEqual([]);
  const aside = (parts: unknown) => (parts as { setAside: { event_id: string }[] }).setAside.map((row) => row.event_id);
  expect([aside(own), aside(full)]).toEqual([
    ['in_y', 'in_z'],
    ['in_y', 'in_z'],
  ]);
});

test('after erasing, no table but the activity log holds a name, an address, a number or a word of theirs', async () => {
  await it.sql(`update reseller set status = 'terminated' where id = ?`, [reseller.id]);
  const { version, company } = await it.row(reseller.id);
  await eraseReseller(it.admin(), { id: reseller.id, version, confirm: company });
  expect(await traces()).toEqual(['activity']);

  // Money, and what others said, stays.
  expect((await it.row(reseller.id)).revenue).toEqual([{ currency: 'USD', amount: '42.00' }]);
  expect(await it.sql(`select host_invoice_id from invoice where host_invoice_id = ?`, [invoiceId])).toHaveLength(1);
  expect(await it.sql(`select event_id from inbox where outcome = 'parked' and body is not null`)).toEqual([
    { event_id: 'in_x' },
  ]);
  expect(await it.sql(`select payload from outbox where id in ('evt_z1', 'evt_z3') order by id`)).toEqual([
    { payload: { orderId: 'ord_z' } },
    { payload: { customerId: 'cus_z' } },
  ]);
  expect(await it.sql(`select id from webhook_endpoint`)).toEqual([{ id: 'whe_p' }]);
});

test('what the host reports of an erased account later comes in without its names, and nobody is written to', async () => {
  const money = { currency: 'USD', digits: 2, tax: 'net' };
  await report(
    'client.updated',
    { type: 'client', id: reseller.hostClientId },
    {
      client: {
        id: reseller.hostClientId,
        email: 'owner@quill.example',
        name: 'Zephyrine',
        company: 'Zephyr',
        currency: 'USD',
        status: 'active',
        country: null,
        createdAt: '2026-01-01T00:00:00Z',
      },
    },
  );
  await report(
    'service.changed',
    { type: 'service', id: 'svc-1' },
    {
      service: {
        id: 'svc-1',
        orderId: 'order-svc-1',
        clientId: reseller.hostClientId,
        product: 'product-0',
        title: 'zephyr.example',
        domain: 'zephyr.example',
        status: 'cancelled',
        term: '1M',
        money,
        quantity: 1,
        options: {},
        recurring: '9.00',
        nextDueOn: null,
        createdAt: '2027-03-10T12:00:00Z',
        lock: null,
      },
    },
  );
  await report(
    'invoice.issued',
    { type: 'invoice', id: 'inv-late' },
    {
      invoice: {
        id: 'inv-late',
        number: 'inv-late',
        clientId: reseller.hostClientId,
        orderId: null,
        status: 'cancelled',
        money,
        total: '1.00',
        issuedAt: '2027-03-11T00:00:00Z',
        dueOn: '2027-03-11',
        paidAt: null,
        lines: [
          {
            id: 'late',
            kind: 'domain',
            title: 'zephyr.example',
            orderId: null,
            serviceId: null,
            product: null,
            occasion: 'new',
            quantity: 1,
            unitPrice: '1.00',
            amount: '1.00',
            net: '1.00',
            prorated: null,
          },
        ],
      },
    },
  );
  await report(
    'order.created',
    { type: 'order', id: 'host-late' },
    {
      order: {
        id: 'host-late',
        clientId: reseller.hostClientId,
        reference: null,
        status: 'cancelled',
        createdAt: '2027-03-11T00:00:00Z',
        money,
        coupon: null,
        note: 'for zephyr',
        customer: null,
        invoiceId: null,
        placedBy: 'staff',
        stamp: null,
        locks: [],
        lines: [
          {
            id: 'l1',
            serviceId: 'svc-late',
            title: 'zephyr.example',
            product: 'product-0',
            term: '1M',
            quantity: 1,
            options: {},
            domain: 'zephyr.example',
            unitPrice: '1.00',
            price: '1.00',
            setup: '0.00',
            renewal: '1.00',
            components: [],
          },
        ],
      },
    },
  );
  await collectNotices(it.system());
  expect(await it.sql('select id from notice where reseller_id = ?', [reseller.id])).toEqual([]);
  expect(await traces()).toEqual(['activity']);
});
