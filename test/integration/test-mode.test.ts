import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKey } from '../../server/modules/api-key/create.ts';
import { eraseReseller } from '../../server/modules/person/erase-reseller.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { resumeOrders } from '../../server/modules/order/resume.ts';
import { createWebhook } from '../../server/modules/webhook/create.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import type { ServiceContext } from '../../server/context.ts';
import { adminPermissions, resellerPermissions } from '../../server/permissions.ts';
import { connect, migrate } from '../../server/platform/database/orm.ts';
import { systemActor } from '../../server/service.ts';
import { freshDatabase } from '../support/database.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor, VPS_DUE, vpsLine } from '../support/orders.ts';
import { startReceiver, turn } from '../support/webhooks.ts';

let it: Installation;
let reseller: ResellerRow;
let testing: string;
let live: string;
let foreign: string;

beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller();
  const other = await it.makeReseller({ hostClientId: '2' });
  const make = async (mode: 'live' | 'test', id = reseller.id) =>
    (await createKey(it.admin(), { name: mode, mode, resellerId: id, scopes: [...resellerPermissions] })).key;
  [testing, live, foreign] = [await make('test'), await make('live'), await make('test', other.id)];
});
afterAll(() => it.stop());

/** Asks as a program would. */
async function ask(as: string, method: string, path: string, body?: object) {
  const response = await fetch(`${it.serviceUrl}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  // oxlint-disable-next-line typescript/no-explicit-any
  return { status: response.status, body: (await response.json()) as any };
}

async function order(as: string, more: object = {}) {
  const request = { currency: 'USD', lines: [vpsLine] };
  const { body: quoted } = await ask(as, 'POST', '/quotes', request);
  return ask(as, 'POST', '/orders', { ...request, quote: quoted.quote, ...more });
}

/** What the pump does, with receivers on this machine. */
const near = (mode: 'live' | 'test'): ServiceContext => {
  const ctx = it.service.context(systemActor, mode);
  return { ...ctx, webhooks: { ...ctx.webhooks, allowPrivate: true } };
};
const asOwner = (mode: 'live' | 'test'): ServiceContext => ({ ...near(mode), actor: it.as(reseller).actor });

describe('an order of a test key', () => {
  test('is quoted and placed at the live price, without the host', async () => {
    const before = it.sandbox.host.db.all('select id, version from documents');
    const { status, body } = await order(testing);
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'pending', total: VPS_DUE, hostOrderId: `test-${body.id}` });
    const { body: detail } = await ask(testing, 'GET', `/orders/${body.id}`);
    expect(detail.invoice).toMatchObject({ status: 'unpaid', total: VPS_DUE, payUrl: null });
    expect(it.sandbox.host.db.all('select id, version from documents')).toEqual(before);
  });

  test('is paid, set up, renewed at its lock, suspended, ended and refunded by test calls', async () => {
    const { id } = (await order(testing)).body;
    const step = async (name: string) => (await ask(testing, 'POST', `/test/orders/${id}/${name}`, {})).body;
    expect(await step('pay')).toMatchObject({ status: 'paid', services: [] });
    const active = await step('activate');
    expect(active.services).toMatchObject([{ status: 'active' }]);
    const [{ id: serviceId, nextDueOn }] = active.services;
    const renewed = await step('renew');
    expect(renewed.services[0].nextDueOn > nextDueOn).toBe(true);
    const { body: invoices } = await ask(testing, 'GET', `/invoices?limit=100`);
    expect(invoices.data.filter((row: { number: string }) => /-\d+-\d+$/.test(row.number))).toMatchObject([
      { status: 'paid', total: '12.40' },
    ]);
    expect(await step('suspend')).toMatchObject({ services: [{ status: 'suspended' }] });
    expect(await step('unsuspend')).toMatchObject({ services: [{ status: 'active' }] });
    expect((await ask(testing, 'GET', `/services/${serviceId}`)).body).toMatchObject({ status: 'active' });
    expect(await step('terminate')).toMatchObject({ services: [{ status: 'cancelled', nextDueOn: null }] });
    expect(await step('refund')).toMatchObject({ status: 'refunded' });
    expect(await step('pay')).toMatchObject({ code: 'conflict', status: 409 });
  });

  test('can be refused, fail to be set up, and be cancelled from either side', async () => {
    expect((await order(testing, { paymentMethod: 'test_refused' })).body).toMatchObject({ status: 'not_accepted' });
    const failing = (await order(testing)).body;
    const path = `/test/orders/${failing.id}`;
    expect((await ask(testing, 'POST', `${path}/fail`, {})).body.services).toMatchObject([{ status: 'setup_failed' }]);
    expect((await ask(testing, 'POST', `${path}/renew`, {})).body).toMatchObject({ code: 'conflict' });
    expect((await ask(testing, 'POST', `${path}/cancel`, {})).body).toMatchObject({ status: 'cancelled' });
    const { id, version } = (await order(testing)).body;
    const response = await fetch(`${it.serviceUrl}/api/v1/orders/${id}/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${testing}`, 'if-match': `"${version}"` },
    });
    expect(await response.json()).toMatchObject({ status: 'cancelled' });
    expect((await ask(testing, 'GET', `/orders/${id}`)).body.invoice).toMatchObject({ status: 'cancelled' });
  });

  test('is driven by its own reseller’s test keys alone', async () => {
    const { id } = (await order(testing)).body;
    const unknown = await ask(foreign, 'POST', '/test/orders/ord_00000000000000000000000000000000/pay', {});
    const theirs = await ask(foreign, 'POST', `/test/orders/${id}/pay`, {});
    expect(theirs.status).toBe(404);
    expect({ ...theirs.body, requestId: null }).toEqual({ ...unknown.body, requestId: null });
    expect(await ask(live, 'POST', `/test/orders/${id}/pay`, {})).toMatchObject({ status: 403 });
  });
});

describe('the two modes', () => {
  test('do not know each other’s orders, customers and services', async () => {
    const mine = { live: (await order(live)).body, test: (await order(testing)).body };
    expect((await ask(live, 'GET', `/orders/${mine.test.id}`)).status).toBe(404);
    expect((await ask(testing, 'GET', `/orders/${mine.live.id}`)).status).toBe(404);
    const person = { name: 'Ines', email: 'ines@example.org' };
    const customer = (await ask(testing, 'POST', '/customers', person)).body;
    expect((await ask(live, 'GET', `/customers/${customer.id}`)).status).toBe(404);
    // The same address in both: they do not collide either.
    expect((await ask(live, 'POST', '/customers', person)).status).toBe(201);
    const listed = await ask(live, 'GET', '/orders?limit=100');
    expect(listed.body.data.map(({ id }: { id: string }) => id)).not.toContain(mine.test.id);
    expect(listed.body.data.every(({ hostOrderId }: { hostOrderId: string }) => !hostOrderId.startsWith('test-'))).toBe(
      true,
    );
  });

  test('take no quote of each other', async () => {
    const request = { currency: 'USD', lines: [vpsLine] };
    const { quote } = (await ask(testing, 'POST', '/quotes', request)).body;
    expect((await ask(live, 'POST', '/orders', { ...request, quote })).body).toMatchObject({ code: 'price_changed' });
  });

  test('have webhooks of their own, and test events say so', async () => {
    const receivers = { live: await startReceiver(() => 204), test: await startReceiver(() => 204) };
    // What other tests did is handed out first, to nobody.
    for (const mode of ['live', 'test'] as const) await turn(near(mode));
    for (const mode of ['live', 'test'] as const)
      await createWebhook(asOwner(mode), { url: receivers[mode].url, events: ['order.*'] });
    const placed = { live: (await order(live)).body, test: (await order(testing)).body };
    await ask(testing, 'POST', `/test/orders/${placed.test.id}/pay`, {});
    for (const mode of ['live', 'test'] as const) await turn(near(mode));
    await turn(near('test'));
    const seen = (mode: 'live' | 'test') =>
      receivers[mode].received.map(({ body }) => [
        body.type,
        body.data['orderId'],
        (body as { livemode?: boolean }).livemode,
      ]);
    expect(seen('live')).toEqual([['order.pending', placed.live.id, true]]);
    expect(seen('test')).toEqual([
      ['order.pending', placed.test.id, false],
      ['order.paid', placed.test.id, false],
    ]);
    const pulled = await fetch(`${it.serviceUrl}/trpc/events.list?input={}`, {
      headers: { authorization: `Bearer ${testing}` },
    });
    const { result } = (await pulled.json()) as { result: { data: { rows: { livemode: boolean }[] } } };
    expect(result.data.rows.length).toBeGreaterThan(1);
    expect(result.data.rows.every((event: { livemode: boolean }) => !event.livemode)).toBe(true);
    for (const receiver of Object.values(receivers)) receiver.stop();
  });

  test('share the programme, which a test key cannot change', async () => {
    const { body: products } = await ask(testing, 'GET', '/products');
    expect(products).toEqual((await ask(live, 'GET', '/products')).body);
    const { body: profile } = await ask(testing, 'GET', '/profile');
    const response = await fetch(`${it.serviceUrl}/api/v1/profile`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${testing}`,
        'if-match': `"${profile.version}"`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ phone: '+49 30 1' }),
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('test key') });
    expect((await ask(live, 'GET', '/profile')).body.phone).toBe(profile.phone);
  });

  test('show a test key the test keys alone, and let it make none', async () => {
    const { body } = await ask(testing, 'GET', '/keys?limit=100');
    expect(new Set(body.data.map(({ mode }: { mode: string }) => mode))).toEqual(new Set(['test']));
    expect((await ask(testing, 'POST', '/keys', { name: 'More', scopes: ['orders:read'] })).status).toBe(403);
    const { key } = await createKey(it.admin(), { name: 'Provider', mode: 'test', scopes: [...adminPermissions] });
    expect((await ask(key, 'GET', '/orders?limit=1')).body.total).toBeGreaterThan(0);
  });

  test('count nothing of test mode as revenue', async () => {
    const { id } = (await order(testing)).body;
    const figures = () =>
      Promise.all(
        ['revenue_rollup', 'ledger', 'reseller_total', 'reseller_count', 'account_entry', 'activity', 'outbox'].map(
          digest,
        ),
      );
    const before = await figures();
    await ask(testing, 'POST', `/test/orders/${id}/pay`, {});
    expect(await figures()).toEqual(before);
    const [booked] = await it
      .system()
      .em.execute<object[]>('select amount from test_mode.ledger where host_invoice_id = ?', [`test-${id}-i0`]);
    expect(booked).toBeDefined();
  });
});

