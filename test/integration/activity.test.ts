import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintSessionToken } from '../../hooks/transport/session-token.ts';
import { activityCommand } from '../../server/cli/activity.ts';
import type { ServiceContext } from '../../server/context.ts';
import { PLUGIN_ID } from '../../server/identity.ts';
import { listActivity } from '../../server/modules/activity/list.ts';
import { record } from '../../server/modules/activity/record.ts';
import type { ActivityRow } from '../../server/modules/activity/row.ts';
import { sealActivity } from '../../server/modules/activity/seal.ts';
import { verifyActivity } from '../../server/modules/activity/verify.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { getPulse } from '../../server/modules/identity/pulse.ts';
import { viewAsReseller } from '../../server/modules/identity/view-as.ts';
import { addNote } from '../../server/modules/note/add.ts';
import { getResellerDetails } from '../../server/modules/reseller/details.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { updateReseller } from '../../server/modules/reseller/update.ts';
import { resellerPermissions } from '../../server/permissions.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let it: Installation;
let one: ResellerRow;
let other: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
});
afterAll(() => it.stop());

const sql = <Row = unknown>(text: string, values: unknown[] = []) =>
  it.service.orm.em.fork().execute<Row[]>(text, values);
const get = (path: string, token: string) =>
  fetch(`${it.serviceUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
const session = (claims: object) =>
  mintSessionToken(
    it.keys.session[0]!,
    {
      iss: it.hostUrl,
      aud: PLUGIN_ID,
      iid: it.keys.installation,
      sub: 'admin:1',
      portal: 'admin',
      scopes: ['activity:read', 'activity:export', 'customers:write', ...resellerPermissions],
      account: null,
      sid: 'session-of-test',
      ...claims,
    },
    Date.now(),
  );

test('the log is found by every filter, newest first, page by page without a gap', async () => {
  const customer = await createCustomer(it.as(one), { name: 'Ines', email: 'ines@example.org' });
  const all = (await listActivity(it.admin(), { limit: 100 })).rows;
  expect(all[0]).toMatchObject({
    action: 'customer.created',
    actor: { kind: 'reseller', id: `client:${one.id}`, name: 'Test reseller' },
    subject: { type: 'customer', id: customer.id },
    reseller: { id: one.id, company: 'Northwind Resale' },
    requestId: expect.stringMatching(/^req_/),
  });
  const paged: ActivityRow[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listActivity(it.admin(), { limit: 1, ...(cursor ? { cursor } : {}) });
    paged.push(...page.rows);
    expect(page.total).toBe(all.length);
    if (page.cursor === null) break;
    cursor = page.cursor;
  }
  expect(paged).toEqual(all);
  const ids = async (filter: Parameters<typeof listActivity>[1]) =>
    (await listActivity(it.admin(), { ...filter, limit: 100 })).rows.map(({ id }) => id);
  const expected = (fits: (row: ActivityRow) => boolean) => all.filter(fits).map(({ id }) => id);
  expect(await ids({ action: 'customer.created' })).toEqual([all[0]!.id]);
  expect(await ids({ action: 'reseller.*' })).toEqual(expected(({ action }) => action.startsWith('reseller.')));
  expect(await ids({ actorId: 'admin:test' })).toEqual(expected(({ actor }) => actor.id === 'admin:test'));
  expect(await ids({ actorKind: 'reseller' })).toEqual([all[0]!.id]);
  expect(await ids({ subjectType: 'customer', subjectId: customer.id })).toEqual([all[0]!.id]);
  expect(await ids({ resellerId: other.id })).toEqual(expected(({ reseller }) => reseller?.id === other.id));
  expect(await ids({ requestId: all[0]!.requestId! })).toEqual([all[0]!.id]);
  expect(await ids({ field: 'email' })).toEqual(
    expected(({ before, after }) => [before, after].some((side) => side !== null && 'email' in (side as object))),
  );
  expect(await ids({ until: all[0]!.at })).not.toContain(all[0]!.id);
  expect(await ids({ from: all[0]!.at })).toContain(all[0]!.id);
  await expect(listActivity(it.admin(), { action: 'reseller' })).rejects.toMatchObject({ code: 'bad_input' });
});

test('the pulse names the last entry of each kind, of one’s own', async () => {
  const kinds = (rows: ActivityRow[]) =>
    Object.fromEntries(
      rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ subject, id }) => [subject.type, id] as const),
    );
  for (const ctx of [it.admin(), it.as(one), it.as(other)]) {
    const { rows } = await listActivity(ctx, { limit: 100 });
    expect((await getPulse(ctx, {})).versions).toEqual(kinds(rows));
  }
});

test('a reseller sees its own part, without what is internal, notes and the reasons of the provider', async () => {
  const suspended = await setStatus(it.admin(), {
    id: one.id,
    version: one.version,
    status: 'suspended',
    publicReason: 'Invoice 7 is open',
    note: 'called twice, rude',
  });
  one = await setStatus(it.admin(), { id: one.id, version: suspended.version, status: 'active' });
  await it.service.orm.em.fork().transactional(async (em) => {
    const entry = { subject: { type: 'reseller', id: one.id }, resellerId: one.id };
    record({ ...it.admin(), em }, { ...entry, action: 'reseller.note_added', after: { text: 'x' }, internal: true });
    record({ ...it.admin(), em }, { ...entry, action: 'reseller.tier_changed', reason: 'threatened to leave' });
  });
  const { rows } = await listActivity(it.as(one), { limit: 100 });
  const text = JSON.stringify(rows);
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['reseller.suspended', 'reseller.tier_changed']),
  );
  expect(text).toContain('Invoice 7 is open');
  for (const secret of ['rude', 'threatened', 'note_added', other.id]) expect(text).not.toContain(secret);
  expect(JSON.stringify((await listActivity(it.admin(), { limit: 100 })).rows)).toContain('threatened to leave');
  expect((await listActivity(it.as(one), { resellerId: other.id })).rows).toEqual([]);
  expect(rows.every(({ hash, sourceAddress }) => hash === null && sourceAddress === null)).toBe(true);
});

test('notes and tags stand in the log of the reseller they are about, where it never sees that there are any', async () => {
  await addNote(it.admin(), { resellerId: one.id, text: 'Watch this one' });
  const { version } = await getResellerDetails(it.admin(), { id: one.id });
  await updateReseller(it.admin(), { id: one.id, version, tags: ['watched'] });
  const actions = async (ctx: ServiceContext) =>
    (await listActivity(ctx, { resellerId: one.id, limit: 2 })).rows.map(({ action }) => action);
  expect(await actions(it.admin())).toEqual(['reseller.filed', 'reseller_note.added']);
  const seen = await actions(it.as(one));
  expect(seen).not.toContain('reseller.filed');
  const { versions } = await getPulse(it.as(one), {});
  expect(versions).not.toHaveProperty('reseller_note');
  await addNote(it.admin(), { resellerId: one.id, text: 'Watch it still' });
  expect((await getPulse(it.as(one), {})).versions).toEqual(versions);
});

test('an admin sees a portal read-only; the visit is in the log once, and the reseller finds it there', async () => {
  const { token, view } = await viewAsReseller(it.admin(), { id: one.id, reason: 'Ticket 4711' });
  await viewAsReseller(it.admin(), { id: one.id, reason: 'Ticket 4711', view });
  const me = (await (await get('/trpc/me.get', token)).json()) as { result: { data: { reseller: { id: string } } } };
  expect(me.result.data.reseller.id).toBe(one.id);
  const refused = await fetch(`${it.serviceUrl}/trpc/customers.create`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Mallory', email: 'mallory@example.org' }),
  });
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('read-only');
  const visits = (await listActivity(it.as(one), { action: 'portal.viewed' })).rows;
  expect(visits).toHaveLength(1);
  expect(visits[0]).toMatchObject({ actor: { kind: 'admin', id: 'admin:test' }, reason: null });
  expect((await listActivity(it.admin(), { action: 'portal.viewed' })).rows[0]?.reason).toBe('Ticket 4711');

  // The same when the host itself lets its staff in.
  const byHost = await session({ sub: 'client:1', act: 'admin:9', portal: 'client', account: '1' });
  await get('/trpc/me.get', byHost);
  await get('/trpc/pulse.get', byHost);
  const [again] = (await listActivity(it.admin(), { onBehalfBy: 'admin:9' })).rows;
  expect(again).toMatchObject({ action: 'portal.viewed', actor: { kind: 'reseller', actingAdmin: 'admin:9' } });
  expect((await listActivity(it.admin(), { onBehalfBy: 'admin:9' })).total).toBe(1);
  expect(again?.sourceAddress).toMatch(/127\.0\.0\.1/);
  await expect(viewAsReseller(it.admin(), { id: 'rs_unknown', reason: 'curious' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(viewAsReseller(it.admin(), { id: one.id, reason: '' })).rejects.toMatchObject({ code: 'bad_input' });
  await expect(viewAsReseller(it.system(), { id: one.id, reason: 'by a job' })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('the export is the whole log as CSV that no spreadsheet runs, and as JSON lines with hashes', async () => {
  await createCustomer(it.as(other), { name: '=HYPERLINK("http://x")', email: 'formula@example.org' });
  await it.service.orm.em.fork().transactional(async (em) => {
    const entry = { action: 'reseller.updated', subject: { type: 'reseller', id: other.id }, resellerId: other.id };
    record({ ...it.admin(), em }, { ...entry, reason: '=1+1' });
  });
  await sealActivity(it.system());
  const token = await session({});
  const csv = await (await get('/exports/v1/activity.csv', token)).text();
  expect(csv).toContain(`"'=1+1"`);
  expect(csv).not.toContain('"=1+1"');
  const { total } = await listActivity(it.admin(), {});
  const lines = (await (await get('/exports/v1/activity.jsonl', token)).text()).trimEnd().split('\n');
  expect(lines).toHaveLength(total);
  const parsed = lines.map((line) => JSON.parse(line) as ActivityRow);
  expect(parsed.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash ?? ''))).toBe(true);
  // With nothing but its line and the one before, an entry is verified outside.
  const sealed = parsed as unknown as { hash: string; previousHash: string | null; sealed: string; id: string }[];
  for (const { hash, previousHash, sealed: text, id } of sealed) {
    const before = Buffer.from(previousHash ?? '0'.repeat(64), 'hex');
    expect(createHash('sha256').update(before).update(text).digest('hex')).toBe(hash);
    expect(JSON.parse(text)).toMatchObject({ id });
  }
  const own = await (
    await get('/exports/v1/activity.jsonl', await session({ sub: 'client:2', portal: 'client', account: '2' }))
  ).text();
  expect(own).toContain('formula@example.org');
  expect(own).toContain('"sealed":null');
  expect(own).not.toContain(one.id);
  expect((await get('/exports/v1/activity.csv', await session({ scopes: ['activity:read'] }))).status).toBe(403);
  expect((await get('/exports/v1/activity.csv', 'nothing')).status).toBe(401);
});

test('entries are sealed once, whatever order they commit in; the log refuses to be changed', async () => {
  const late = it.service.orm.em.fork();
  await late.begin();
  record({ ...it.admin(), em: late }, { action: 'test.late', subject: { type: 'test', id: 'late' }, resellerId: null });
  await late.flush();
  await createCustomer(it.as(one), { name: 'Early', email: 'early@example.org' });
  await Promise.all([sealActivity(it.system()), sealActivity(it.system())]);
  await late.commit();
  expect(await verifyActivity(it.admin(), {})).toMatchObject({ ok: true, broken: null, unsealed: 1 });
  await sealActivity(it.system());
  expect(await sealActivity(it.system())).toBe(0);
  const report = await verifyActivity(it.admin(), {});
  const [{ n }] = (await sql<{ n: number }>('select count(*)::int as n from activity')) as [{ n: number }];
  expect(report).toMatchObject({ ok: true, broken: null, unsealed: 0, intact: n });
  expect((await verifyActivity(it.admin(), { expectHead: report.head! })).ok).toBe(true);
  expect(await verifyActivity(it.admin(), { expectHead: '0'.repeat(64) })).toMatchObject({
    ok: false,
    headFound: false,
  });
  for (const change of [
    `update activity set action = 'x.y'`,
    'delete from activity',
    'truncate activity',
    'delete from activity_seal',
  ]) {
    await expect(sql(change)).rejects.toThrow('never changed');
  }
});

test('a change behind the log’s back is found: the first entry that was changed, removed or lost its link', async () => {
  await sealActivity(it.system());
  const entries = await sql<{ activity_id: string }>('select activity_id from activity_seal order by position');
  const tamper = async (...changes: string[]) => {
    await sql(`begin; set local session_replication_role = replica; ${changes.join('; ')}; commit`);
    return verifyActivity(it.admin(), {});
  };
  const [third, fifth] = [entries[2]!.activity_id, entries[4]!.activity_id];
  const last = entries.at(-1)!;
  expect(await tamper(`delete from activity where id = '${last.activity_id}'`)).toMatchObject({
    ok: false,
    broken: { activityId: last.activity_id, cause: 'missing' },
  });
  expect(await tamper(`update activity set after = '{"own": 1}' where id = '${fifth}'`)).toMatchObject({
    broken: { activityId: fifth, position: 5, cause: 'changed' },
  });
  expect(await tamper(`update activity set at = at + interval '1 microsecond' where id = '${third}'`)).toMatchObject({
    intact: 2,
    broken: { activityId: third, cause: 'changed' },
  });
  expect(await tamper('delete from activity_seal where position = 2')).toMatchObject({
    broken: { position: 2, cause: 'link_missing' },
  });
});

test('the command line knows it', () => {
  const io = { stdout: process.stdout, stderr: process.stderr, exit: () => {} };
  expect(activityCommand(io).commands.map((command) => command.name())).toEqual(['verify']);
});
