import { afterAll, beforeAll, expect, test } from 'vitest';
import { HostError } from '../../hooks/contract/index.ts';
import { Activity } from '../../server/modules/activity/entity.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { archiveCustomer } from '../../server/modules/customer/archive.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { takeIn } from '../../server/modules/intake/take-in.ts';
import { orderAgain } from '../../server/modules/order/again.ts';
import { assignCustomer } from '../../server/modules/order/assign-customer.ts';
import { cancelOrder } from '../../server/modules/order/cancel.ts';
import { exportOrders } from '../../server/modules/order/export.ts';
import { getOrder } from '../../server/modules/order/get.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import { mirrorOrder } from '../../server/modules/order/mirror.ts';
import { placeOrder } from '../../server/modules/order/place.ts';
import { resumeOrders } from '../../server/modules/order/resume.ts';
import { totalOrders } from '../../server/modules/order/totals.ts';
import { updateOrder } from '../../server/modules/order/update.ts';
import { Outbox } from '../../server/modules/outbox/entity.ts';
import { getDraft } from '../../server/modules/order-draft/get.ts';
import { listDrafts } from '../../server/modules/order-draft/list.ts';
import { removeDraft } from '../../server/modules/order-draft/remove.ts';
import { saveOrderDraft } from '../../server/modules/order-draft/save.ts';
import { createQuote } from '../../server/modules/quote/create.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { hostPermissions } from '../../server/permissions.ts';
import { eventually } from '../support/eventually.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor, vpsLine, VPS_DUE } from '../support/orders.ts';
import type { ShopClient } from '../support/shop-client.ts';

let it: Installation;
let one: ResellerRow;
let other: ResellerRow;
let shop: ShopClient;
let staff: ShopClient;
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
  [shop, staff] = await Promise.all([it.login('reseller'), it.login('admin')]);
});
afterAll(() => it.stop());

let people = 0;
const customer = (reseller = one) =>
  createCustomer(it.as(reseller), { name: `Person ${(people += 1)}`, email: `person-${people}@example.org` });
const hostOrder = async (id: string) => (await it.sandbox.port['orders.find']({ reference: id })).order;
const actions = async (subjectId: string) =>
  (await it.admin().em.find(Activity, { subjectId }, { orderBy: { at: 'asc', id: 'asc' } })).map(
    ({ action }) => action,
  );
/** Runs the job until the order is cancelled: a connection gives its lock back a moment after its work. */
const resumed = (id: string) =>
  eventually(async () => {
    await resumeOrders(it.system(), { all: true });
    return (await getOrder(it.as(one), { id })).status === 'cancelled';
  });
const settings = (change: object) => staff.ok('POST', '/api/test/settings', change);

test('a pending order is cancelled in the host with its invoice, once, and says so', async () => {
  const placed = await placeFor(it.as(one));
  const cancelled = await cancelOrder(it.as(one), { id: placed.id, version: placed.version, reason: 'typed twice' });
  expect(cancelled.status).toBe('cancelled');
  expect((await hostOrder(placed.id))?.status).toBe('cancelled');
  // The same click again, with what it saw.
  expect((await cancelOrder(it.as(one), { id: placed.id, version: placed.version })).status).toBe('cancelled');
  await it.settle();
  const seen = await getOrder(it.as(one), { id: placed.id });
  expect(seen).toMatchObject({
    status: 'cancelled',
    cancelling: false,
    canCancel: false,
    invoice: { status: 'cancelled' },
  });
  expect(seen.invoice?.payUrl).toBeNull();
  expect((await actions(placed.id)).filter((action) => action === 'order.cancelled')).toHaveLength(1);
  expect(seen.journal.filter(({ step }) => step === 'cancel').map(({ phase }) => phase)).toEqual(['begin', 'done']);
});

test('a report of the host from before the cancelling does not bring the order back', async () => {
  const placed = await placeFor(it.as(one));
  const report = (await hostOrder(placed.id))!;
  await cancelOrder(it.as(one), placed);
  const ctx = it.system();
  await ctx.em.transactional(async (em) => mirrorOrder({ ...ctx, em }, report, 1));
  expect((await getOrder(it.as(one), { id: placed.id })).status).toBe('cancelled');
  expect((await actions(placed.id)).filter((action) => action === 'order.pending')).toHaveLength(1);
});

