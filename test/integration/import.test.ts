import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { previewImport } from '../../server/modules/import/preview.ts';
import { runImport } from '../../server/modules/import/run.ts';
import { runReconcile } from '../../server/modules/reconcile/run.ts';
import { moveToWholesale } from '../../server/modules/service/move-to-wholesale.ts';
import { publishLocks } from '../../server/modules/service/publish-locks.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';

let it: Installation;
let third: string;
beforeAll(async () => {
  it = await startInstallation();
  for (const who of ['reseller', 'client'] as const) {
    const shop = await it.login(who);
    await shop.pay((await shop.buy([vpsLine])).invoiceId);
  }
  await it.settle();
  // Hosts write whole seconds: what was sold in the second of the approval counts as sold after it.
  await sleep(1100);
  const { clients } = await it.admin().host['clients.list']({ search: 'applicant', limit: 10 });
  third = clients[0]!.id;
});
afterAll(() => it.stop());

const sql = <T>(text: string) => it.service.orm.em.fork().execute<T[]>(text);
const counts = async () => {
  const [row] = await sql<object>(
    `select (select count(*)::int from reseller) as resellers, (select count(*)::int from customer) as customers,
            (select count(*)::int from activity) as entries, (select count(*)::int from jobs.job) as jobs`,
  );
  return row;
};
const faults = ({ rows }: { rows: { line: number; errors: { column: string | null; message: string }[] }[] }) =>
  rows.flatMap(({ line, errors }) => errors.map(({ column, message }) => `${line} ${column}: ${message}`));

test('a preview names clients and services, before and afterwards, and writes nothing', async () => {
  const before = await counts();
  const csv = `client,as,tier,reseller,move_to_wholesale\n1,reseller,gold,,yes\n2,reseller,,,\n${third},customer,,1,`;
  const { rows, totals } = await previewImport(it.admin(), { csv });
  expect(totals).toEqual({ create: 3, exists: 0, error: 0 });
  expect(rows.map(({ line, as, client }) => [line, as, client?.id])).toEqual([
    [2, 'reseller', '1'],
    [3, 'reseller', '2'],
    [4, 'customer', third],
  ]);
  expect(rows.map(({ services }) => services.map(({ recurring, afterwards }) => [recurring, afterwards]))).toEqual([
    [['15.50', '12.40']],
    [['15.50', '15.50']],
    [],
  ]);
  expect(await counts()).toEqual(before);
});

test('every fault is told with its line and column, and with one of them nothing is written', async () => {
  const before = await counts();
  const csv = [
    'client,as,tier,discount,reseller,move_to_wholesale',
    '1,reseller,gold,,,',
    '999,reseller,,,,',
    '2,reseller,wood,,,',
    '1,customer,,,2,',
    `${third},customer,gold,,,yes`,
    'nobody@demo.example,boss,,,,',
  ].join('\n');
  const report = await runImport(it.admin(), { csv });
  expect(report.written).toBe(false);
  expect(faults(report)).toEqual([
    expect.stringContaining('3 client: the host has no client "999"'),
    expect.stringContaining('4 tier: there is no tier "wood"'),
    expect.stringContaining('5 client: this client is a reseller'),
    expect.stringContaining('5 client: this client stands in line 2 already'),
    expect.stringContaining('6 tier: leave this empty'),
    expect.stringContaining('6 move_to_wholesale:'),
    expect.stringContaining('6 reseller: enter the reseller'),
    expect.stringContaining('7 as: write reseller or customer'),
  ]);
  expect(await counts()).toEqual(before);
});

test('an import makes resellers with their services and customers, once', async () => {
  const rows = [
    { client: '1', as: 'reseller', tier: 'gold', move_to_wholesale: true },
    { client: 'client@demo.example', as: 'reseller', company: 'Second', discount: '12.5' },
    { client: third, as: 'customer', reseller: '1' },
  ];
  expect(await runImport(it.admin(), { rows })).toMatchObject({ written: true, totals: { create: 3, exists: 0 } });
  const after = await counts();
  expect(await runImport(it.admin(), { rows })).toMatchObject({ written: true, totals: { create: 0, exists: 3 } });
  expect(await counts()).toEqual(after);
  expect(await sql('select company, tier_id, own_discount_bp from reseller order by host_client_id')).toEqual([
    { company: 'Northwind Resale', tier_id: 'gold', own_discount_bp: null },
    { company: 'Second', tier_id: 'bronze', own_discount_bp: 1250 },
  ]);
  expect(await sql('select host_client_id from customer')).toEqual([{ host_client_id: third }]);
  expect(await sql('select unit_price::text from price_lock order by id')).toHaveLength(2);
});

test('moved services cost wholesale from the next renewal, the others keep their price; both pass the comparison', async () => {
  const [one, two] = await sql<{ id: string }>('select id from reseller order by host_client_id');
  for (const { id } of [one!, two!]) await publishLocks(it.system(), { resellerId: id });
  expect(await moveToWholesale(it.system(), { resellerId: one!.id })).toBe(1);
  expect(await moveToWholesale(it.system(), { resellerId: one!.id })).toBe(0);
  const { services } = await it.system().host['services.list']({ clientIds: ['1', '2'], limit: 10 });
  expect(services.map(({ clientId, recurring, lock }) => [clientId, recurring, lock?.unitPrice]).toSorted()).toEqual([
    ['1', '12.40', '12.40'],
    ['2', '15.50', '15.50'],
  ]);
  expect(
    await sql(`select after ->> 'unitPrice' as price from activity where action = 'service.moved_to_wholesale'`),
  ).toEqual([{ price: '12.40' }]);
  await it.settle();
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
  const queued = await sql<{ data: object }>(`select data from jobs.job where name = 'move-to-wholesale'`);
  expect(queued).toEqual([{ data: { resellerId: one!.id } }]);
});

test('customers of another reseller and used addresses are refused', async () => {
  const customer = (reseller: string) => ({ rows: [{ client: third, as: 'customer', reseller }] });
  expect(faults(await previewImport(it.admin(), customer('2')))).toEqual([
    '1 client: this client is the customer of another reseller',
  ]);
  expect(faults(await previewImport(it.admin(), { rows: [{ client: third, as: 'reseller' }] }))).toEqual([
    '1 client: this client is the customer of a reseller',
  ]);
  expect(faults(await previewImport(it.admin(), customer(third)))).toEqual([
    '1 reseller: this client is no reseller: import it as one in the same file',
    '1 client: this client is the customer of another reseller',
  ]);
});
