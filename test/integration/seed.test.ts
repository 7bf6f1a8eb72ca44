import { afterAll, beforeAll, expect, test } from 'vitest';
import { fill } from '../../scripts/seed/fill.ts';
import { overviewOfNetwork } from '../../server/modules/network/overview.ts';
import { listResellers } from '../../server/modules/reseller/list.ts';
import { totalResellers } from '../../server/modules/reseller/totals.ts';
import { overviewOfReseller } from '../../server/modules/revenue/overview.ts';
import { getStatement } from '../../server/modules/statement/get.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

const SIZE = { resellers: 7, customers: 30, services: 101, ledger: 1203 };
let it: Programme;
const said: string[] = [];
beforeAll(async () => {
  it = await startProgramme(new Date().toISOString());
  await fill(it.service.orm, SIZE, (words) => said.push(words));
});
afterAll(() => it.stop());

const text = (minor: string): string => (Number(minor) / 100).toFixed(2);
const count = async (table: string): Promise<number> =>
  (await it.sql<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;

test('there is as much as was asked for, and everybody has some', async () => {
  expect(await count('reseller')).toBe(SIZE.resellers);
  expect(await count('customer')).toBe(SIZE.customers);
  expect(await count('service')).toBe(SIZE.services);
  expect(await count('ledger')).toBe(SIZE.ledger);
  expect(await count('(select distinct reseller_id from ledger) x')).toBe(SIZE.resellers);
  expect(said.length).toBeGreaterThan(10);
});

test('two sums of the ledger are what the revenue of each reseller answers', async () => {
  const sums = await it.sql<{ reseller_id: string; currency: string; paid: string; refunded: string }>(
    `select reseller_id, currency, coalesce(sum(amount) filter (where kind = 'paid'), 0)::text as paid,
            coalesce(sum(amount) filter (where kind = 'refunded'), 0)::text as refunded from ledger group by 1, 2`,
  );
  expect(sums).toHaveLength(SIZE.resellers);
  const rows = (await listResellers(it.admin(), {})).rows;
  for (const { reseller_id: resellerId, currency, paid, refunded } of sums) {
    const expected = [{ currency, amount: text(String(BigInt(paid) + BigInt(refunded))) }];
    expect(Number(refunded)).toBeLessThan(0);
    const { revenue } = await overviewOfReseller(it.admin(), { resellerId });
    expect(revenue.allTime).toEqual(expected);
    expect(rows.find(({ id }) => id === resellerId)?.revenue).toEqual(expected);
  }
});

test('and of the whole network, each currency by itself', async () => {
  const sums = await it.sql<{ currency: string; amount: string }>(
    'select currency, sum(amount)::text as amount from ledger group by 1 order by 1',
  );
  const expected = sums.map(({ currency, amount }) => ({ currency, amount: text(amount) }));
  expect(expected.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
  const { revenue } = await overviewOfNetwork(it.admin(), { range: 'all' });
  expect(revenue.toSorted((a, b) => (a.currency < b.currency ? -1 : 1))).toEqual(expected);
  const totals = await totalResellers(it.admin(), {});
  expect(totals.money.map(({ currency, revenue: amount }) => ({ currency, amount }))).toEqual(expected);
});

test('resellers are listed by money of a currency from one page to the next, nobody twice and nobody left out', async () => {
  const revenue = await it.sql<{ id: string }>(
    `select r.id from reseller r left join reseller_total z on z.reseller_id = r.id and z.currency = 'USD'
      order by coalesce(z.revenue, 0) desc, r.id desc`,
  );
  for (const sort of ['-revenue', 'revenue'] as const) {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listResellers>> = await listResellers(it.admin(), {
        sort,
        currency: 'USD',
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.rows.map(({ id }) => id));
      ({ cursor } = page);
    } while (cursor);
    const expected = revenue.map(({ id }) => id);
    expect(seen).toEqual(sort === '-revenue' ? expected : expected.toReversed());
  }
});

test('what was counted in bulk is what counting each row would have said', async () => {
  const [counts] = await it.sql<{ services: number; customers: number; orders: number }>(
    `select sum(services_running)::int as services, sum(customers)::int as customers, sum(orders_paid)::int as orders from reseller_count`,
  );
  expect(counts).toEqual({
    services: await count(`service where status in ('active', 'suspended')`),
    customers: await count(`customer where status = 'active'`),
    orders: await count(`reseller_order where status = 'paid'`),
  });
  // Converted at 0.9 Euro for a dollar; a refund at the rate of its payment.
  const off = await it.sql(
    `select m.reseller_id from measure_rollup m group by m.reseller_id
     having abs(sum(m.converted) - (select sum(l.amount / 100.0 / case when l.currency = 'EUR' then 0.9 else 1 end)
                                      from ledger l where l.reseller_id = m.reseller_id)) > 0.01`,
  );
  expect(off).toEqual([]);
});

test('each closed statement leads from its opening over its lines to its closing', async () => {
  const statements = await it.sql<{ id: string }>('select id from statement');
  expect(statements.length).toBeGreaterThan(SIZE.resellers * 12);
  const wrong = await it.sql(
    `select s.id from statement s where s.opening + (select sum(amount) from account_entry where statement_id = s.id) <> s.closing
        or s.opening <> coalesce((select p.closing from statement p where p.reseller_id = s.reseller_id and p.currency = s.currency
                                     and p.month < s.month order by p.month desc limit 1), 0)`,
  );
  expect(wrong).toEqual([]);
  await expect(getStatement(it.admin(), { id: statements[0]!.id })).resolves.toMatchObject({ balanced: true });
});

test('the triggers count again once it is filled', async () => {
  const [reseller] = (await listResellers(it.admin(), { limit: 1 })).rows;
  await it.pay(reseller!, { net: '10.00', currency: reseller!.currency });
  const [after] = (await listResellers(it.admin(), { limit: 1 })).rows;
  expect(Number(after!.revenue[0]!.amount) - Number(reseller!.revenue[0]!.amount)).toBeCloseTo(10, 5);
});

test('a database that holds a programme is refused and left as it is', async () => {
  const before = await count('ledger');
  await expect(fill(it.service.orm, SIZE, () => {})).rejects.toThrow('holds an installation already');
  expect(await count('ledger')).toBe(before);
  await expect(fill(it.service.orm, { ...SIZE, services: 3 }, () => {})).rejects.toThrow('at least as many');
});