test('a lost answer leaves the order cancelling, and it is looked up until it is known to be cancelled', async () => {
  const placed = await placeFor(it.as(one));
  await settings({ failAfter: 'orders.cancel' });
  const asked = await cancelOrder(it.as(one), placed);
  expect(asked.status).toBe('pending');
  expect((await getOrder(it.as(one), { id: placed.id })).cancelling).toBe(true);
  expect((await listOrders(it.as(one), { search: placed.id })).rows[0]?.cancelling).toBe(true);
  expect((await hostOrder(placed.id))?.status).toBe('cancelled');
  await resumed(placed.id);
  expect((await actions(placed.id)).slice(-2)).toEqual(['order.cancel_requested', 'order.cancelled']);
});

test('what the host refuses is not accepted: nothing was ordered, and order, log and event say why', async () => {
  const ctx = it.as(one);
  const host = new Proxy(ctx.host, {
    get: (calls, name) =>
      name === 'orders.place'
        ? () => Promise.reject(new HostError('refused', 'This product is sold out.'))
        : (Reflect.get(calls, name) as unknown),
  });
  const placed = await placeFor({ ...ctx, host });
  expect(placed).toMatchObject({ status: 'not_accepted', reason: 'This product is sold out.' });
  expect(await hostOrder(placed.id)).toBeNull();
  expect(await actions(placed.id)).toEqual(['order.submitted', 'order.not_accepted']);
  const told = await it.admin().em.find(Outbox, { type: 'order.not_accepted' });
  expect(told.map(({ payload }) => payload)).toEqual([
    { orderId: placed.id, status: 'not_accepted', reason: 'This product is sold out.' },
  ]);
});

test('a host that is away cancels later, once', async () => {
  const placed = await placeFor(it.as(one));
  await settings({ failNext: 'orders.cancel' });
  expect((await cancelOrder(it.as(one), placed)).status).toBe('pending');
  expect((await hostOrder(placed.id))?.status).toBe('pending');
  await resumed(placed.id);
  expect((await hostOrder(placed.id))?.status).toBe('cancelled');
});

test('an order that was paid is not cancelled, neither before nor while the host is asked', async () => {
  const paid = await placeFor(it.as(one));
  await shop.pay(paid.hostInvoiceId!);
  // The payment's event has not come yet: the host knows better.
  await expect(cancelOrder(it.as(one), paid)).rejects.toMatchObject({ code: 'host_refused' });
  const open = await getOrder(it.as(one), { id: paid.id });
  expect(open).toMatchObject({ status: 'pending', cancelling: false });
  await it.settle();
  const settled = await getOrder(it.as(one), { id: paid.id });
  expect(settled).toMatchObject({ status: 'paid', canCancel: false });
  await expect(cancelOrder(it.as(one), settled)).rejects.toMatchObject({ code: 'conflict' });
  expect(await actions(paid.id)).toContain('order.cancel_refused');
});

test('two who change an order at once: the second is told; a foreign order looks unknown', async () => {
  const placed = await placeFor(it.as(one));
  const person = await customer();
  const moved = await updateOrder(it.as(one), { ...placed, customerId: person.id, note: 'for the shop' });
  expect(moved).toMatchObject({ customer: { id: person.id }, note: 'for the shop' });
  await expect(updateOrder(it.as(one), { id: placed.id, version: placed.version, note: 'x' })).rejects.toMatchObject({
    code: 'version_mismatch',
  });
  await expect(cancelOrder(it.as(one), placed)).rejects.toMatchObject({ code: 'version_mismatch' });
  for (const verb of [
    (id: string) => updateOrder(it.as(other), { id, version: moved.version, note: 'x' }),
    (id: string) => cancelOrder(it.as(other), { id, version: moved.version }),
    (id: string) => orderAgain(it.as(other), { id }),
  ]) {
    const foreign = await verb(placed.id).catch((error: unknown) => error);
    expect(foreign).toMatchObject({ code: 'not_found' });
    expect(foreign).toEqual(await verb('ord_unknown').catch((error: unknown) => error));
  }
  const theirs = await customer(other);
  await expect(
    updateOrder(it.as(one), { id: placed.id, version: moved.version, customerId: theirs.id }),
  ).rejects.toMatchObject({
    code: 'not_found',
    path: '/customerId',
  });
});

