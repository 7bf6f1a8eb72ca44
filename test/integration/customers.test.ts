import { afterAll, beforeAll, expect, test } from 'vitest';
import { Activity } from '../../server/modules/activity/entity.ts';
import { archiveCustomer } from '../../server/modules/customer/archive.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { exportCustomers } from '../../server/modules/customer/export.ts';
import { getCustomer } from '../../server/modules/customer/get.ts';
import { importCustomers } from '../../server/modules/customer/import-customers.ts';
import { previewCustomerImport } from '../../server/modules/customer/import-preview.ts';
import { linkHostClient } from '../../server/modules/customer/link-host-client.ts';
import { listCustomers } from '../../server/modules/customer/list.ts';
import { removeCustomer } from '../../server/modules/customer/remove.ts';
import { restoreCustomer } from '../../server/modules/customer/restore.ts';
import { totalCustomers } from '../../server/modules/customer/totals.ts';
import { updateCustomer } from '../../server/modules/customer/update.ts';
import { getInvoice } from '../../server/modules/invoice/get.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import { revenueByCustomer } from '../../server/modules/revenue/by-customer.ts';
import { listServices } from '../../server/modules/service/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor, VPS_DUE } from '../support/orders.ts';
import type { ShopClient } from '../support/shop-client.ts';

let it: Installation;
let one: ResellerRow;
let other: ResellerRow;
let shop: ShopClient;
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
  shop = await it.login('reseller');
});
afterAll(() => it.stop());

let people = 0;
const add = (name: string, extra: object = {}, reseller = one) =>
  createCustomer(it.as(reseller), { name, email: `person-${(people += 1)}@example.org`, ...extra });

/** Buys a VPS for the customer; paid unless said otherwise. */
async function sell(customerId: string, paid = true) {
  const order = await placeFor(it.as(one), { customerId });
  if (paid) await shop.pay(order.hostInvoiceId!);
  await it.settle();
  return order;
}

const actions = async (id: string) =>
  (await it.admin().em.find(Activity, { subjectId: id }, { orderBy: { at: 'asc', id: 'asc' } })).map(
    ({ action }) => action,
  );

test('a customer is changed against the version that was seen, and the change is in the log with before and after', async () => {
  const made = await add('Ines', { company: 'Vogel AG', note: 'pays late' });
  const changed = await updateCustomer(it.as(one), {
    id: made.id,
    version: made.version,
    phone: '+49 30 1',
    company: '',
  });
  expect(changed).toMatchObject({ phone: '+49 30 1', company: null, name: 'Ines', version: made.version + 1 });
  await expect(updateCustomer(it.as(one), { id: made.id, version: made.version, name: 'X' })).rejects.toMatchObject({
    code: 'version_mismatch',
  });
  const [entry] = await it.admin().em.find(Activity, { subjectId: made.id, action: 'customer.updated' });
  expect(entry).toMatchObject({ before: { company: 'Vogel AG', phone: null }, after: { company: null } });
  // The reseller's own words: the provider reads the log.
  expect(JSON.stringify(entry)).not.toContain('late');
  const [{ payload }] = (await it
    .admin()
    .em.execute<{ payload: object }[]>(`select payload from outbox where type = 'customer.updated' limit 1`)) as [
    { payload: object },
  ];
  expect(JSON.stringify(payload)).not.toContain('late');
});