async function digest(table: string) {
  const [row] = await it
    .system()
    .em.execute<object[]>(`select count(*), sum(hashtext(t::text)) from public.${table} t`);
  return row;
}

describe('the tables of test mode', () => {
  test('are all that its connections can reach, and what they share cannot be written', async () => {
    const { em } = it.service.context(systemActor, 'test');
    const [path] = await em.execute<{ schemas: string }[]>('select current_schemas(true)::text as schemas');
    expect(path!.schemas).toBe('{pg_catalog,test_mode}');
    const tables = await em.execute<{ name: string; shared: boolean }[]>(
      'select name, shared from public.test_mode_tables()',
    );
    expect(tables.length).toBeGreaterThan(80);
    for (const { name, shared } of tables) {
      const [found] = await em.execute<{ kind: string; live: boolean }[]>(
        `select c.relkind::text as kind, n.nspname <> 'test_mode' as live from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass(?)`,
        [name],
      );
      expect([name, found]).toEqual([name, { kind: shared ? 'v' : 'r', live: false }]);
      if (!shared) continue;
      const [column] = await em.execute<{ name: string }[]>(
        `select attname as name from pg_attribute where attrelid = to_regclass(?) and attnum = 1`,
        [name],
      );
      const rows = await em.execute<{ n: number }[]>(`select count(*)::int as n from ${name}`);
      if (rows[0]!.n > 0)
        await expect(em.fork().execute(`update ${name} set ${column!.name} = ${column!.name}`), name).rejects.toThrow(
          'test mode',
        );
    }
  });

  test('follow the live ones when those change, and keep their rows', async () => {
    const url = await freshDatabase();
    const liveOrm = await connect(url, { poolMax: 3 });
    const sql = (text: string) => liveOrm.em.fork().execute<{ n: number }[]>(text);
    await sql(`insert into reseller (id, host_client_id, company, email, currency, tier_id, created_at)
               values ('rs_1', '1', 'One', 'one@example.org', 'USD', 'gold', now())`);
    await sql(
      `insert into test_mode.customer (id, reseller_id, name, email, created_at) values ('cus_1', 'rs_1', 'Ines', 'i@example.org', now())`,
    );
    await sql('alter table customer add column shoe_size integer not null default 38');
    await sql('create table brand_new (id text primary key)');
    await migrate(liveOrm);
    expect(await sql(`select shoe_size as n from test_mode.customer where id = 'cus_1'`)).toEqual([{ n: 38 }]);
    expect(await sql('select count(*)::int as n from test_mode.brand_new')).toEqual([{ n: 0 }]);
    expect(await sql('select align_test_mode()::int as n')).toEqual([{ n: 0 }]);
    // Identity columns go on where they were.
    await sql(
      `insert into test_mode.outbox (id, type, payload, created_at) values ('evt_1', 'order.paid', '{}', now())`,
    );
    await sql('alter table outbox add column later text');
    await migrate(liveOrm);
    await sql(
      `insert into test_mode.outbox (id, type, payload, created_at) values ('evt_2', 'order.paid', '{}', now())`,
    );
    expect(await sql('select count(distinct sequence)::int as n from test_mode.outbox')).toEqual([{ n: 2 }]);
    await liveOrm.close(true);
  });

  test('are emptied of what a reseller’s test keys made when it is erased', async () => {
    const { hostClientId } = await it.makeReseller({ hostClientId: '3' });
    const [gone] = await it
      .system()
      .em.execute<{ id: string }[]>('select id from reseller where host_client_id = ?', [hostClientId]);
    const made = { name: 'gone', mode: 'test' as const, resellerId: gone!.id, scopes: [...resellerPermissions] };
    const { key } = await createKey(it.admin(), made);
    const { id } = (await ask(key, 'POST', '/customers', { name: 'Gone', email: 'gone@example.org' })).body;
    const placed = (await order(key, { customerId: id })).body;
    for (const step of ['pay', 'activate']) await ask(key, 'POST', `/test/orders/${placed.id}/${step}`, {});
    const held = () =>
      it.system().em.execute<object[]>(
        `select 1 from test_mode.customer where reseller_id = ? union all select 1 from test_mode.activity where reseller_id = ?
         union all select 1 from test_mode.api_idempotency a join api_key k on k.id = a.owner where k.reseller_id = ?`,
        [gone!.id, gone!.id, gone!.id],
      );
    expect(await held()).not.toEqual([]);
    const status = { id: gone!.id, status: 'terminated' as const, publicReason: 'over' };
    const { version } = await setStatus(it.admin(), {
      ...status,
      version: (await getReseller(it.admin(), { id: gone!.id })).version,
    });
    await eraseReseller(it.admin(), { id: gone!.id, version, confirm: 'Northwind Resale' });
    expect(await held()).toEqual([]);
    const [others] = await it
      .system()
      .em.execute<{ n: number }[]>('select count(*)::int as n from test_mode.reseller_order');
    expect(others!.n).toBeGreaterThan(0);
  });
});

test('a process that died while it placed a test order leaves it to the next one', async () => {
  const ctx = { ...asOwner('test') };
  const placed = await placeFor(ctx, { idempotencyKey: 'test-mode-killed' });
  const { em } = it.service.context(systemActor, 'test');
  await em.execute(
    `update reseller_order set status = 'placing', host_order_id = null, host_invoice_id = null, next_attempt_at = now() where id = ?`,
    [placed.id],
  );
  await em.execute('delete from invoice where host_invoice_id = ?', [placed.hostInvoiceId]);
  expect(await resumeOrders(it.service.context(systemActor, 'test'), { all: true })).toBe(1);
  expect((await ask(testing, 'GET', `/orders/${placed.id}`)).body).toMatchObject({ status: 'pending' });
});
