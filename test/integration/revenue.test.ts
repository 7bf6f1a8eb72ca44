import { afterAll, beforeAll, expect, test } from 'vitest';
import { HostError } from '../../hooks/contract/host-error.ts';
import { listActivity } from '../../server/modules/activity/list.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { distributionOfNetwork } from '../../server/modules/network/distribution.ts';
import { refreshFigures } from '../../server/modules/network/figure.ts';
import { exportNetwork } from '../../server/modules/network/export.ts';
import { incomeOfNetwork } from '../../server/modules/network/income.ts';
import { networkNeedsAction } from '../../server/modules/network/needs-action.ts';
import { outstandingOfNetwork } from '../../server/modules/network/outstanding.ts';
import { overviewOfNetwork } from '../../server/modules/network/overview.ts';
import { rankResellers } from '../../server/modules/network/rankings.ts';
import { seriesOfNetwork } from '../../server/modules/network/series.ts';
import { assignCustomer } from '../../server/modules/order/assign-customer.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { revenueByCustomer } from '../../server/modules/revenue/by-customer.ts';
import { revenueByProduct } from '../../server/modules/revenue/by-product.ts';
import { foldFigures } from '../../server/modules/figures/fold.ts';
import { overviewOfReseller } from '../../server/modules/revenue/overview.ts';
import { seriesOfRevenue } from '../../server/modules/revenue/series.ts';
import { summariseRevenue } from '../../server/modules/revenue/summarise.ts';
import type { ServiceContext } from '../../server/context.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { hostInvoice, pay, refund, tell } from '../support/invoices.ts';
import { vpsLine } from '../support/orders.ts';

const NOW = new Date('2027-03-15T12:00:00Z');
let it: Installation;
let one: ResellerRow;
let other: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
});
afterAll(() => it.stop());

const at = (ctx: ServiceContext): ServiceContext => ({ ...ctx, now: NOW });
const sql = <Row = unknown>(text: string, values: unknown[] = []) =>
  it.service.orm.em.fork().execute<Row[]>(text, values);
let number = 0;
async function paid(
  clientId: string,
  net: string,
  day: string,
  extra: Partial<Parameters<typeof hostInvoice>[0]> = {},
) {
  number += 1;
  const invoice = hostInvoice({ id: `t${number}`, clientId, net, issuedAt: `${day}T08:00:00Z`, ...extra });
  await tell(it, invoice);
  await pay(it, invoice, `${day}T10:00:00Z`);
  return invoice;
}

test('a payment is in every figure when its transaction commits, folded or not, once; currencies never meet', async () => {
  const invoice = await paid('1', '100.00', '2027-03-10');
  await paid('1', '30.00', '2027-02-20', { currency: 'EUR', lines: [{ product: 'dedi' }] });
  await paid('2', '7.00', '2027-03-11');
  await refund(it, one.id, invoice, '25.00', '2027-03-12T10:00:00Z');
  await pay(it, invoice, '2027-03-10T10:00:00Z');
  const { rows: entries } = await listActivity(it.admin(), { subjectId: invoice.id });
  expect(entries.map(({ action }) => action).toSorted()).toEqual(['invoice.paid', 'invoice.refunded']);
  const read = async () => ({
    mine: await overviewOfReseller(at(it.as(one)), {}),
    series: await seriesOfRevenue(at(it.as(one)), { range: '12m', interval: 'month' }),
    products: await revenueByProduct(at(it.as(one)), { range: 'all' }),
    customers: await revenueByCustomer(at(it.as(one)), { range: 'all', currency: 'USD' }),
    network: await overviewOfNetwork(at(it.admin()), { range: '30d' }),
    days: await seriesOfNetwork(at(it.admin()), { range: '7d', currency: 'USD' }),
    summary: await summariseRevenue(at(it.admin()), {}),
  });
  const before = await read();
  expect(before.mine.revenue).toEqual({
    allTime: [
      { currency: 'USD', amount: '75.00' },
      { currency: 'EUR', amount: '30.00' },
    ],
    thisMonth: [
      { currency: 'USD', amount: '75.00' },
      { currency: 'EUR', amount: '0.00' },
    ],
    sameDaysLastMonth: [],
  });
  expect(before.series.points).toEqual([
    { start: '2027-02-01', currency: 'EUR', amount: '30.00' },
    { start: '2027-03-01', currency: 'USD', amount: '75.00' },
  ]);
  expect(before.products.rows).toMatchObject([
    { product: { id: 'dedi' }, currency: 'EUR', amount: '30.00' },
    { product: { id: 'vps-s' }, currency: 'USD', amount: '75.00' },
  ]);
  expect(before.customers).toMatchObject({ whole: '75.00', rows: [{ customer: null, amount: '75.00' }] });
  expect(before.network.revenue).toEqual([
    { currency: 'USD', amount: '82.00' },
    { currency: 'EUR', amount: '30.00' },
  ]);
  expect(before.days.points).toEqual([
    { start: '2027-03-10', amount: '100.00' },
    { start: '2027-03-11', amount: '7.00' },
    { start: '2027-03-12', amount: '-25.00' },
  ]);
  expect(before.summary.totals).toEqual([
    { currency: 'EUR', amount: '30.00' },
    { currency: 'USD', amount: '82.00' },
  ]);
  await Promise.all([foldFigures(it.system().em), foldFigures(it.system().em)]);
  expect(await sql('select * from revenue_tail')).toEqual([]);
  expect(await foldFigures(it.system().em)).toBe(0);
  const sorted = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value, (_key, part: unknown) =>
        Array.isArray(part) ? part.map((each) => JSON.stringify(each)).toSorted() : part,
      ),
    );
  expect(sorted(await read())).toEqual(sorted(before));
});