test('an order goes to a customer that is not archived, and its services follow', async () => {
  const placed = await placeFor(it.as(one));
  await shop.pay(placed.hostInvoiceId!);
  await it.settle();
  const [gone, person] = [await customer(), await customer()];
  await archiveCustomer(it.as(one), gone);
  await expect(assignCustomer(it.as(one), { id: placed.id, customerId: gone.id })).rejects.toMatchObject({
    code: 'not_found',
  });
  await assignCustomer(it.as(one), { id: placed.id, customerId: person.id });
  const rows = await it
    .admin()
    .em.execute<{ customer_id: string }[]>('select customer_id from service where order_id = ?', [placed.id]);
  expect(rows).toEqual([{ customer_id: person.id }]);
});

test('a draft survives its frame, is changed by version, and is never ordered twice', async () => {
  const person = await customer();
  const saved = await saveOrderDraft(it.as(one), {
    customerId: person.id,
    currency: 'USD',
    lines: [{ product: 'vps-s' }],
  });
  expect((await listDrafts(it.as(one), {})).rows.map(({ id }) => id)).toEqual([saved.id]);
  expect((await listDrafts(it.as(other), {})).rows).toEqual([]);
  const full = await saveOrderDraft(it.as(one), { ...saved, customerId: person.id, lines: [vpsLine] });
  await expect(saveOrderDraft(it.as(one), { ...saved, customerId: null, lines: [] })).rejects.toMatchObject({
    code: 'version_mismatch',
  });
  for (const verb of [getDraft, removeDraft]) {
    const foreign = await verb(it.as(other), { id: saved.id }).catch((error: unknown) => error);
    expect(foreign).toEqual(await verb(it.as(other), { id: 'drf_unknown' }).catch((error: unknown) => error));
    expect(foreign).toMatchObject({ code: 'not_found' });
  }
  const { quote } = await createQuote(it.as(one), { currency: 'USD', lines: [vpsLine] });
  const order = await placeOrder(it.as(one), {
    currency: 'USD',
    lines: [vpsLine],
    customerId: person.id,
    quote,
    idempotencyKey: full.idempotencyKey,
  });
  // The frame died before it could delete the draft.
  expect((await listDrafts(it.as(one), {})).rows).toEqual([]);
  const kept = await getDraft(it.as(one), { id: saved.id });
  expect(kept.order).toMatchObject({ id: order.id });
  await expect(saveOrderDraft(it.as(one), { ...kept, customerId: null })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(order.number),
  });
  await removeDraft(it.as(one), { id: saved.id });
  await expect(getDraft(it.as(one), { id: saved.id })).rejects.toMatchObject({ code: 'not_found' });
  expect((await getOrder(it.as(one), { id: order.id })).id).toBe(order.id);
});

test('a draft that the host refused is a new intention once it is changed', async () => {
  const draft = await saveOrderDraft(it.as(one), { currency: 'USD', lines: [vpsLine] });
  await it.admin().em.execute(
    `insert into reseller_order (id, reseller_id, status, via, currency, digits, tax, due_now, lines, idempotency_key, placed_at)
     values ('ord_refused', ?, 'not_accepted', 'portal', 'USD', 2, 'net', '1.00', '[]', ?, now())`,
    [one.id, draft.idempotencyKey],
  );
  expect((await listDrafts(it.as(one), {})).rows.map(({ id }) => id)).toContain(draft.id);
  const changed = await saveOrderDraft(it.as(one), { ...draft, customerId: null });
  expect(changed.idempotencyKey).not.toBe(draft.idempotencyKey);
  await removeDraft(it.as(one), { id: draft.id });
});

