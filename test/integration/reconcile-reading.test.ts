import { afterAll, beforeAll, expect, test } from 'vitest';
import { HostError, type HostPort } from '../../hooks/contract/index.ts';
import type { ServiceContext } from '../../server/context.ts';
import { repairDifference } from '../../server/modules/reconcile/repair.ts';
import { runReconcile } from '../../server/modules/reconcile/run.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';

let it: Installation;
let one: ResellerRow;
let serviceIds: string[];
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
  const shop = await it.login('reseller');
  const invoices = [];
  for (const _ of [1, 2, 3]) invoices.push((await shop.buy([vpsLine])).invoiceId);
  await it.settle();
  const { services } = await it.system().host['services.list']({ clientIds: ['1'], limit: 10 });
  serviceIds = services.map(({ id }) => id);
});
afterAll(() => it.stop());

type Lists = 'orders.list' | 'services.list' | 'invoices.list';
/** The host as it is, but for what the test changes, with a record of which lists were read. */
function watched(change: (real: HostPort, asked: string[]) => Partial<HostPort>) {
  const asked: string[] = [];
  const ctx = it.system();
  return { asked, ctx: { ...ctx, host: { ...ctx.host, ...change(ctx.host, asked) } } satisfies ServiceContext };
}
const sql = <T>(text: string) => it.service.orm.em.fork().execute<T[]>(text);

test('a host that asks to slow down is read on from where it stopped, page by page', async () => {
  let left = 4;
  const one_by_one = (real: HostPort, asked: string[]) => {
    const limited = (name: Lists) => async (request: Parameters<HostPort[Lists]>[0]) => {
      if (left === 0) throw new HostError('rate_limited', 'The hourly number of calls is used up.', 600);
      left -= 1;
      asked.push(`${name} ${request.cursor ?? ''}`);
      return real[name]({ ...request, limit: 1 }) as never;
    };
    return {
      'orders.list': limited('orders.list'),
      'services.list': limited('services.list'),
      'invoices.list': limited('invoices.list'),
    };
  };
  const staff = await it.login('admin');
  await staff.ok('POST', '/api/test/edit-price', { serviceId: serviceIds[0], recurring: '15.00' });

  const { asked, ctx } = watched(one_by_one);
  const seen = [];
  for (let round = 0; round < 10; round += 1) {
    seen.push(await runReconcile(ctx, {}));
    if (seen.at(-1)?.continuesAt === null) break;
    left = 4;
  }
  expect(seen.length).toBeGreaterThan(2);
  expect(new Set(seen.map(({ run }) => run)).size).toBe(1);
  expect(seen[0]).toMatchObject({ differences: [], continuesAt: new Date(ctx.now.getTime() + 600_000).toISOString() });
  expect(seen.at(-1)?.differences.map(({ kind, amount }) => [kind, amount])).toEqual([['recurring_changed', '2.60']]);
  expect(new Set(asked).size).toBe(asked.length);
  const jobs = await sql<{ waits: boolean }>(
    `select start_after > now() + interval '9 minutes' as waits from jobs.job where name = 'reconcile' and state = 'created'`,
  );
  expect(jobs).toEqual([{ waits: true }]);
  expect(await sql('select 1 from reconcile_reading union all select 1 from reconcile_page')).toEqual([]);
  const [run] = await sql<{ finished_at: string | null }>(
    'select finished_at from reconcile_run order by started_at desc',
  );
  expect(run?.finished_at).not.toBeNull();
  await repairDifference(it.system(), { id: seen.at(-1)!.differences[0]!.id });
});

test('what was read long ago is read again', async () => {
  const stop = (real: HostPort, asked: string[]): Partial<HostPort> => ({
    'orders.list': async (request) => {
      asked.push('orders');
      return real['orders.list'](request);
    },
    'services.list': async () => {
      throw new HostError('rate_limited', 'The hourly number of calls is used up.');
    },
  });
  const first = watched(stop);
  const { run } = await runReconcile(first.ctx, {});
  await sql(`update reconcile_reading set touched_at = now() - interval '4 hours'`);
  const second = watched((real, asked) => ({ ...stop(real, asked), 'services.list': real['services.list'] }));
  const again = await runReconcile(second.ctx, {});
  expect([again.run === run, second.asked, again.continuesAt]).toEqual([false, ['orders'], null]);
});

test('a failing host is no pause: the run fails, and says so', async () => {
  const { ctx } = watched(() => ({
    'orders.list': async () => {
      throw new HostError('unavailable', 'The host cannot serve now.');
    },
  }));
  await expect(runReconcile(ctx, {})).rejects.toMatchObject({ code: 'host_unreachable' });
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
});