test('the rollups say what two sums over the ledger say', async () => {
  await paid('1', '12.34', '2027-01-31', {
    lines: [{ product: null, kind: 'discount', net: '-1.00' }, { net: '13.34' }],
  });
  const all = await overviewOfReseller(at(it.as(one)), {});
  const ledger = await sql<{ currency: string; amount: string }>(
    `select currency, (sum(amount) / 100.0)::numeric(12,2)::text as amount from ledger where reseller_id = ? group by 1`,
    [one.id],
  );
  expect(all.revenue.allTime.toSorted((a, b) => (a.currency < b.currency ? -1 : 1))).toEqual(
    ledger.toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
  );
  await foldFigures(it.system().em);
  for (const rollup of ['revenue_rollup', 'revenue_network', 'revenue_month', 'revenue_source']) {
    expect(await sql(`select currency, sum(amount)::text as amount from ${rollup} group by 1 order by 1`)).toEqual(
      await sql('select currency, sum(amount)::text as amount from ledger group by 1 order by 1'),
    );
  }
});

test('figures of another reseller are answered like those of nobody; the network is for the provider', async () => {
  for (const read of [overviewOfReseller, seriesOfRevenue, revenueByProduct]) {
    const foreign = await read(it.as(other), { resellerId: one.id }).catch((error: unknown) => error);
    const unknown = await read(it.as(other), { resellerId: 'rs_unknown' }).catch((error: unknown) => error);
    expect(foreign).toMatchObject({ code: 'not_found' });
    expect(foreign).toEqual(unknown);
    await expect(read(it.admin(), {})).rejects.toMatchObject({ code: 'bad_input', path: '/resellerId' });
    await read(it.admin(), { resellerId: one.id });
  }
  await expect(overviewOfNetwork(it.as(one), {})).rejects.toMatchObject({ code: 'forbidden' });
  await expect(seriesOfRevenue(it.as(one), { range: 'custom' })).rejects.toMatchObject({ code: 'bad_input' });
});

test('revenue per customer follows the service to its customer, also when it is assigned later', async () => {
  const shop = await it.login('reseller');
  const bought = await shop.buy([vpsLine]);
  await shop.pay(bought.invoiceId);
  await it.settle();
  await foldFigures(it.system().em);
  const customers = () => revenueByCustomer(it.as(one), { currency: 'USD', range: 'this_month' });
  expect((await customers()).rows).toMatchObject([{ customer: null }]);
  const customer = await createCustomer(it.as(one), { name: 'Ines', email: 'ines@example.org' });
  const { rows } = await listOrders(it.as(one), {});
  await assignCustomer(it.as(one), { id: rows[0]!.id, customerId: customer.id });
  const now = await customers();
  expect(now.rows).toEqual([{ customer: { id: customer.id, name: 'Ines' }, amount: now.whole }]);
  const counts = await overviewOfReseller(it.as(one), {});
  expect(counts.services).toMatchObject({ active: 1, added30d: 1 });
  expect(counts.customers).toEqual({ active: 1, added30d: 1, growthBp: null });
});

