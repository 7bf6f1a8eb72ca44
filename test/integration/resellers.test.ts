import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorFromSession } from '../../server/modules/identity/actor-from-session.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { createKey } from '../../server/modules/api-key/create.ts';
import { authenticateKey } from '../../server/modules/api-key/authenticate.ts';
import { listCustomers } from '../../server/modules/customer/list.ts';
import { createQuote } from '../../server/modules/quote/create.ts';
import { getResellerPolicy } from '../../server/modules/policy/get.ts';
import { saveResellerPolicy } from '../../server/modules/policy/save.ts';
import { listResellers } from '../../server/modules/reseller/list.ts';
import { printGates } from '../../server/modules/reseller/print-gates.ts';
import { restInactive } from '../../server/modules/reseller/rest-inactive.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { totalResellers } from '../../server/modules/reseller/totals.ts';
import { foldFigures } from '../../server/modules/figures/fold.ts';
import { rollFigures } from '../../server/modules/figures/roll.ts';
import { saveTierRules } from '../../server/modules/tier/save-rules.ts';
import { listTiers } from '../../server/modules/tier/list.ts';
import { simulateTiers } from '../../server/modules/tier/simulate.ts';
import { type Permission, resellerPermissions } from '../../server/permissions.ts';
import { become, type Programme, startProgramme } from '../support/programme.ts';
import { finished } from '../support/tasks.ts';

const NOW = '2027-03-10T12:00:00Z';
let it: Programme;

beforeAll(async () => {
  it = await startProgramme(NOW);
});
afterAll(() => it.stop());