test('a customer is called by its company wherever it is named, and found and sorted by it', async () => {
  const firm = await add('Zoe Zimmer', { company: 'Aachen Aircraft' });
  const order = await sell(firm.id);
  await it.settle();
  const called = 'Aachen Aircraft';
  expect((await listOrders(it.as(one), { customerId: firm.id })).rows[0]?.customer?.name).toBe(called);
  expect((await listServices(it.as(one), { customerId: firm.id })).rows[0]?.customer?.name).toBe(called);
  expect((await getInvoice(it.as(one), { id: order.hostInvoiceId! })).lines[0]?.customer?.name).toBe(called);
  const revenue = await revenueByCustomer(it.as(one), { range: 'all', currency: 'USD' });
  expect(revenue.rows.find(({ customer }) => customer?.id === firm.id)?.customer?.name).toBe(called);
  expect((await listCustomers(it.as(one), {})).rows[0]?.id).toBe(firm.id);
  for (const search of ['aachen', 'zoe zi']) {
    expect((await listCustomers(it.admin(), { search })).rows.map(({ id }) => id)).toEqual([firm.id]);
    expect((await listOrders(it.admin(), { search })).rows.map(({ id }) => id)).toEqual([order.id]);
  }
});

test('two of a reseller’s customers never share an e-mail address or reference; those of two resellers may', async () => {
  const first = await add('Otto', { email: 'otto@example.org', externalReference: 'C-1' });
  await expect(add('Otto again', { email: 'OTTO@example.org' })).rejects.toMatchObject({
    code: 'duplicate',
    path: '/email',
    message: expect.stringContaining('Otto'),
  });
  await expect(add('Third', { externalReference: 'C-1' })).rejects.toMatchObject({ path: '/externalReference' });
  const second = await add('Fourth');
  await expect(
    updateCustomer(it.as(one), { id: second.id, version: second.version, email: first.email }),
  ).rejects.toMatchObject({ code: 'duplicate' });
  expect(await add('Otto', { email: 'otto@example.org', externalReference: 'C-1' }, other)).toMatchObject({
    name: 'Otto',
  });
});

test('every verb answers a foreign customer as it answers an unknown one', async () => {
  const { id, version } = await add('Foreign');
  const verbs = [
    (ctx: ReturnType<typeof it.as>, id: string) => getCustomer(ctx, { id }),
    (ctx: ReturnType<typeof it.as>, id: string) => updateCustomer(ctx, { id, version, name: 'x' }),
    (ctx: ReturnType<typeof it.as>, id: string) => archiveCustomer(ctx, { id, version }),
    (ctx: ReturnType<typeof it.as>, id: string) => restoreCustomer(ctx, { id, version }),
    (ctx: ReturnType<typeof it.as>, id: string) => removeCustomer(ctx, { id, version }),
  ];
  for (const verb of verbs) {
    const foreign = await verb(it.as(other), id).catch((error: unknown) => error);
    const unknown = await verb(it.as(other), 'cus_unknown').catch((error: unknown) => error);
    expect(foreign).toMatchObject({ code: 'not_found' });
    expect(foreign).toEqual(unknown);
  }
});

test('a customer with running services can be neither archived nor deleted; one that nothing hangs on can be both', async () => {
  const busy = await add('Busy');
  await sell(busy.id);
  const seen = await getCustomer(it.as(one), { id: busy.id });
  expect(seen.archiveBlocked).toContain('1 of its services');
  expect(seen.deleteBlocked).toContain('1 orders and 1 services');
  await expect(archiveCustomer(it.as(one), busy)).rejects.toMatchObject({ code: 'conflict' });
  await expect(removeCustomer(it.as(one), busy)).rejects.toMatchObject({ code: 'conflict' });

  const idle = await add('Idle');
  const archived = await archiveCustomer(it.as(one), idle);
  expect(archived.status).toBe('archived');
  await expect(placeFor(it.as(one), { customerId: idle.id })).rejects.toMatchObject({ code: 'not_found' });
  const restored = await restoreCustomer(it.as(one), archived);
  expect(restored.status).toBe('active');
  await expect(removeCustomer(it.as(one), archived)).rejects.toMatchObject({ code: 'version_mismatch' });
  await removeCustomer(it.as(one), restored);
  await expect(getCustomer(it.as(one), { id: idle.id })).rejects.toMatchObject({ code: 'not_found' });
  expect(await actions(idle.id)).toEqual([
    'customer.created',
    'customer.archived',
    'customer.restored',
    'customer.deleted',
  ]);
});