test('ordering again quotes the same lines at today’s prices and tells what changed', async () => {
  const person = await customer();
  const lines = [vpsLine, { product: 'vps-s', term: '1Y', quantity: 2, options: { ram: '8g' } }];
  const placed = await placeFor(it.as(one), { customerId: person.id, lines });
  const same = await orderAgain(it.as(one), { id: placed.id });
  expect(same.lines.map(({ difference }) => difference)).toEqual(['0.00', '0.00']);
  expect(same.quote?.dueNow).toBe(placed.total);
  expect(same.customerId).toBe(person.id);

  const cell = { component: 'base', term: '1M', currency: 'USD' };
  await staff.ok('POST', '/api/admin/products/vps-s/price', { ...cell, price: '11.00' });
  await staff.ok('POST', '/api/admin/products/vps-s/price', { ...cell, term: '1Y', price: null });
  await syncCatalogue(it.system(), {});
  const changed = await orderAgain(it.as(one), { id: placed.id });
  // 20 % off one dollar more.
  expect(changed.lines[0]).toMatchObject({
    difference: '0.80',
    was: { unitPrice: '12.40' },
    now: { unitPrice: '13.20' },
  });
  expect(changed.lines[1]).toMatchObject({ now: null, difference: null, notOffered: expect.any(String) });
  expect(changed.quote?.lines).toHaveLength(1);
  const again = await placeOrder(it.as(one), {
    currency: 'USD',
    lines: [changed.lines[0]!.item],
    quote: changed.quote!.quote,
    idempotencyKey: 'ordered-again',
  });
  expect(again.total).toBe('18.20');
  await staff.ok('POST', '/api/admin/products/vps-s/price', { ...cell, price: '10.00' });
  await syncCatalogue(it.system(), {});
});

test('orders are found by status, way, customer, product, day and words; sums never mix currencies', async () => {
  const person = await customer();
  const mine = await placeFor(it.as(one), { customerId: person.id });
  const bought = await shop.buy([vpsLine]);
  await it.settle();
  const ids = async (filter: Parameters<typeof listOrders>[1], reseller = one) =>
    (await listOrders(it.as(reseller), { limit: 100, ...filter })).rows.map(({ id }) => id);
  expect(await ids({ customerId: person.id })).toEqual([mine.id]);
  expect(await ids({ search: mine.number })).toContain(mine.id);
  expect(await ids({ search: `Person ${people}` })).toEqual([mine.id]);
  expect(await ids({ search: mine.hostInvoiceId! })).toContain(mine.id);
  expect(await ids({ hostOrderId: mine.hostOrderId! })).toEqual([mine.id]);
  expect(await ids({ hostOrderId: mine.hostOrderId! }, other)).toEqual([]);
  const fromShop = await ids({ via: 'shop' });
  expect(fromShop).toHaveLength(1);
  expect(await ids({ via: ['shop', 'staff'], assigned: false })).toEqual(fromShop);
  expect(await ids({ assigned: true })).not.toContain(fromShop[0]);
  expect(await ids({ product: 'vps-s', via: 'shop' })).toEqual(fromShop);
  expect(await ids({ product: 'no-such' })).toEqual([]);
  expect(await ids({ until: '2020-01-01' })).toEqual([]);
  expect(await ids({ from: '2020-01-01', customerId: person.id })).toEqual([mine.id]);
  expect(await ids({ search: mine.id }, other)).toEqual([]);
  const [row] = (await listOrders(it.as(one), { via: 'shop' })).rows;
  expect(row).toMatchObject({ total: VPS_DUE, hostInvoiceId: bought.invoiceId, invoice: { status: 'unpaid' } });
  const [priced] = (await listOrders(it.as(one), { customerId: person.id })).rows;
  expect(priced).toMatchObject({ retailTotal: '20.50', products: ['vps-s'], reseller: one.company });

  const { counts, totals } = await totalOrders(it.as(one), { customerId: person.id });
  expect(counts).toEqual({ pending: 1 });
  expect(totals).toEqual([{ status: 'pending', currency: 'USD', orders: 1, amount: VPS_DUE }]);
  await expect(totalOrders(it.admin(), {})).rejects.toMatchObject({ path: '/resellerId' });
  const whole = await listOrders(it.as(one), { limit: 100 });
  const counted = Object.values((await totalOrders(it.admin(), { resellerId: one.id })).counts);
  expect(counted.reduce((left, right) => left + right, 0)).toBe(whole.total);
});