test('outstanding is what is unpaid by age; partly paid is unpaid; median days to pay and the late share', async () => {
  const open = (id: string, clientId: string, net: string, dueOn: string | null, currency = 'USD') =>
    tell(it, hostInvoice({ id, clientId, net, dueOn, currency, issuedAt: '2027-01-01T00:00:00Z' }));
  await open('o1', '2', '10.00', '2027-03-15');
  await open('o2', '2', '20.00', '2027-03-14');
  await open('o3', '2', '40.00', '2027-02-01');
  await open('o4', '1', '5.50', '2026-12-01', 'EUR');
  const late = hostInvoice({
    id: 'l1',
    clientId: '2',
    net: '1.00',
    dueOn: '2027-03-05',
    issuedAt: '2027-03-01T08:00:00Z',
  });
  await tell(it, late);
  await pay(it, late, '2027-03-10T08:00:00Z');
  await foldFigures(it.system().em);
  const mine = await overviewOfReseller(at(it.as(other)), {});
  expect(mine.outstanding).toEqual([
    {
      currency: 'USD',
      amount: '70.00',
      overdue: '60.00',
      invoices: 3,
      byAge: [
        { age: 'not_due', amount: '10.00' },
        { age: '1-7', amount: '20.00' },
        { age: '8-30', amount: '0.00' },
        { age: '31-60', amount: '40.00' },
        { age: '60+', amount: '0.00' },
      ],
    },
  ]);
  // Two invoices: one paid the same day, one after nine days and five too late.
  expect(mine.payments).toEqual({ medianDays: 0, lateBp: 5000, invoices: 2 });
  const network = await outstandingOfNetwork(at(it.admin()), {});
  expect(network.totals.map(({ currency, amount, overdue }) => [currency, amount, overdue])).toEqual([
    ['EUR', '5.50', '5.50'],
    ['USD', '70.00', '60.00'],
  ]);
  expect(network.resellers).toMatchObject([
    { reseller: { id: one.id }, currency: 'EUR', overdue: '5.50', oldestDays: 104 },
    { reseller: { id: other.id }, currency: 'USD', overdue: '60.00', oldestDays: 42, payments: { lateBp: 5000 } },
  ]);
});

test('rankings and distributions are as of a stated moment, made anew by the job', async () => {
  await refreshFigures(at(it.system()));
  const ranking = await rankResellers(at(it.admin()), { range: 'this_month' });
  expect(ranking.asOf).toBe(NOW.toISOString());
  const usd = ranking.currencies.find(({ currency }) => currency === 'USD')!;
  expect(usd.top.map(({ reseller, amount }) => [reseller.id, amount])).toEqual([
    [one.id, '75.00'],
    [other.id, '8.00'],
  ]);
  // Below 50 in both periods is noise.
  expect(usd.up.map(({ reseller, change, changeBp }) => [reseller.id, change, changeBp])).toEqual([
    [one.id, '75.00', null],
  ]);
  expect(usd.top[0]?.shareBp).toBe(9036);
  const stacked = await seriesOfNetwork(at(it.admin()), { range: 'this_month', interval: 'month', currency: 'USD' });
  expect(stacked.top.map(({ reseller, points }) => [reseller.id, points])).toEqual([
    [one.id, [{ start: '2027-03-01', amount: '75.00' }]],
    [other.id, [{ start: '2027-03-01', amount: '8.00' }]],
  ]);
  await paid('2', '500.00', '2027-03-14');
  expect((await rankResellers(at(it.admin()), { range: 'this_month' })).currencies).toEqual(ranking.currencies);
  await refreshFigures({ ...it.system(), now: new Date(NOW.getTime() + 60_000) });
  const later = await rankResellers(at(it.admin()), { range: 'this_month' });
  expect(later.currencies.find(({ currency }) => currency === 'USD')?.top[0]?.reseller.id).toBe(other.id);
  const distribution = await distributionOfNetwork(at(it.admin()), {});
  expect(distribution.services).toMatchObject({ whole: 1, topThreeBp: 10_000 });
  expect(distribution.services.classes.filter(({ resellers }) => resellers > 0)).toEqual([
    { size: '0', resellers: 1 },
    { size: '1-5', resellers: 1 },
  ]);
  expect(distribution.products).toMatchObject([{ product: { id: 'vps-s' }, services: 1 }]);
});