test('figures count what was paid for a customer’s services, what is unpaid, and whom it makes grow', async () => {
  const payer = await add('Zoe payer');
  const debtor = await add('Yann debtor');
  await add('Xaver empty');
  await sell(payer.id);
  await sell(debtor.id, false);
  const { rows, total, totalIsExact } = await listCustomers(it.as(one), { search: 'a', sort: '-revenue', limit: 100 });
  expect([total, totalIsExact]).toEqual([rows.length, true]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  expect(byId.get(payer.id)).toMatchObject({
    services: { running: 1, all: 1 },
    orders: 1,
    revenue: [{ currency: 'USD', amount: VPS_DUE }],
    revenueAllTime: [{ currency: 'USD', amount: VPS_DUE }],
    outstanding: [],
  });
  expect(byId.get(debtor.id)).toMatchObject({
    services: { running: 0, all: 0 },
    revenue: [],
    outstanding: [{ currency: 'USD', amount: VPS_DUE }],
    overdue: false,
  });
  const revenues = rows.map(({ revenue }) => Number(revenue[0]?.amount ?? 0));
  expect(revenues).toEqual(revenues.toSorted((left, right) => right - left));
  const idle = await listCustomers(it.as(one), { view: 'no_active_service', limit: 100 });
  expect(idle.rows.map(({ id }) => id)).toContain(debtor.id);
  expect(idle.rows.map(({ id }) => id)).not.toContain(payer.id);
  expect(idle.total).toBe(idle.rows.length);
  expect((await listCustomers(it.as(one), { product: 'vps-s', search: 'payer' })).rows.map(({ id }) => id)).toEqual([
    payer.id,
  ]);
  expect((await listCustomers(it.as(one), { view: 'growing' })).rows).toEqual([]);

  // Yesterday's payment is in the last 30 complete days.
  await it.admin().em.execute(`update ledger set day = day - 1`);
  const growing = await listCustomers(it.as(one), { view: 'growing', search: 'payer' });
  expect(growing.rows[0]?.growth).toEqual({
    recent: { currency: 'USD', amount: VPS_DUE },
    before: { currency: 'USD', amount: '0.00' },
    bp: null,
  });
  const { customers, revenue, outstanding } = await totalCustomers(it.as(one), { search: 'payer' });
  expect({ customers: customers > 0, revenue, outstanding }).toEqual({
    customers: true,
    revenue: [{ currency: 'USD', amount: VPS_DUE }],
    outstanding: [],
  });
  const [summed] = await it.admin().em.execute<{ amount: string }[]>(
    `select (sum(l.amount) / 100.0)::numeric(12, 2)::text as amount from ledger l
       join service s on s.host_service_id = l.host_service_id where s.reseller_id = ? and s.customer_id is not null`,
    [one.id],
  );
  expect((await totalCustomers(it.as(one), {})).revenue).toEqual([{ currency: 'USD', amount: summed?.amount }]);
  const detail = await getCustomer(it.as(one), { id: payer.id });
  expect(detail.shareBp).toBeGreaterThan(0);
  expect(detail.timeline.map(({ kind, by }) => [kind, by])).toEqual([['customer.created', 'reseller']]);
});

test('a list pages in every order without losing or doubling anyone', async () => {
  for (const sort of [
    'name',
    '-name',
    'createdAt',
    '-createdAt',
    'revenue',
    '-services',
    'lastOrder',
    '-growth',
  ] as const) {
    const all = (await listCustomers(it.as(one), { sort, limit: 100 })).rows.map(({ id }) => id);
    const paged: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listCustomers(it.as(one), { sort, limit: 2, cursor });
      paged.push(...page.rows.map(({ id }) => id));
      if (page.cursor === null) break;
      cursor = page.cursor;
    }
    expect(paged, sort).toEqual(all);
  }
});