test('an admin finds any order by number, invoice, customer or domain, and pages over all resellers', async () => {
  const theirs = await placeFor(it.as(other));
  const find = async (search: string) => (await listOrders(it.admin(), { search })).rows.map(({ id }) => id);
  expect(await find(theirs.number)).toContain(theirs.id);
  expect(await find(theirs.hostInvoiceId!)).toContain(theirs.id);
  expect(await find(`Person ${people}`)).not.toContain(theirs.id);
  for (const sort of ['placedAt', '-placedAt'] as const) {
    const all = (await listOrders(it.admin(), { sort, limit: 100 })).rows.map(({ id }) => id);
    const paged: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listOrders(it.admin(), { sort, limit: 3, cursor });
      paged.push(...page.rows.map(({ id }) => id));
      if (page.cursor === null) break;
      cursor = page.cursor;
    }
    expect(paged).toEqual(all);
    expect(all).toContain(theirs.id);
  }
  const { csv, rows } = await exportOrders(it.as(other), {});
  expect([rows, csv.includes(theirs.id)]).toEqual([1, true]);
  expect((await exportOrders(it.as(one), {})).csv).not.toContain(theirs.id);
});

test('an order tells its whole story: what was done, tried at the host, and reported by it', async () => {
  const placed = await placeFor(it.as(one), { lines: [{ ...vpsLine, quantity: 2 }] });
  await shop.pay(placed.hostInvoiceId!);
  await it.settle();
  const seen = await getOrder(it.as(one), { id: placed.id });
  expect(seen.timeline.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['order.submitted', 'order.pending', 'order.paid', 'invoice.paid', 'service.active']),
  );
  expect(seen.journal.map(({ step, phase }) => `${step} ${phase}`)).toEqual([
    'place begin',
    'place done',
    'invoice begin',
    'invoice done',
  ]);
  expect(seen.reports.map(({ type }) => type)).toEqual(expect.arrayContaining(['order.created', 'invoice.paid']));
  expect(seen.hostUrl).toContain(seen.hostOrderId);
  expect(seen.services).toMatchObject([{ wholesale: '24.80' }]);
});

test('its steps stand in the order in which they happened at the host, not in that in which they were heard of', async () => {
  const placed = await placeFor(it.as(one));
  await it.settle();
  await shop.pay(placed.hostInvoiceId!);
  const body = await staff.ok('GET', '/api/test/outbox');
  const outbox = body['outbox'] as { deliveredMs: number | null; event: { id: string; occurredAt: string } }[];
  // Newest first: the other way round than they came about.
  const reported = outbox.filter(({ deliveredMs }) => deliveredMs === null).map(({ event }) => event);
  const host = { kind: 'host', id: 'host', name: 'host', permissions: hostPermissions } as const;
  expect(reported.length).toBeGreaterThan(1);
  for (const event of reported) {
    expect(await takeIn(() => it.service.context(host), [event])).toMatchObject([{ outcome: 'applied' }]);
  }
  const heard = await it
    .admin()
    .em.find(
      Activity,
      { resellerId: one.id, action: { $in: ['order.paid', 'service.active'] } },
      { orderBy: { sequence: 'desc' }, limit: 2 },
    );
  expect(heard.map(({ action }) => action)).toEqual(['order.paid', 'service.active']);

  const { timeline } = await getOrder(it.as(one), { id: placed.id });
  const steps = timeline.map(({ kind }) => kind).filter((kind) => kind !== 'service.pending');
  expect(steps).toEqual(['order.submitted', 'order.pending', 'order.paid', 'invoice.paid', 'service.active']);
  expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted());
});