/** A bridge that compares by itself, in two pages. */
const comparing =
  (differences: object[]) =>
  (real: HostPort, asked: string[]): Partial<HostPort> => ({
    describe: async (request) => {
      const about = await real.describe(request);
      return { ...about, capabilities: [...about.capabilities, 'differences'] };
    },
    'differences.read': async ({ cursor }) => ({
      differences: (cursor === undefined ? differences.slice(0, 1) : differences.slice(1)) as never,
      cursor: cursor === undefined ? 'more' : null,
    }),
    'orders.list': async (request) => {
      asked.push(...request.clientIds);
      return real['orders.list'](request);
    },
  });

test('a bridge that compares by itself is believed: nobody else is read', async () => {
  const { asked, ctx } = watched(comparing([]));
  expect((await runReconcile(ctx, {})).differences).toEqual([]);
  expect(asked).toEqual([]);

  const staff = await it.login('admin');
  await staff.ok('POST', '/api/test/edit-price', { serviceId: serviceIds[1], recurring: '11.00' });
  const named = {
    kind: 'recurring_changed',
    clientId: '1',
    serviceId: serviceIds[1],
    currency: 'USD',
    expected: '12.40',
    actual: '11.00',
  };
  const found = watched(comparing([named]));
  const report = await runReconcile(found.ctx, {});
  expect(report.differences.map(({ kind, amount }) => [kind, amount])).toEqual([['recurring_changed', '-1.40']]);
  expect(found.asked).toEqual(['1']);
  await repairDifference(it.system(), { id: report.differences[0]!.id });
  const after = watched(comparing([]));
  expect((await runReconcile(after.ctx, {})).differences).toEqual([]);
});

test('what only the bridge sees is kept with its own figures, and closed when it no longer says so', async () => {
  const at = { clientId: '1', currency: 'USD' };
  const { ctx } = watched(
    comparing([
      { ...at, kind: 'status_changed', serviceId: serviceIds[0], expected: 'active', actual: 'cancelled' },
      { ...at, kind: 'service_moved', serviceId: serviceIds[2], expected: null, actual: null },
      {
        ...at,
        kind: 'discount_on_invoice',
        serviceId: null,
        invoiceId: '77',
        lineId: '78',
        expected: '0.00',
        actual: '-2.50',
      },
      { ...at, clientId: '999', kind: 'status_changed', serviceId: '5', expected: 'active', actual: 'cancelled' },
    ]),
  );
  const { differences } = await runReconcile(ctx, {});
  expect(differences.map(({ kind, subjectId, amount }) => [kind, subjectId, amount]).toSorted()).toEqual([
    ['discount_on_invoice', '78', '-2.50'],
    ['service_moved', serviceIds[2], '-12.40'],
    ['status_changed', serviceIds[0], '-12.40'],
  ]);
  expect(differences.every(({ resellerId }) => resellerId === one.id)).toBe(true);
  const moved = differences.find(({ kind }) => kind === 'service_moved')!;
  await expect(repairDifference(it.system(), { id: moved.id })).rejects.toMatchObject({ code: 'conflict' });
  expect((await runReconcile(watched(comparing([])).ctx, {})).differences).toEqual([]);
});

test('a service that is gone is ended on both ends', async () => {
  const gone = {
    clientId: '1',
    currency: 'USD',
    kind: 'service_gone',
    serviceId: serviceIds[2],
    expected: '12.40',
    actual: null,
  };
  const { differences } = await runReconcile(watched(comparing([gone])).ctx, {});
  await repairDifference(it.system(), { id: differences[0]!.id });
  const [row] = await sql<{ status: string }>(
    `select status from price_lock where host_service_id = '${serviceIds[2]}' order by locked_at desc limit 1`,
  );
  expect([row?.status, it.sandbox.store.readLock(serviceIds[2]!)?.status]).toEqual(['ended', 'ended']);
});

test('a line of a paid invoice that only the bridge judges is given back as credit, once', async () => {
  const host = it.system().host;
  const { balance } = await host['credit.read']({ clientId: '1' });
  const { invoices } = await host['invoices.list']({ clientIds: ['1'], limit: 10 });
  const invoice = invoices[0]!;
  const line = invoice.lines[0]!;
  const called = {
    kind: 'invoice_line_changed',
    clientId: '1',
    serviceId: 'sold-past-us',
    invoiceId: invoice.id,
    lineId: line.id,
    currency: 'USD',
    expected: '3.20',
    actual: '4.00',
    paid: true,
  };
  const { ctx } = watched(comparing([called]));
  const report = await runReconcile(ctx, {});
  expect(report.differences.map(({ kind, amount }) => [kind, amount])).toEqual([['invoice_line_changed', '0.80']]);
  await repairDifference(it.system(), { id: report.differences[0]!.id });
  const after = (await host['credit.read']({ clientId: '1' })).balance;
  expect(Number(after) - Number(balance)).toBeCloseTo(0.8, 5);
  // The bridge goes on naming it for some weeks.
  expect((await runReconcile(ctx, {})).differences).toEqual([]);
  const unchanged = await host['invoices.list']({ clientIds: ['1'], ids: [invoice.id], limit: 1 });
  expect(unchanged.invoices[0]?.total).toBe(invoice.total);
});
