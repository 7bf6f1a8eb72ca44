import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { writeFaults } from '../../hooks/hosts/sandbox/faults.ts';
import { createKeys, type InstallationKeys, writeKeys } from '../../hooks/transport/keys.ts';
import { checks } from '../../server/doctor/checks/index.ts';
import { type DoctorReport, runDoctor } from '../../server/doctor/run.ts';
import { readEnvironment } from '../../server/env.ts';
import { connect } from '../../server/platform/database/orm.ts';
import { freshDatabase } from '../support/database.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';

let it: Installation;
let folder: string;
/** How much the host's clock is ahead, in milliseconds. */
let ahead = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  it = await startInstallation({ hostNow: () => Date.now() + ahead });
  await it.makeReseller();
  it.sandbox.jobs.cron();
});
afterAll(async () => {
  await it.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  ahead = 0;
  writeFaults(it.sandbox.host, { hooksOff: false, nativeCheckoutBroken: false });
  it.sandbox.jobs.cron();
  await it.settle();
});

interface Wrong {
  keys?: InstallationKeys;
  hostUrl?: string;
  serviceUrl?: string;
  databaseUrl?: string;
}
async function examine(wrong: Wrong = {}): Promise<DoctorReport> {
  writeKeys(join(folder, 'installation-keys.json'), wrong.keys ?? it.keys);
  const databaseUrl = wrong.databaseUrl ?? it.databaseUrl;
  const source = { DATA_DIR: folder, DATABASE_URL: databaseUrl, RESELLER_HOST_URL: wrong.hostUrl ?? it.hostUrl };
  const setup = { databaseUrl, serviceUrl: wrong.serviceUrl ?? it.serviceUrl };
  return runDoctor({ ...setup, env: readEnvironment(source) });
}
/** The checks that are not in order, as "id status". */
const faults = ({ checks: found }: DoctorReport) =>
  found.filter(({ status }) => status === 'fail' || status === 'warn').map(({ id, status }) => `${id} ${status}`);
const finding = ({ checks: found }: DoctorReport, id: string) => found.find((one) => one.id === id)!;
const sql = (text: string) => it.service.orm.em.fork().execute(text);

test('an installation in order has no fault, and what does not apply is skipped with the reason', async () => {
  const report = await examine();
  expect(faults(report)).toEqual([]);
  expect(report.ok).toBe(true);
  const skipped = report.checks.filter(({ status }) => status === 'skip').map(({ id }) => id);
  expect(skipped).toEqual(['host.paired', 'token.rights', 'calls.unlimited', 'orders.addons-listed']);
  expect(finding(report, 'quote.equal').what).toContain('8.00');
});

test('every check has an id of its own, and every fault says how to mend it', async () => {
  const ids = checks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const report = await examine({ keys: createKeys() });
  expect(report.checks.map(({ id }) => id)).toEqual(ids);
  for (const { status, mend, what } of report.checks) {
    expect(what.length).toBeGreaterThan(10);
    expect(mend !== null).toBe(status === 'fail' || status === 'warn');
  }
});

test('a service that is not there', async () => {
  expect(faults(await examine({ serviceUrl: 'http://127.0.0.1:1' }))).toEqual(['service.up fail']);
});

test('a database that is away, and one that is not migrated', async () => {
  const away = await examine({ databaseUrl: 'postgresql://nobody:wrong@127.0.0.1:1/none' });
  expect(faults(away)).toEqual(['database.migrated fail']);
  expect(finding(away, 'prices.in-step').status).toBe('skip');
  const old = new URL(await freshDatabase());
  const orm = await connect(old.href);
  await orm.em.fork().execute(`delete from schema_migration where name = (select max(name) from schema_migration)`);
  await orm.close(true);
  const report = await examine({ databaseUrl: old.href });
  expect(faults(report)).toEqual(['database.migrated fail']);
  expect(finding(report, 'database.migrated').what).toMatch(/the first is 00\d\d_/);
});

test('a host that is away, and something else at its address', async () => {
  const away = await examine({ hostUrl: 'http://127.0.0.1:1' });
  expect(faults(away)).toEqual(['bridge.reachable fail']);
  expect(finding(away, 'bridge.reachable').mend).toContain('RESELLER_HOST_URL');
  expect(faults(await examine({ hostUrl: it.serviceUrl }))).toEqual(['bridge.reachable fail']);
});

test('keys that the host refuses', async () => {
  expect(faults(await examine({ keys: createKeys() }))).toEqual(['bridge.accepts-signature fail']);
  const half = { ...it.keys, pluginToHost: createKeys().pluginToHost };
  expect(faults(await examine({ keys: half }))).toEqual(['bridge.accepts-signature fail']);
});

