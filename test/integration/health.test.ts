import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import german from '../../ui/src/lib/health/checks.de.json' with { type: 'json' };
import english from '../../ui/src/lib/health/checks.en.json' with { type: 'json' };
import { writeFaults } from '../../hooks/hosts/sandbox/faults.ts';
import { examineHealth } from '../../server/modules/health/examine.ts';
import { getHealth } from '../../server/modules/health/get.ts';
import { retryConnection } from '../../server/modules/health/retry.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';

let it: Installation;
/** How much the host's clock is ahead, in milliseconds. */
let ahead = 0;
beforeAll(async () => {
  it = await startInstallation({ hostNow: () => Date.now() + ahead });
  await it.makeReseller();
  it.sandbox.jobs.cron();
});
afterAll(() => it.stop());
afterEach(async () => {
  ahead = 0;
  writeFaults(it.sandbox.host, { hooksOff: false, nativeCheckoutBroken: false });
  it.sandbox.jobs.cron();
  await it.settle();
});

const sql = (text: string) => it.service.orm.em.fork().execute(text);
const look = async (check?: string) => (await examineHealth(it.admin(), check === undefined ? {} : { check })).checks;
/** What is not in order, as "id status". */
const faults = (checks: Awaited<ReturnType<typeof look>>) =>
  checks.filter(({ status }) => status === 'fail' || status === 'warn').map(({ id, status }) => `${id} ${status}`);

test('nothing was looked at before the first run; in order, every check that applies is good now', async () => {
  const before = await getHealth(it.admin(), {});
  expect(new Set(before.checks.map(({ status }) => status))).toEqual(new Set(['unknown']));
  const checks = await look();
  expect(faults(checks)).toEqual([]);
  expect(
    checks.every(({ status, goodAt, lookedAt }) => lookedAt !== null && (status === 'ok') === (goodAt !== null)),
  ).toBe(true);
  expect((await getHealth(it.admin(), {})).checks).toEqual(checks);
});

const minutesAgo = (minutes: number) => `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19)}Z`;
const injected: [string, string, () => unknown, (() => unknown)?][] = [
  ['hooks that are not connected', 'hooks.connected fail', () => writeFaults(it.sandbox.host, { hooksOff: true })],
  [
    'a shop that shows retail',
    'checkout.native warn',
    () => writeFaults(it.sandbox.host, { nativeCheckoutBroken: true }),
  ],
  ['clocks that differ', 'clocks.agree fail', () => (ahead = 200_000)],
  ['a cron that stopped', 'cron.running fail', () => (it.sandbox.jobs.status.cronAt = minutesAgo(90))],
  [
    'a catalogue that is old',
    'catalogue.readable fail',
    () => sql(`update catalogue set read_at = read_at - interval '2 hours'`),
    () => sql(`update catalogue set read_at = now()`),
  ],
  [
    'events that were set aside',
    'events.delivered warn',
    () =>
      sql(
        `insert into inbox (event_id, type, aggregate_type, aggregate_id, aggregate_version, outcome, received_at)
         values ('evt_aside', 'x', 'x', 'x', 1, 'parked', now())`,
      ),
    () => sql(`delete from inbox where event_id = 'evt_aside'`),
  ],
  [
    'a host that cannot pull its prices',
    'service.reachable-from-host fail',
    async () => {
      await sql(`update programme set refuse_stale_seconds = refuse_stale_seconds + 1`);
      writeFaults(it.sandbox.host, { failNext: 'prices.publish' });
    },
  ],
  [
    'a price of zero by oversight',
    'catalogue.zero-prices warn',
    () =>
      sql(
        `update catalogue_product set product = jsonb_set(product, '{components,0,prices,0,price}', '"0.00"') where id = 'vps-s'`,
      ),
  ],
];
test('the screen names each of eight faults, and when it was last in order', async () => {
  expect(injected).toHaveLength(8);
  for (const [name, fault, inject, mend] of injected) {
    const good = new Map((await look()).map(({ id, goodAt }) => [id, goodAt]));
    await inject();
    const checks = await look();
    expect(faults(checks), name).toContain(fault);
    const one = checks.find(({ id }) => fault.startsWith(id));
    expect(one?.mend, name).toMatch(/\w/);
    expect(one?.goodAt, name).toBe(good.get(one!.id));
    expect(Date.parse(one!.lookedAt!)).toBeGreaterThan(Date.parse(one!.goodAt!));
    await mend?.();
    ahead = 0;
    writeFaults(it.sandbox.host, { hooksOff: false, nativeCheckoutBroken: false, failNext: null });
    it.sandbox.jobs.cron();
    await it.settle();
  }
});

test('one check is run again without the others', async () => {
  const before = new Map((await look()).map(({ id, lookedAt }) => [id, lookedAt]));
  writeFaults(it.sandbox.host, { hooksOff: true });
  const after = await look('hooks.connected');
  const changed = after.filter(({ id, lookedAt }) => lookedAt !== before.get(id)).map(({ id }) => id);
  expect(changed).toEqual(['hooks.connected']);
  expect(after.find(({ id }) => id === 'hooks.connected')?.status).toBe('fail');
  await expect(look('nothing.such')).rejects.toMatchObject({ code: 'bad_input', path: '/check' });
});

test('the card says what the host reports, and why it does not answer', async () => {
  await (await it.login('client')).buy([vpsLine]);
  await it.settle();
  const { host, heardAt, error, kind } = await getHealth(it.admin(), {});
  expect({ kind, error }).toEqual({ kind: 'sandbox', error: null });
  expect(Date.now() - Date.parse(heardAt!)).toBeLessThan(60_000);
  expect(host?.prices.inStep).toBe(true);
  expect(Math.abs(host?.clockSeconds ?? 99)).toBeLessThan(5);
  ahead = 90_000;
  expect((await getHealth(it.admin(), {})).host?.clockSeconds).toBeGreaterThan(80);
  ahead = 400_000;
  const refused = await getHealth(it.admin(), {});
  expect(refused).toMatchObject({ host: null, error: { code: 'unauthorised' } });
});

test('what the host would try again later is tried when the provider says so', async () => {
  await (await it.login('client')).buy([vpsLine]);
  const later = Date.now() + 3_600_000;
  it.sandbox.host.db.run('UPDATE outbox SET nextMs = ? WHERE deliveredMs IS NULL', later);
  await it.settle();
  const waits = (await getHealth(it.admin(), {})).host?.queue;
  expect(waits?.waiting).toBeGreaterThan(0);
  expect(waits?.nextTryAt).toBe(`${new Date(later).toISOString().slice(0, 19)}Z`);
  await retryConnection(it.admin(), {});
  const { host, heardAt } = await getHealth(it.admin(), {});
  expect(host?.queue).toMatchObject({ waiting: 0 });
  expect(Date.now() - Date.parse(heardAt!)).toBeLessThan(60_000);
});

test('the screen has words for every check, in each language', () => {
  const ids = it.admin().doctor.ids.toSorted();
  expect(Object.keys(english).toSorted()).toEqual(ids);
  expect(Object.keys(german).toSorted()).toEqual(ids);
});
