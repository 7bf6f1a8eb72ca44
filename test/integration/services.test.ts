import { afterAll, beforeAll, expect, test } from 'vitest';
import { listProducts } from '../../server/modules/catalogue/list-products.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { getBalance } from '../../server/modules/invoice/balance.ts';
import { getInvoice } from '../../server/modules/invoice/get.ts';
import { listInvoices } from '../../server/modules/invoice/list.ts';
import { orderAgain } from '../../server/modules/order/again.ts';
import { assignCustomer } from '../../server/modules/order/assign-customer.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import { createQuote } from '../../server/modules/quote/create.ts';
import { reviewQuote } from '../../server/modules/quote/review.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { assignService } from '../../server/modules/service/assign-customer.ts';
import { getService } from '../../server/modules/service/get.ts';
import { listServices } from '../../server/modules/service/list.ts';
import { lowerLocks } from '../../server/modules/service/lower-locks.ts';
import { totalServices } from '../../server/modules/service/totals.ts';
import { linkTicket } from '../../server/modules/ticket/link.ts';
import { listTickets } from '../../server/modules/ticket/list.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { lacking } from '../support/lacking.ts';
import { placeFor, vpsLine, VPS_RECURRING } from '../support/orders.ts';
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

/** A paid VPS of a customer, as the list shows its service. */
async function sell(customerId: string | null = null, extra: object = {}) {
  const order = await placeFor(it.as(one), { customerId, lines: [{ ...vpsLine, ...extra }] });
  await shop.pay(order.hostInvoiceId!);
  await it.settle();
  const [service] = (await listServices(it.as(one), { orderId: order.id })).rows;
  return { order, service: service! };
}

/** How each verb answers an id of another reseller, which must be how it answers one that does not exist. */
async function expectUnknown(verb: (id: string) => Promise<unknown>, id: string): Promise<void> {
  const foreign = await verb(id).catch((error: unknown) => error);
  expect(foreign).toMatchObject({ code: 'not_found' });
  expect(foreign).toEqual(await verb('no-such-id').catch((error: unknown) => error));
}