test('the resellers’ part stands beside the host’s direct income; where the host has none it is not available, never 0', async () => {
  const shop = await it.login('client');
  const direct = await shop.buy([vpsLine]);
  await shop.pay(direct.invoiceId);
  await it.settle();
  const income = await incomeOfNetwork(it.admin(), { range: 'today' });
  expect(income).toMatchObject({ available: true });
  const [host] = (income as Extract<typeof income, { available: true }>).rows;
  const own = await overviewOfNetwork(it.admin(), { range: 'today' });
  expect(host).toMatchObject({ currency: 'USD', resellers: own.revenue[0]?.amount });
  expect(Number(host!.whole)).toBeCloseTo(Number(host!.resellers) + Number(host!.direct), 2);
  const ctx = it.admin();
  const about = await ctx.host.describe({});
  const told = await ctx.host['income.read']({ from: '2020-01-01', until: '2030-01-01' });
  const less = { ...told, days: told.days.map((day) => ({ ...day, amount: '0.01' })) };
  const late = { ...ctx.host, 'income.read': async () => less } as ServiceContext['host'];
  const rows = await incomeOfNetwork({ ...ctx, host: late }, { range: 'today' });
  expect(rows).toMatchObject({ rows: [{ currency: 'USD', shareBp: null }] });
  const without = { ...ctx.host, describe: async () => ({ ...about, capabilities: [] }) } as ServiceContext['host'];
  expect(await incomeOfNetwork({ ...ctx, host: without }, {})).toEqual({ available: false, reason: 'not_offered' });
  const away = {
    ...ctx.host,
    describe: () => Promise.reject(new HostError('unreachable', 'no answer')),
  } as unknown as ServiceContext['host'];
  expect(await incomeOfNetwork({ ...ctx, host: away }, {})).toEqual({ available: false, reason: 'unreachable' });
});

test('a converted total names its rates, and the currencies it has to leave out', async () => {
  await sql(
    `create table if not exists currency_rate (currency text, base text, rate numeric, valid_from timestamptz)`,
  );
  await sql(`insert into currency_rate values ('EUR', 'USD', 0.8, '2027-03-01T00:00:00Z')`);
  const range = { range: 'custom', from: '2027-02-01', until: '2027-03-13' } as const;
  const { converted, revenue } = await overviewOfNetwork(at(it.admin()), { ...range, convertTo: 'USD' });
  expect(revenue).toHaveLength(2);
  // 83.00 USD and 30.00 EUR at 0.8 EUR for a dollar.
  expect(converted).toEqual({
    currency: 'USD',
    amount: '120.50',
    rates: [{ currency: 'EUR', rate: '0.8', source: 'host', date: '2027-03-01T00:00:00.000Z' }],
    missing: [],
  });
  const left = await overviewOfNetwork(at(it.admin()), { ...range, convertTo: 'EUR' });
  expect(left.converted).toEqual({ currency: 'EUR', amount: '30.00', rates: [], missing: ['USD'] });
});