test('an admin sees the customers of all resellers, sorted by figures only for one of them', async () => {
  const names = (await listCustomers(it.admin(), { search: 'otto', limit: 100 })).rows.map(
    ({ resellerId }) => resellerId,
  );
  expect(names.toSorted()).toEqual([one.id, other.id].toSorted());
  await expect(listCustomers(it.admin(), { sort: '-revenue' })).rejects.toMatchObject({ path: '/resellerId' });
  const { rows } = await listCustomers(it.admin(), { sort: '-revenue', resellerId: other.id });
  expect(rows.map(({ resellerId }) => resellerId)).toEqual([other.id]);
  // A reseller cannot widen its view by naming another.
  expect((await listCustomers(it.as(other), { resellerId: one.id })).rows.map(({ resellerId }) => resellerId)).toEqual([
    other.id,
  ]);
});

test('staff link a customer to a client of the host, once, and never to a reseller', async () => {
  const customer = await add('Linked');
  await expect(linkHostClient(it.as(one), { ...customer, hostClientId: '3' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(linkHostClient(it.admin(), { ...customer, hostClientId: '2' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(linkHostClient(it.admin(), { ...customer, hostClientId: '404' })).rejects.toMatchObject({
    code: 'not_found',
  });
  const linked = await linkHostClient(it.admin(), { ...customer, hostClientId: '3' });
  expect(linked.hostClientId).toBe('3');
  const second = await add('Linked too');
  await expect(linkHostClient(it.admin(), { ...second, hostClientId: '3' })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect((await linkHostClient(it.admin(), { ...linked, hostClientId: null })).hostClientId).toBeNull();
});

test('an import says first what it would do, writes all or nothing, and again changes nothing', async () => {
  const known = await add('Known', { externalReference: 'K-1' });
  const csv = `name,email,external_reference,country\nKnown renamed,${known.email},K-1,de\nNew,new@import.example,N-1,AT\n`;
  const preview = await previewCustomerImport(it.as(one), { csv });
  expect(preview.totals).toEqual({ create: 1, update: 1, same: 0, error: 0 });
  expect((await getCustomer(it.as(one), { id: known.id })).name).toBe('Known');

  const faulty = `${csv}Bad,not an address,N-1,Germany\n`;
  const refused = await importCustomers(it.as(one), { csv: faulty });
  expect(refused.written).toBe(false);
  expect(refused.rows[2]).toMatchObject({ line: 4, action: 'error' });
  expect(refused.rows[2]!.errors.map(({ column }) => column)).toEqual(['email', 'country']);
  expect((await listCustomers(it.as(one), { search: 'import.example' })).total).toBe(0);

  expect((await importCustomers(it.as(one), { csv })).written).toBe(true);
  expect(await getCustomer(it.as(one), { id: known.id })).toMatchObject({ name: 'Known renamed', country: 'DE' });
  expect((await importCustomers(it.as(one), { csv })).totals).toEqual({ create: 0, update: 0, same: 2, error: 0 });
  expect((await listCustomers(it.as(other), { search: 'import.example' })).total).toBe(0);
});

test('an export holds what the filter finds, can be imported again, and runs no formula in a spreadsheet', async () => {
  await add('=SUM(A1)', { externalReference: 'F-1', phone: '+49 1' });
  const { csv, rows, cursor } = await exportCustomers(it.as(one), {});
  expect([rows, cursor]).toEqual([(await listCustomers(it.as(one), {})).total, null]);
  expect(csv).toContain(`'=SUM(A1)`);
  expect(csv).toContain(`USD ${VPS_DUE}`);
  const again = await previewCustomerImport(it.as(one), { csv });
  expect(again.totals).toEqual({ create: 0, update: 0, same: rows, error: 0 });
  expect((await exportCustomers(it.as(other), {})).csv).not.toContain('SUM');
});