test('a service shows what it renews at, since when and why, beside retail and wholesale of today', async () => {
  const person = await customer();
  const { service, order } = await sell(person.id, { quantity: 2, domain: 'web.example.org' });
  expect(service).toMatchObject({
    customer: { id: person.id },
    orderId: order.id,
    status: 'active',
    domain: 'web.example.org',
    recurring: VPS_RECURRING,
    wholesale: '24.80',
    retailToday: '31.00',
    wholesaleToday: '24.80',
    reseller: one.company,
  });
  const seen = await getService(it.as(one), { id: service.id });
  expect(seen.locks).toMatchObject([{ unitPrice: VPS_RECURRING, status: 'active', why: 'ordered', quantity: 2 }]);
  expect(seen.locks[0]?.listHash).toMatch(/^sha256:/);
  expect(seen.locks[0]?.components.map(({ title }) => title)).toEqual([
    'VPS S',
    'Extra IPv4 addresses',
    'Memory: 8 GB',
  ]);
  expect(seen.nextInvoice).toEqual({ dueOn: service.nextDueOn, currency: 'USD', amount: '24.80' });
  expect(seen.renewalInvoice).toBeNull();
  expect(seen.invoices).toMatchObject([{ status: 'paid', renewal: false }]);
  expect(seen.timeline.map(({ kind }) => kind)).toContain('service.active');
  expect(seen.hostUrl).toContain(service.hostServiceId);
  expect(seen.askProvider.url).toMatch(/^\//);
  await expectUnknown((id) => getService(it.as(other), { id }), service.id);
});

test('better terms show as a new lock with the old one behind it; the renewal to pay is named with its link', async () => {
  const { service } = await sell();
  const { version } = await getReseller(it.admin(), { id: one.id });
  await setTerms(it.admin(), { id: one.id, version, tierId: 'diamond', ownDiscountBp: null });
  await lowerLocks(it.system(), { resellerId: one.id });
  await it.settle();
  const lowered = await getService(it.as(one), { id: service.id });
  expect(lowered.locks.map(({ unitPrice, why, status }) => [unitPrice, why, status])).toEqual([
    ['10.86', 'changed', 'active'],
    [VPS_RECURRING, 'ordered', 'replaced'],
  ]);
  expect(lowered.wholesale).toBe('10.86');
  expect(lowered.timeline.map(({ kind }) => kind)).toContain('service.price_lowered');

  await staff.ok('POST', '/api/test/clock', { days: 25 });
  await it.settle();
  const due = await getService(it.as(one), { id: service.id });
  expect(due.renewalInvoice).toMatchObject({ amount: '10.86', status: 'unpaid', renewal: true });
  expect(due.renewalInvoice?.payUrl).toContain(due.renewalInvoice?.id);
  expect(due.nextInvoice).toBeNull();
  await shop.pay(due.renewalInvoice!.id);
  await it.settle();
  const paid = await getService(it.as(one), { id: service.id });
  expect(paid.renewalInvoice).toBeNull();
  expect(paid.invoices.filter(({ renewal }) => renewal)).toMatchObject([{ status: 'paid', amount: '10.86' }]);
});

test('services are found by state, product, customer, due day and words, and page in every order', async () => {
  const person = await customer();
  const { service } = await sell(person.id, { domain: 'unique-name.example.net' });
  const ids = async (filter: Parameters<typeof listServices>[1], ctx = it.as(one)) =>
    (await listServices(ctx, { limit: 100, ...filter })).rows.map(({ id }) => id);
  expect(await ids({ customerId: person.id })).toEqual([service.id]);
  expect(await ids({ search: 'QUE-NAME' })).toEqual([service.id]);
  expect(await ids({ search: `Person ${people}` })).toEqual([service.id]);
  expect(await ids({ product: 'vps-s', term: '1M', customerId: person.id })).toEqual([service.id]);
  expect(await ids({ product: 'no-such' })).toEqual([]);
  expect(await ids({ dueUntil: '2020-01-01' })).toEqual([]);
  expect(await ids({ assigned: false })).not.toContain(service.id);
  expect(await ids({ view: 'ended' })).toEqual([]);
  expect(await ids({ view: 'active' })).toContain(service.id);
  await staff.ok('POST', `/api/admin/services/${service.hostServiceId}/suspend`, {});
  await it.settle();
  expect(await ids({ view: 'needs_attention' })).toEqual([service.id]);
  expect(await ids({ status: ['suspended', 'cancelled'] })).toEqual([service.id]);
  expect((await getService(it.as(one), { id: service.id })).status).toBe('suspended');
  expect(await ids({ search: 'unique-name' }, it.admin())).toEqual([service.id]);
  expect(await ids({ resellerId: one.id }, it.as(other))).toEqual([]);

  for (const sort of ['nextDue', '-nextDue', 'createdAt', '-createdAt'] as const) {
    const all = await ids({ sort });
    const paged: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listServices(it.as(one), { sort, limit: 1, cursor });
      paged.push(...page.rows.map(({ id }) => id));
      if (page.cursor === null) break;
      cursor = page.cursor;
    }
    expect(paged).toEqual(all);
  }
  const { counts, recurring } = await totalServices(it.as(one), {});
  const [sum] = await it
    .admin()
    .em.execute<{ amount: string }[]>(
      `select sum(unit_price::numeric * quantity)::text as amount from price_lock where status = 'active' and reseller_id = ?`,
      [one.id],
    );
  const cents = recurring.reduce((total, { amount }) => total + Math.round(Number(amount) * 100), 0);
  expect(cents).toBe(Math.round(Number(sum?.amount) * 100));
  expect(counts['suspended']).toBe(1);
  await expect(totalServices(it.admin(), {})).rejects.toMatchObject({ path: '/resellerId' });
});