describe('the list', () => {
  test('figures are those of the moment, per currency: revenue, windows, outstanding, customers, services', async () => {
    const reseller = await it.newReseller({ company: 'Figures' });
    const early = await it.pay(reseller, { net: '10.00' });
    await it.pay(reseller, { net: '900', currency: 'JPY' });
    await it.refund(early);
    await it.pay(reseller, { net: '25.50' });
    await it.owe(reseller, '40.00', '2026-01-31');
    await it.owe(reseller, '2.50', '2099-01-31');
    await it.owe(reseller, '7.00', '2099-01-31', 'EUR');
    await it.serve(reseller, 'fig-1', 'active');
    await it.serve(reseller, 'fig-2', 'suspended');
    await it.serve(reseller, 'fig-3', 'active');
    await it.serve(reseller, 'fig-3', 'cancelled');
    await createCustomer(it.as(reseller), { name: 'A', email: 'a@example.org' });
    expect(await it.row(reseller.id)).toMatchObject({
      revenue: [
        { currency: 'JPY', amount: '900' },
        { currency: 'USD', amount: '25.50' },
      ],
      recent: [
        { currency: 'JPY', amount: '900', previous: '0' },
        { currency: 'USD', amount: '25.50', previous: '0.00' },
      ],
      outstanding: [
        { currency: 'EUR', amount: '7.00', overdue: '0.00' },
        { currency: 'USD', amount: '42.50', overdue: '40.00' },
      ],
      customers: 1,
      services: 2,
    });
    const [sums] = await it.sql<{ ledger: string; total: string }>(
      `select (select sum(amount)::text from ledger where reseller_id = ? and currency = 'USD') as ledger,
              (select revenue::text from reseller_total where reseller_id = ? and currency = 'USD') as total`,
      [reseller.id, reseller.id],
    );
    expect(sums).toEqual({ ledger: '2550', total: '2550' });
  });

  test('the windows of 30 days move on with the billing day, and late facts find the right one', async () => {
    const reseller = await it.newReseller({ company: 'Windows' });
    await it.pay(reseller, { net: '100.00' });
    it.setClock('2027-04-10T12:00:00Z');
    await rollFigures(it.system());
    await rollFigures(it.system());
    await it.pay(reseller, { net: '60.00' });
    expect((await it.row(reseller.id)).recent).toEqual([{ currency: 'USD', amount: '60.00', previous: '100.00' }]);
    const falling = { currency: 'USD', bp: 2500 };
    expect((await listResellers(it.admin(), { falling })).rows.map(({ id }) => id)).toContain(reseller.id);
    it.setClock('2027-07-10T12:00:00Z');
    await rollFigures(it.system());
    expect((await it.row(reseller.id)).recent).toEqual([{ currency: 'USD', amount: '0.00', previous: '0.00' }]);
    expect((await listResellers(it.admin(), { falling })).rows.map(({ id }) => id)).not.toContain(reseller.id);
    it.setClock(NOW);
    await rollFigures(it.system());
  });

  test('figures that were kept booking by booking are those that are counted from nothing', async () => {
    const reseller = await it.newReseller();
    await it.refund(await it.pay(reseller, { net: '12.34' }, { net: '5.00', kind: 'setup' }));
    await it.pay(reseller, { net: '77.00', currency: 'EUR', occasion: 'renewal' });
    const figures = () =>
      it.sql(`select
        (select json_agg(m order by reseller_id, day, currency, occasion, setup, refund) from measure_rollup m) as measures,
        (select json_agg(t order by reseller_id, currency) from reseller_total t) as totals,
        (select json_agg(c order by reseller_id) from reseller_count c
          where services_active + services_running + customers + orders_paid > 0 or last_order_at > '-infinity') as counts,
        (select json_agg(u order by reseller_id, currency) from reseller_unpaid u where amount <> 0) as unpaid,
        (select json_agg(n order by currency, due_on) from network_unpaid n where amount <> 0) as days`);
    // Bookings, folds and the moving of the windows all at once.
    it.setClock('2027-05-20T12:00:00Z');
    await Promise.all([
      ...Array.from({ length: 12 }, (_, index) => it.pay(reseller, { net: `${index + 1}.00` })),
      ...Array.from({ length: 3 }, () => foldFigures(it.system().em)),
      rollFigures(it.system()),
    ]);
    it.setClock(NOW);
    await foldFigures(it.system().em);
    await it.sql('select roll_figures(billing_day(now()))');
    const kept = await figures();
    await it.sql('select rebuild_figures()');
    expect(await figures()).toEqual(kept);
    // What everybody has together comes from other rollups than what those have whom a filter means.
    expect(await totalResellers(it.admin(), {})).toEqual(
      await totalResellers(it.admin(), { since: '2000-01-01T00:00:00.000Z' }),
    );
    await rollFigures(it.system());
  });

  test('every sort pages through each reseller once, in order', async () => {
    for (const amount of ['5.00', '5.00', '70.00', '0.01']) {
      const reseller = await it.newReseller({ company: `Page ${amount}` });
      await it.pay(reseller, { net: amount });
      await it.pay(reseller, { net: '1000.00', currency: 'EUR' });
    }
    const { total } = await listResellers(it.admin(), {});
    const sorts = [
      'company',
      'createdAt',
      'status',
      'tier',
      'discount',
      'customers',
      'services',
      'revenue',
      'recent',
      'change',
      'outstanding',
      'lastOrder',
    ] as const;
    for (const sort of sorts.flatMap((key) => [key, `-${key}`] as const)) {
      const seen: ResellerRow[] = [];
      let cursor: string | undefined;
      do {
        const page = await listResellers(it.admin(), { sort, limit: 2, ...(cursor ? { cursor } : {}) });
        seen.push(...page.rows);
        cursor = page.cursor ?? undefined;
      } while (cursor);
      expect(new Set(seen.map(({ id }) => id)).size, sort).toBe(total);
      expect(seen, sort).toHaveLength(total);
    }
    const usd = (row: ResellerRow) => Number(row.revenue.find(({ currency }) => currency === 'USD')?.amount ?? 0);
    const { rows } = await listResellers(it.admin(), { sort: '-revenue', currency: 'USD', limit: 100 });
    expect(rows.map(usd)).toEqual(rows.map(usd).toSorted((a, b) => b - a));
  });

  test('totals are of the whole filtered set, each currency by itself', async () => {
    const [one, other] = [await it.newReseller({ company: 'Total A' }), await it.newReseller({ company: 'Total B' })];
    await it.pay(one, { net: '10.00' });
    await it.pay(other, { net: '20.00' });
    await it.pay(other, { net: '5.00', currency: 'EUR' });
    await it.owe(other, '3.00', '2026-01-01', 'EUR');
    expect(await totalResellers(it.admin(), { search: 'Total ' })).toEqual({
      resellers: 2,
      customers: 0,
      services: 0,
      money: [
        { currency: 'EUR', revenue: '5.00', recent: '5.00', previous: '0.00', outstanding: '3.00', overdue: '3.00' },
        { currency: 'USD', revenue: '30.00', recent: '30.00', previous: '0.00', outstanding: '0.00', overdue: '0.00' },
      ],
    });
    const late = await listResellers(it.admin(), { search: 'Total ', overdueDays: 30 });
    expect(late.rows.map(({ company }) => company)).toEqual(['Total B']);
  });

  test('every look-up behind a list has its index', async () => {
    const em = it.service.orm.em.fork();
    const plans = await em.transactional(async (inside) => {
      // With few rows a scan is the cheapest; forbidden, it is only taken where there is no index.
      await inside.execute('set local enable_seqscan = off');
      const explained: string[] = [];
      for (const sql of [
        `select * from reseller_total where reseller_id = 'x'`,
        `select sum(total::numeric) from invoice where reseller_id = 'x' and status = 'unpaid'`,
        `select placed_at from reseller_order where reseller_id = 'x' order by placed_at desc limit 1`,
        `select count(*) from reseller_order where reseller_id = 'x' and status in ('placing', 'pending')`,
        `select sum(amount) from measure_rollup where reseller_id in ('x') and day >= '2027-01-01' group by occasion`,
        `select * from tier_decision where reseller_id = 'x' order by at desc, id desc limit 25`,
        `select * from reseller_note where reseller_id = 'x' order by pinned desc, created_at desc, id desc limit 25`,
        `select * from tier_standing where standing = 'at_risk' order by -revenue, reseller_id limit 25`,
        `select * from profile_change where status = 'pending' order by asked_at, id limit 25`,
      ]) {
        const lines = await inside.execute<{ 'QUERY PLAN': string }[]>(`explain ${sql}`);
        explained.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
      }
      return explained;
    });
    for (const plan of plans) expect(plan).not.toContain('Seq Scan');
  });
});