test.each([
  ['service.reachable-from-host', { hostLooksAt: 'http://127.0.0.1:1' }],
  [
    'service.accepts-signature',
    { hostKeys: (keys: InstallationKeys) => ({ ...keys, hostToPlugin: createKeys().hostToPlugin }) },
  ],
])('a host that fails %s, and with it has no prices', async (id, options) => {
  const other = await startInstallation(options);
  try {
    other.sandbox.jobs.cron();
    const { keys, hostUrl, serviceUrl, databaseUrl } = other;
    const report = await examine({ keys, hostUrl, serviceUrl, databaseUrl });
    expect(faults(report)).toEqual([`${id} fail`, 'prices.in-step fail']);
  } finally {
    await other.stop();
  }
});

test('clocks that differ, before and after signatures are refused', async () => {
  ahead = 60_000;
  const report = await examine();
  expect(faults(report)).toContain('clocks.agree warn');
  expect(finding(report, 'clocks.agree').what).toMatch(/(59|60|61) s/);
  ahead = 200_000;
  expect(faults(await examine())).toContain('clocks.agree fail');
  ahead = 400_000;
  const refused = await examine();
  expect(faults(refused)).toEqual(['bridge.accepts-signature fail']);
  expect(finding(refused, 'bridge.accepts-signature').mend).toContain('clocks');
});

test('hooks that are not connected, and a shop that shows retail', async () => {
  writeFaults(it.sandbox.host, { hooksOff: true, nativeCheckoutBroken: true });
  const report = await examine();
  expect(faults(report)).toEqual(['hooks.connected fail', 'checkout.native warn']);
  expect(report.ok).toBe(false);
});

test('a cron that is late, stopped, or never ran', async () => {
  const { status } = it.sandbox.jobs;
  const ago = (minutes: number) => `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19)}Z`;
  const seen = [];
  for (const at of [ago(20), ago(90), '']) {
    status.cronAt = at;
    seen.push(faults(await examine()));
  }
  expect(seen).toEqual([['cron.running warn'], ['cron.running fail'], ['cron.running fail']]);
});

test('price lists that are not in step, though the host could pull', async () => {
  // What the host pulls is right, and then changes before it is looked at: nothing is delivered in this test.
  await sql(`update programme set refuse_stale_seconds = refuse_stale_seconds + 1`);
  writeFaults(it.sandbox.host, { failNext: 'prices.publish' });
  const report = await examine();
  expect(faults(report)).toEqual(['service.reachable-from-host fail', 'prices.in-step fail']);
});

test('a quote that differs is found, with both amounts', async () => {
  const { store } = it.sandbox;
  const read = store.readChunk;
  store.readChunk = (hash, product) => {
    const chunk = read(hash, product);
    return chunk && { ...chunk, rows: chunk.rows.map((row) => ({ ...row, wholesale: '9.99' })) };
  };
  try {
    const report = await examine();
    expect(faults(report)).toEqual(['quote.equal fail']);
    expect(finding(report, 'quote.equal').what).toMatch(/9\.99 there, 8\.00 here/);
  } finally {
    store.readChunk = read;
  }
});

test('events that do not leave, and ones that were set aside', async () => {
  const { db } = it.sandbox.host;
  await (await it.login('client')).buy([vpsLine]);
  await it.settle();
  db.run(
    'UPDATE outbox SET deliveredMs = NULL, nextMs = 1, atMs = ? WHERE sequence = (SELECT max(sequence) FROM outbox)',
    Date.now() - 3_600_000,
  );
  expect(faults(await examine())).toEqual(['events.delivered fail']);
  await it.settle();
  await sql(
    `insert into inbox (event_id, type, aggregate_type, aggregate_id, aggregate_version, outcome, received_at) values ('evt_aside', 'x', 'x', 'x', 1, 'parked', now())`,
  );
  expect(faults(await examine())).toEqual(['events.delivered warn']);
  await sql(`delete from inbox where event_id = 'evt_aside'`);
});

test('a catalogue that is old, and prices at zero by oversight', async () => {
  await sql(`update catalogue set read_at = read_at - interval '2 hours'`);
  expect(faults(await examine())).toEqual(['catalogue.readable fail']);
  await sql(`update catalogue set read_at = now()`);
  await sql(
    `update catalogue_product set product = jsonb_set(product, '{components,0,prices,0,price}', '"0.00"') where id = 'vps-s'`,
  );
  const report = await examine();
  expect(faults(report)).toEqual(['catalogue.zero-prices warn']);
  expect(finding(report, 'catalogue.zero-prices').what).toContain('vps-s');
});