test('a service goes to another customer by itself, and then no longer follows its order', async () => {
  const [first, second, third] = [await customer(), await customer(), await customer()];
  const { service, order } = await sell(first.id);
  const change = { id: service.id, before: first.id, customerId: second.id };
  expect((await assignService(it.as(one), change)).customer?.id).toBe(second.id);
  await expect(assignService(it.as(one), { ...change, customerId: third.id })).rejects.toMatchObject({
    code: 'conflict',
  });
  await assignCustomer(it.as(one), { id: order.id, customerId: third.id });
  expect((await getService(it.as(one), { id: service.id })).customer?.id).toBe(second.id);
  const theirs = await customer(other);
  await expect(
    assignService(it.as(one), { id: service.id, before: second.id, customerId: theirs.id }),
  ).rejects.toMatchObject({ code: 'not_found', path: '/customerId' });
  await expectUnknown((id) => assignService(it.as(other), { id, before: null, customerId: null }), service.id);
});

test('tickets are listed from the host, linked to an order or a service of the same reseller, and opened there', async () => {
  const { service, order } = await sell();
  const ticket = await shop.ok<{ id: string }>('POST', '/api/tickets', { subject: 'Slow disk', message: 'Since noon' });
  const { rows, newUrl } = await listTickets(it.as(one), {});
  expect(rows).toMatchObject([{ id: ticket.id, subject: 'Slow disk', status: 'open', orderId: null, serviceId: null }]);
  expect([rows[0]?.url, newUrl]).toEqual([expect.stringMatching(/^\//), expect.stringMatching(/^\//)]);
  expect((await listTickets(it.as(one), { serviceId: service.id })).rows).toEqual([]);

  await linkTicket(it.as(one), { ticketId: ticket.id, serviceId: service.id });
  expect((await listTickets(it.as(one), { serviceId: service.id })).rows.map(({ id }) => id)).toEqual([ticket.id]);
  await linkTicket(it.as(one), { ticketId: ticket.id, orderId: order.id });
  expect((await listTickets(it.as(one), { orderId: order.id })).rows.map(({ id }) => id)).toEqual([ticket.id]);
  expect((await listTickets(it.as(one), { serviceId: service.id })).rows).toEqual([]);
  await expect(linkTicket(it.as(one), { ticketId: ticket.id })).rejects.toMatchObject({ code: 'bad_input' });

  expect((await listTickets(it.as(other), {})).rows).toEqual([]);
  await expectUnknown((orderId) => linkTicket(it.as(other), { ticketId: ticket.id, orderId }), order.id);
  await expectUnknown((serviceId) => linkTicket(it.as(other), { ticketId: ticket.id, serviceId }), service.id);
  const own = await placeFor(it.as(other));
  await expectUnknown((ticketId) => linkTicket(it.as(other), { ticketId, orderId: own.id }), ticket.id);
  expect((await listTickets(it.admin(), { resellerId: one.id })).rows).toHaveLength(1);
});

test('an invoice shows whose service each line is for and the lock it stands on, and where it is paid', async () => {
  const person = await customer();
  const { order } = await sell(person.id);
  const seen = await getInvoice(it.as(one), { id: order.hostInvoiceId! });
  const [charge] = seen.lines;
  expect(seen).toMatchObject({ status: 'paid', order: { id: order.id }, total: order.total, payUrl: null });
  expect(charge).toMatchObject({ customer: { id: person.id }, lock: { unitPrice: charge?.unitPrice } });
  expect(seen.timeline.map(({ kind }) => kind)).toEqual(['invoice.paid']);
  await expectUnknown((id) => getInvoice(it.as(other), { id }), order.hostInvoiceId!);

  const open = await placeFor(it.as(one), { customerId: person.id });
  const listed = await listInvoices(it.as(one), { customerId: person.id });
  expect(listed.rows.map(({ id }) => id)).toEqual([open.hostInvoiceId, order.hostInvoiceId]);
  expect(listed.rows[0]?.payUrl).toContain(open.hostInvoiceId);
  expect(
    (await listInvoices(it.as(one), { status: 'unpaid', customerId: person.id })).rows.map(({ id }) => id),
  ).toEqual([open.hostInvoiceId]);
  expect((await listInvoices(it.as(one), { search: seen.number })).rows.map(({ id }) => id)).toContain(seen.id);
  const all = (await listInvoices(it.as(one), { limit: 100 })).rows.map(({ id }) => id);
  const paged: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listInvoices(it.as(one), { limit: 2, cursor });
    paged.push(...page.rows.map(({ id }) => id));
    if (page.cursor === null) break;
    cursor = page.cursor;
  }
  expect(paged).toEqual(all);
});

test('what is owed is told by currency, overdue apart, beside the credit that the host keeps', async () => {
  const before = await getBalance(it.as(one), {});
  await placeFor(it.as(one));
  const owed = await getBalance(it.as(one), {});
  const cents = (amount = '0') => Math.round(Number(amount) * 100);
  expect(cents(owed.outstanding[0]?.amount) - cents(before.outstanding[0]?.amount)).toBeGreaterThan(0);
  expect(owed.outstanding[0]).toMatchObject({ currency: 'USD', overdue: '0' });
  expect(owed.credit).toEqual({ currency: 'USD', amount: '0.00' });
  await it.admin().em.execute(`update invoice set due_on = '2020-01-01' where status = 'unpaid'`);
  const late = await getBalance(it.as(one), {});
  expect(late.outstanding[0]?.overdue).toBe(late.outstanding[0]?.amount);
  expect((await listInvoices(it.as(one), { status: 'overdue' })).rows[0]?.status).toBe('overdue');
  await staff.ok('POST', '/api/admin/credit', { clientId: '1', amount: '25.00' });
  expect((await getBalance(it.as(one), {})).credit?.amount).toBe('25.00');
  expect((await getBalance(it.admin(), { resellerId: one.id })).outstanding).toEqual(late.outstanding);
  await expect(getBalance(it.admin(), {})).rejects.toMatchObject({ code: 'bad_input' });
  await expect(getBalance(it.admin(), { resellerId: 'rs_unknown' })).rejects.toMatchObject({ code: 'not_found' });
});

test('the host’s mails go to the reseller, never to the customer, whatever happens to the order', async () => {
  const person = await createCustomer(it.as(one), { name: 'End Customer', email: 'end.customer@their.example' });
  const { service } = await sell(person.id);
  await placeFor(it.as(one), { customerId: person.id });
  await staff.ok('POST', '/api/test/clock', { days: 31 });
  await it.settle();
  const { mails } = await staff.ok<{ mails: { to: string; clientId: string; subject: string }[] }>(
    'GET',
    '/api/test/mail',
  );
  const ours = mails.filter(({ clientId }) => clientId === '1');
  expect(ours.length).toBeGreaterThan(2);
  expect(new Set(ours.map(({ to }) => to))).toEqual(new Set(['reseller@demo.example']));
  expect(JSON.stringify(mails)).not.toContain('their.example');
  // The host is told whom an order is for, and no address to write to.
  const { order } = await it.sandbox.port['orders.find']({ reference: service.orderId! });
  expect(order?.customer).toEqual({ name: 'End Customer', reference: person.id });
  expect(JSON.stringify(order)).not.toContain('their.example');
  expect(order?.registrant).toBeNull();
});

test('a domain is registered for the customer; without one for the reseller’s own account', async () => {
  const person = await createCustomer(it.as(one), {
    name: 'Domain Owner',
    email: 'owner@their.example',
    phone: '+49 30 1',
    country: 'DE',
  });
  const lines = [
    {
      product: 'domain-com',
      term: '1Y',
      quantity: 1,
      options: {},
      action: 'register' as const,
      domain: 'their-own.com',
    },
  ];
  const placed = await placeFor(it.as(one), { customerId: person.id, lines });
  const { order } = await it.sandbox.port['orders.find']({ reference: placed.id });
  expect(order?.registrant).toEqual({
    name: 'Domain Owner',
    company: null,
    email: 'owner@their.example',
    phone: '+49 30 1',
    country: 'DE',
  });
  const own = await placeFor(it.as(one), { lines: [{ ...lines[0]!, domain: 'our-own.com' }] });
  expect((await it.sandbox.port['orders.find']({ reference: own.id })).order?.registrant).toBeNull();
  const { mails } = await staff.ok<{ mails: { to: string }[] }>('GET', '/api/test/mail');
  expect(mails.map(({ to }) => to)).not.toContain('owner@their.example');
  // Here the domain is the customer's; to own it, the reseller orders for itself.
  expect((await reviewQuote(it.as(one), { currency: 'USD', lines })).registrant).toBe('customer');
  expect((await reviewQuote(it.as(one), { currency: 'USD', lines: [vpsLine] })).registrant).toBeNull();
  await expect(placeFor(it.as(one), { customerId: person.id, lines, registrant: 'reseller' })).rejects.toMatchObject({
    code: 'bad_input',
    path: '/registrant',
  });
});

test('where the host registers for its own client alone, an order for a customer has to say that it wants that', async () => {
  const narrow = lacking('registrants', it.as(one));
  const person = await createCustomer(it.as(one), { name: 'Domain Owner', email: 'owner.two@their.example' });
  const lines = [
    {
      product: 'domain-com',
      term: '1Y',
      quantity: 1,
      options: {},
      action: 'register' as const,
      domain: 'their-two.com',
    },
  ];
  expect((await reviewQuote(narrow, { currency: 'USD', lines })).registrant).toBe('reseller');
  await expect(placeFor(narrow, { customerId: person.id, lines })).rejects.toMatchObject({
    code: 'bad_input',
    path: '/registrant',
    message: expect.stringContaining('"registrant": "reseller"'),
  });
  expect((await listOrders(it.as(one), { customerId: person.id })).total).toBe(0);
  const placed = await placeFor(narrow, { customerId: person.id, lines, registrant: 'reseller' });
  expect((await it.sandbox.port['orders.find']({ reference: placed.id })).order?.registrant).toBeNull();
  // Without a customer, or without a domain, there is nothing to say.
  await placeFor(narrow, { lines: [{ ...lines[0]!, domain: 'ours-two.com' }] });
  await placeFor(narrow, { customerId: person.id });
});

test('an add-on is ordered beside one of its products, and by itself refused with what to do', async () => {
  const addon = { product: 'addon-support', term: '1M', quantity: 1, options: {} };
  const { products } = await listProducts(it.as(one), { currency: 'USD' });
  const known = (id: string) => products.find((product) => product.id === id);
  expect(known('addon-support')?.addonTo).toContain('vps-s');
  expect(known('addon-support')?.addonTo).not.toContain('domain-com');
  // Work that is listed beside products and sold by itself as well is no add-on.
  expect(known('migration')?.addonTo).toBeNull();
  expect(known('vps-s')?.addonTo).toBeNull();
  const ask = (...lines: Parameters<typeof reviewQuote>[1]['lines']) =>
    reviewQuote(it.as(one), { currency: 'USD', lines });
  await expect(ask(addon)).rejects.toMatchObject({
    code: 'bad_input',
    path: '/lines/0/product',
    message: expect.stringContaining('Priority support is an add-on: order it together with'),
  });
  await expect(placeFor(it.as(one), { lines: [addon] })).rejects.toMatchObject({ code: 'bad_input' });
  await expect(createQuote(it.as(one), { currency: 'USD', lines: [addon] })).rejects.toMatchObject({
    code: 'bad_input',
  });
  expect((await ask(addon, vpsLine)).lines).toHaveLength(2);
  const order = await placeFor(it.as(one), { lines: [vpsLine, addon] });
  const again = await orderAgain(it.as(one), { id: order.id });
  expect(again.lines.map(({ notOffered }) => notOffered)).toEqual([null, null]);
  expect(again.quote?.lines).toHaveLength(2);
});