describe('what a status allows', () => {
  test('the table that is printed is the one that is used', async () => {
    const { rows } = await printGates(it.admin(), {});
    expect(rows.map(({ status, portal, orders, api }) => ({ status, portal, orders, api }))).toEqual([
      { status: 'active', portal: 'full', orders: null, api: null },
      { status: 'suspended', portal: 'read', orders: 'reseller_suspended', api: 'reseller_suspended' },
      { status: 'inactive', portal: 'read', orders: 'reseller_inactive', api: 'reseller_inactive' },
      { status: 'terminated', portal: 'records', orders: 'reseller_inactive', api: 'reseller_inactive' },
    ]);
    const request = { currency: 'USD', lines: [{ product: 'product-0', term: '1M', quantity: 1, options: {} }] };
    for (const { status, orders } of rows.slice(1)) {
      const reseller = await it.newReseller();
      await become(it, reseller, status);
      await expect(createQuote(it.as(reseller), request)).rejects.toMatchObject({ code: orders });
    }
  });

  test('API keys are refused with the status’s code, and revoked when the reseller is terminated', async () => {
    const reseller = await it.newReseller();
    const { key } = await createKey(it.admin(), { name: 'ERP', scopes: ['customers:read'], resellerId: reseller.id });
    const call = async () => {
      const found = await authenticateKey(it.admin(), key);
      return found?.actor && listCustomers({ ...it.admin(), actor: found.actor }, {});
    };
    expect((await call())?.rows).toEqual([]);
    await become(it, reseller, 'suspended');
    await expect(call()).rejects.toMatchObject({
      code: 'reseller_suspended',
      message: expect.stringContaining('call us'),
    });
    await become(it, reseller, 'inactive');
    await expect(call()).rejects.toMatchObject({ code: 'reseller_inactive' });
    await become(it, reseller, 'active');
    expect((await call())?.rows).toEqual([]);
    await become(it, reseller, 'terminated');
    expect(await call()).toBeUndefined();
    expect(await authenticateKey(it.admin(), key)).toMatchObject({ refused: { code: 'key_revoked' } });
    await expect(become(it, reseller, 'active')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('in the portal a suspended reseller reads and writes nothing; a terminated one reads its records for 90 days', async () => {
    const reseller = await it.newReseller();
    const session = async () => {
      const claims = {
        portal: 'client',
        sub: 'client:x',
        account: reseller.hostClientId,
        scopes: [...resellerPermissions],
      };
      const ctx = it.admin();
      return { ...ctx, actor: await actorFromSession(ctx.em, claims as never, ctx.now) };
    };
    await become(it, reseller, 'suspended');
    expect((await listCustomers(await session(), {})).rows).toEqual([]);
    await expect(createCustomer(await session(), { name: 'A', email: 'a@example.org' })).rejects.toMatchObject({
      code: 'reseller_suspended',
      message: expect.stringContaining('Please call us'),
    });
    await become(it, reseller, 'terminated');
    const records: Permission[] = ['billing:read', 'activity:read'];
    expect([...(await session()).actor.permissions].toSorted()).toEqual(records.toSorted());
    it.setClock('2027-06-09T12:00:01Z');
    expect((await session()).actor).toMatchObject({ kind: 'client', permissions: new Set() });
    it.setClock(NOW);
  });

  test('a suspended reseller’s payments are still booked', async () => {
    const reseller = await it.newReseller();
    await become(it, reseller, 'suspended');
    await it.pay(reseller, { net: '9.00', occasion: 'renewal' });
    expect((await it.row(reseller.id)).revenue).toEqual([{ currency: 'USD', amount: '9.00' }]);
  });

  test('only terminating takes a day from which services renew at retail', async () => {
    const reseller = await it.newReseller();
    await expect(become(it, reseller, 'inactive', { locksEndOn: '2027-06-01' })).rejects.toMatchObject({
      path: '/locksEndOn',
    });
  });

  test('without orders for the days of the rule a reseller becomes inactive; running services keep it active', async () => {
    const [idle, busy] = [await it.newReseller(), await it.newReseller()];
    await it.serve(busy, 'busy-1', 'active');
    const { version, checkedFields } = await getResellerPolicy(it.admin(), {});
    const policy = { inactiveAfterDays: 30, inactiveWithServices: false, checkedFields };
    await saveResellerPolicy(it.admin(), { ...policy, version });
    await expect(saveResellerPolicy(it.admin(), { ...policy, version })).rejects.toMatchObject({
      code: 'version_mismatch',
    });
    it.setClock('2027-04-09T11:00:00Z');
    expect(await restInactive(it.system())).toBe(0);
    it.setClock('2027-04-09T13:00:00Z');
    const fresh = await it.newReseller();
    expect(await restInactive(it.system())).toBeGreaterThan(0);
    expect((await it.row(idle.id)).status).toBe('inactive');
    expect((await it.row(busy.id)).status).toBe('active');
    expect((await it.row(fresh.id)).status).toBe('active');
    await become(it, idle, 'active');
    expect(await restInactive(it.system())).toBe(0);
    const off = await getResellerPolicy(it.admin(), {});
    await saveResellerPolicy(it.admin(), { ...off, inactiveAfterDays: null });
    it.setClock('2028-04-09T13:00:00Z');
    expect(await restInactive(it.system())).toBe(0);
    it.setClock(NOW);
  });
});

describe('simulation of other rules', () => {
  test('says who would move today and in each month of the last year, and changes nothing', async () => {
    const reseller = await it.newReseller({ company: 'Simulated' });
    it.setClock('2026-08-15T12:00:00Z');
    await it.pay(reseller, { net: '500.00' });
    it.setClock(NOW);
    const { rows, rules } = await listTiers(it.admin(), {});
    const { currency: _c, lastReviewOn: _l, version, ...held } = rules;
    const state = async () =>
      it.sql(`select (select json_agg(r order by id) from reseller r) as r, (select json_agg(t order by id) from tier t) as t,
                     (select json_agg(x) from tier_rules x) as x, (select count(*) from tier_decision) as d`);
    const before = await state();
    const tiers = rows.map(({ position: _p, version: _v, ...tier }) => ({
      ...tier,
      minRevenue: { silver: '500.00', gold: '500.01' }[tier.id] ?? null,
    }));
    const task = await simulateTiers(it.admin(), { rules: { ...held, automatic: true }, tiers });
    const { result, status, total, done } = await finished(it, task);
    expect({ status, total, done }).toEqual({ status: 'ready', total: 13, done: 13 });
    const answer = result as { rows: { resellerId: string }[]; moves: { month: string; up: number }[]; up: number };
    expect(answer.rows.find(({ resellerId }) => resellerId === reseller.id)).toMatchObject({
      from: 'bronze',
      to: 'silver',
      move: 'up',
      discountBp: { before: 1000, after: 1500 },
      measures: { revenue: '500.00' },
    });
    expect(answer.moves.map(({ month }) => month)).toHaveLength(12);
    expect(answer.moves.find(({ month }) => month === '2026-08')?.up).toBe(0);
    expect(answer.moves.find(({ month }) => month === '2026-09')?.up).toBeGreaterThan(0);
    expect(await state()).toEqual(before);
    await saveTierRules(it.admin(), { ...held, version });
  });

  test('rules that cannot be are refused in words', async () => {
    const { rows, rules } = await listTiers(it.admin(), {});
    const tiers = rows.map(({ position: _p, version: _v, ...tier }) => ({
      ...tier,
      minRevenue: { silver: '500.00', gold: '5.00' }[tier.id] ?? null,
    }));
    const task = await finished(it, await simulateTiers(it.admin(), { rules, tiers }));
    expect(task).toMatchObject({ status: 'failed', error: expect.stringContaining('Gold') });
  });
});