test('a change is told of complete days only, as many of them before', async () => {
  const range = { range: '7d' } as const;
  await paid('2', '40.00', '2027-03-02', { currency: 'CHF' });
  await paid('2', '60.00', '2027-03-09', { currency: 'CHF' });
  // The day that runs, and the one a week before it: neither is compared.
  await paid('2', '900.00', '2027-03-15', { currency: 'CHF' });
  await paid('2', '500.00', '2027-03-08', { currency: 'CHF' });
  const francs = (rows: { currency: string; amount: string }[]) =>
    rows.find(({ currency }) => currency === 'CHF')?.amount;
  const overview = await overviewOfNetwork(at(it.admin()), range);
  expect(francs(overview.revenue)).toBe('960.00');
  expect(overview.complete).toMatchObject({ from: '2027-03-09', until: '2027-03-14' });
  expect([francs(overview.complete!.revenue), francs(overview.complete!.before)]).toEqual(['60.00', '40.00']);
  await refreshFigures({ ...it.system(), now: new Date(NOW.getTime() + 120_000) });
  const { currencies } = await rankResellers(at(it.admin()), range);
  const ranked = currencies.find(({ currency }) => currency === 'CHF')!;
  expect(ranked.top[0]).toMatchObject({
    amount: '960.00',
    complete: '60.00',
    previous: '40.00',
    change: '20.00',
    changeBp: 5000,
  });
  expect(ranked.up.map(({ reseller }) => reseller.id)).toEqual([other.id]);
  // On the first of a month nothing of it is over yet.
  const first = { ...it.admin(), now: new Date('2027-03-01T12:00:00Z') };
  expect((await overviewOfNetwork(first, { range: 'this_month' })).complete).toBeNull();
});

test('what needs the provider is counted, money first, and only what the asking may see', async () => {
  const { lines } = await networkNeedsAction(at(it.admin()), {});
  expect(lines[0]).toMatchObject({ kind: 'overdue', count: 2, oldestDays: 104 });
  const late = await sql<{ currency: string; sum: string }>(
    `select currency, sum(total::numeric)::text as sum from invoice where status = 'unpaid' and due_on < ?::date group by 1`,
    ['2027-03-15'],
  );
  const figure = (rows: { currency: string; amount: string }[]) =>
    Object.fromEntries(rows.map(({ currency, amount }) => [currency, Number(amount)]));
  expect(figure(lines[0]!.amounts)).toEqual(figure(late.map(({ currency, sum }) => ({ currency, amount: sum }))));
  await sql(
    `insert into problem (key, id, message, severity, count, first_at, last_at, state, version)
     values ('event_parked:x', 'prb_x', 'Set aside', 'danger', 1, ?, ?, 'open', 1)`,
    [new Date('2027-03-12T12:00:00Z'), NOW],
  );
  const again = (await networkNeedsAction(at(it.admin()), {})).lines;
  expect(again.find(({ kind }) => kind === 'problems')).toMatchObject({ count: 1, oldestDays: 3 });
  const ctx = at(it.admin());
  const narrow = { ...ctx, actor: { ...ctx.actor, permissions: new Set(['network:read']) } } as ServiceContext;
  expect((await networkNeedsAction(narrow, {})).lines.map(({ kind }) => kind)).toEqual(['overdue']);
  await sql(`delete from problem where id = 'prb_x'`);
});

test('each block of the overview is exported as CSV, a currency by itself in every row', async () => {
  const file = async (block: 'revenue' | 'resellers' | 'movers' | 'outstanding' | 'distribution') =>
    (await exportNetwork(at(it.admin()), { block, range: '7d' })).csv.split('\r\n').slice(1, -1);
  expect((await file('resellers')).filter((line) => line.includes('CHF'))).toEqual([
    `${other.company},${other.id},CHF,960.00,60.00,40.00,20.00,2027-03-09,2027-03-15`,
  ]);
  expect((await file('movers')).some((line) => line.includes(`${other.id},CHF`))).toBe(true);
  expect((await file('outstanding')).map((line) => line.split(',').slice(1, 4).join(' '))).toEqual(
    (await outstandingOfNetwork(at(it.admin()), {})).resellers.map(
      ({ reseller, currency, amount }) => `${reseller.id} ${currency} ${amount}`,
    ),
  );
  const paid = await sql<{ line: string }>(
    `select concat_ws(',', day, currency, to_char(sum(amount) / 100.0, 'FM999990.00')) as line from revenue_rollup
      where day between '2027-03-09' and '2027-03-15' group by day, currency order by day, currency`,
  );
  expect(await file('revenue')).toEqual(paid.map(({ line }) => line));
  expect(paid.length).toBeGreaterThan(0);
  const sizes = (await file('distribution')).filter((line) => line.startsWith('resellers by services,'));
  expect(sizes).toHaveLength(6);
  expect(sizes.reduce((sum, line) => sum + Number(line.split(',')[2]), 0)).toBe(2);
});
