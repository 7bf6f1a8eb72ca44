import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServiceContext } from '../../server/context.ts';
import { authenticateKey } from '../../server/modules/api-key/authenticate.ts';
import { createKey } from '../../server/modules/api-key/create.ts';
import { forgetNotices } from '../../server/modules/notice/forget.ts';
import { createDraft } from '../../server/modules/price-version/create-draft.ts';
import { createQuote } from '../../server/modules/quote/create.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { settingsHistory } from '../../server/modules/settings/history.ts';
import { previewSettings } from '../../server/modules/settings/preview.ts';
import { revertSettings } from '../../server/modules/settings/revert.ts';
import type { SectionName } from '../../server/modules/settings/sections/index.ts';
import { systemActor } from '../../server/actors.ts';
import { createWebhook } from '../../server/modules/webhook/create.ts';
import { forgetDeliveries } from '../../server/modules/webhook/forget.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';

let it: Installation;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  // Bronze has no rate of its own: what it pays is the programme's.
  reseller = await it.makeReseller({ tierId: 'bronze' });
});
afterAll(() => it.stop());

async function section(name: SectionName) {
  const { rows } = await getSettings(it.admin(), { section: name });
  return rows[0]!;
}
async function save(name: SectionName, values: Record<string, unknown>) {
  return updateSettings(it.admin(), { section: name, version: (await section(name)).version, values });
}
const entries = (sectionId: string) =>
  it
    .admin()
    .em.execute<{ action: string; actor: { id: string }; before: object; after: object }[]>(
      `select action, actor, before, after from activity where subject_type = 'settings' and subject_id = ? order by id`,
      [sectionId],
    );

test('every section has its defaults from the first day, and a first version', async () => {
  const { rows } = await getSettings(it.admin(), {});
  expect(rows.map((row) => row.section).toSorted()).toEqual(
    ['api', 'applications', 'form', 'notices', 'prices', 'programme', 'retention'].toSorted(),
  );
  expect(rows.find((row) => row.section === 'prices')?.values).toMatchObject({ discountBp: 1000, coupons: 'refuse' });
  expect(rows.find((row) => row.section === 'applications')?.values).toMatchObject({
    reapplyDays: 30,
    automatic: { mode: 'off' },
  });
  for (const row of rows) {
    const history = await settingsHistory(it.admin(), { section: row.section });
    expect(history.rows.map(({ version, values }) => ({ version, values }))).toEqual([
      { version: 1, values: row.values },
    ]);
  }
});

test('a changed default discount is the price of the next order, in the history and in the log', async () => {
  const line = { currency: 'USD', lines: [vpsLine] };
  const before = await createQuote(it.as(reseller), line);
  const saved = await save('prices', { discountBp: 2000 });
  expect(saved).toMatchObject({ version: 2, values: { discountBp: 2000 }, changedBy: { id: 'admin:test' } });
  const after = await createQuote(it.as(reseller), line);
  expect([before.recurring, after.recurring]).toEqual([{ '1M': '13.96' }, { '1M': '12.40' }]);
  expect((await getReseller(it.admin(), { id: reseller.id })).effectiveDiscountBp).toBe(2000);
  const [version] = (await settingsHistory(it.admin(), { section: 'prices' })).rows;
  expect(version).toMatchObject({ version: 2, by: { id: 'admin:test', name: 'Test admin' } });
  expect(version?.changes).toEqual([{ field: 'discountBp', before: 1000, after: 2000 }]);
  expect((await entries('prices')).at(-1)).toMatchObject({
    action: 'settings.updated',
    actor: { id: 'admin:test' },
    before: { discountBp: 1000 },
    after: { discountBp: 2000 },
  });
  const queued = await it
    .admin()
    .em.execute(`select 1 from jobs.job where name = 'lower-locks' and data->>'resellerId' = ?`, [reseller.id]);
  expect(queued).toHaveLength(1);
});

test('going back makes the values of an earlier version a new one, and its prices hold again', async () => {
  const reverted = await revertSettings(it.admin(), { section: 'prices', version: 2, toVersion: 1 });
  expect(reverted).toMatchObject({ version: 3, values: { discountBp: 1000 } });
  expect((await createQuote(it.as(reseller), { currency: 'USD', lines: [vpsLine] })).recurring).toEqual({
    '1M': '13.96',
  });
  const { rows } = await settingsHistory(it.admin(), { section: 'prices' });
  expect(rows[0]).toMatchObject({ version: 3, reverts: 1 });
  expect((await entries('prices')).at(-1)?.action).toBe('settings.reverted');
  await expect(revertSettings(it.admin(), { section: 'prices', version: 3, toVersion: 99 })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('of two admins who save the same section, the second learns who was first and nothing of theirs is kept', async () => {
  const { version } = await section('api');
  const results = await Promise.allSettled([
    updateSettings(it.admin(), { section: 'api', version, values: { maxKeys: 3 } }),
    updateSettings(it.admin(), { section: 'api', version, values: { maxKeys: 4 } }),
  ]);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toMatchObject({
    code: 'version_mismatch',
    message: expect.stringContaining('Test admin'),
  });
  expect((await section('api')).version).toBe(version + 1);
  expect((await settingsHistory(it.admin(), { section: 'api' })).total).toBe(2);
});

test('saving without a change makes no version and no entry', async () => {
  const { version } = await section('retention');
  const same = await updateSettings(it.admin(), { section: 'retention', version, values: { draftDays: 180 } });
  expect(same.version).toBe(version);
  expect(await entries('retention')).toEqual([]);
});

describe('a bad value is refused with its place, and nothing changes', () => {
  const form = (fields: unknown) => ({ fields });
  const core = async () => (await section('form')).values['fields'] as Record<string, unknown>[];
  test.each([
    ['prices', { discountBp: 10_001 }, '/values/discountBp'],
    ['prices', { discountBp: -1 }, '/values/discountBp'],
    ['prices', { applyTo: { base: true } }, '/values/applyTo/option'],
    ['prices', { quoteHoldsSeconds: 0 }, '/values/quoteHoldsSeconds'],
    ['programme', { billingZone: 'Mars/Olympus' }, '/values/billingZone'],
    ['programme', { defaultTierId: 'tin' }, '/values/defaultTierId'],
    ['programme', { surprise: 1 }, '/values'],
    ['applications', { remindAfterDays: 30, expireAfterDays: 30 }, '/values/remindAfterDays'],
    ['applications', { automatic: { mode: 'conditions' } }, '/values/automatic'],
    [
      'applications',
      { automatic: { mode: 'on', paidTotal: { amount: '0', currency: 'USD' } } },
      '/values/automatic/paidTotal/amount',
    ],
    ['api', { scopesOffered: ['resellers:write'] }, '/values/scopesOffered/0'],
    [
      'notices',
      { kinds: { order_paid: { templates: { en: { subject: 'Paid', body: 'Cost: {wholesaleOfOthers}' } } } } },
      '/values/kinds/order_paid/templates/en/body',
    ],
  ] as const)('%s %j', async (name, values, path) => {
    const before = await section(name);
    await expect(save(name, values)).rejects.toMatchObject({ code: 'bad_input', path });
    expect(await section(name)).toEqual(before);
  });

  test('a form keeps its four core fields and their kinds, its ids are unique, and conditions look upwards', async () => {
    const fields = await core();
    const extra = { id: 'size', type: 'number', label: { en: 'Servers' } };
    await expect(save('form', form(fields.slice(1)))).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('businessName'),
    });
    const retyped = fields.map((field) => (field['id'] === 'description' ? { ...field, type: 'text' } : field));
    await expect(save('form', form(retyped))).rejects.toMatchObject({ path: '/values/fields/3/type' });
    await expect(save('form', form([...fields, extra, extra]))).rejects.toMatchObject({ path: '/values/fields/5/id' });
    const early = [{ ...extra, showIf: { field: 'taxId', equals: 'x' } }, ...fields];
    await expect(save('form', form(early))).rejects.toMatchObject({ path: '/values/fields/0/showIf/field' });
    const optional = fields.map((field) => ({ ...field, required: false }));
    expect((await save('form', form([...optional, extra]))).version).toBe(2);
  });
});

describe('the policy for keys', () => {
  const make = (more: object = {}) => createKey(it.as(reseller), { name: 'ERP', scopes: ['orders:read'], ...more });
  const call = async (key: string) => authenticateKey(it.service.context(systemActor), key);

  test('a reseller makes as many as are allowed, also at once; an admin’s own keys do not count', async () => {
    await save('api', { maxKeys: 2 });
    const results = await Promise.allSettled([make(), make(), make()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    await createKey(it.admin(), { name: 'Backup', scopes: ['orders:read'] });
    await save('api', { maxKeys: 20 });
  });

  test('a key lives no longer and opens no more than is allowed', async () => {
    await save('api', { maxLifetimeDays: 30, scopesOffered: ['prices:read'] });
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    await expect(make({ expiresAt: inDays(1) })).rejects.toMatchObject({ code: 'forbidden', path: '/scopes' });
    const scopes = ['prices:read'];
    await expect(make({ scopes })).rejects.toMatchObject({ code: 'bad_input', path: '/expiresAt' });
    await expect(make({ scopes, expiresAt: inDays(31) })).rejects.toMatchObject({ path: '/expiresAt' });
    expect((await make({ scopes, expiresAt: inDays(29) })).key).not.toBe('');
    await save('api', { maxLifetimeDays: null, scopesOffered: [] });
  });

  test('with the API off no key of a reseller opens anything; the provider’s own go on; on again, the same key works', async () => {
    const { key } = await make();
    const own = await createKey(it.admin(), { name: 'Own', scopes: ['orders:read'] });
    await save('api', { enabled: false });
    expect(await call(key)).toMatchObject({ refused: { code: 'api_off' } });
    expect((await call(own.key))?.actor).toMatchObject({ kind: 'api_key', resellerId: null });
    await save('api', { enabled: true });
    expect((await call(key))?.actor).toMatchObject({ kind: 'api_key', resellerId: reseller.id });
  });
});

test('a preview counts whom a change reaches and writes nothing', async () => {
  const before = await section('programme');
  const off = await previewSettings(it.admin(), { section: 'programme', values: { enabled: false } });
  expect(off).toMatchObject({
    changes: [{ field: 'enabled', before: true, after: false }],
    reach: { resellers: 1, onProgrammeRate: 1, runningServices: 0 },
  });
  expect(await section('programme')).toEqual(before);
  await expect(
    previewSettings(it.admin(), { section: 'prices', values: { discountBp: 20_000 } }),
  ).rejects.toMatchObject({ code: 'bad_input' });
});

test('a preview shows what values make of real prices, as compiling them would', async () => {
  const example = async (values: Record<string, unknown>, kind: string) =>
    (await previewSettings(it.admin(), { section: 'prices', values })).examples.find((one) => one.kind === kind);
  expect(await example({ discountBp: 1000 }, 'base')).toMatchObject({ currency: 'USD', bp: 1000 });
  const [now, half] = [await example({ discountBp: 1000 }, 'base'), await example({ discountBp: 5000 }, 'base')];
  expect(half).toMatchObject({ bp: 5000, retail: now!.retail, wholesale: (Number(now!.retail) / 2).toFixed(2) });
  // Setup is not discounted by default, and is when it is switched on.
  const setup = await example({ discountBp: 5000 }, 'setup');
  expect(setup!.wholesale).toBe(setup!.retail);
  const all = { base: true, option: true, addon: true, domain: true, setup: true };
  const cheaper = await example({ discountBp: 5000, applyTo: all }, 'setup');
  expect(cheaper!.wholesale).toBe((Number(setup!.retail) / 2).toFixed(2));
  expect((await previewSettings(it.admin(), { section: 'api', values: {} })).examples).toEqual([]);
});

test('with the programme off no order is quoted or placed; switched on again it goes on', async () => {
  await save('programme', { enabled: false });
  const quote = () => createQuote(it.as(reseller), { currency: 'USD', lines: [vpsLine] });
  await expect(quote()).rejects.toMatchObject({ code: 'programme_off' });
  await save('programme', { enabled: true });
  expect((await quote()).dueNow).not.toBe('');
});

test('a billing zone of one’s own outlives the reading of the host; without one the host’s holds', async () => {
  const zone = async () => {
    const [row] = await it.admin().em.execute<{ billing_zone: string }[]>('select billing_zone from programme');
    return row?.billing_zone;
  };
  const hosts = await zone();
  await save('programme', { billingZone: 'Asia/Tokyo' });
  await syncCatalogue(it.system(), {});
  expect(await zone()).toBe('Asia/Tokyo');
  await save('programme', { billingZone: null });
  await syncCatalogue(it.system(), {});
  expect(await zone()).toBe(hosts);
});

/** May send to addresses of this machine. */
const local = (ctx: ServiceContext): ServiceContext => ({ ...ctx, webhooks: { ...ctx.webhooks, allowPrivate: true } });

test('a draft of prices begins with the notice of the settings', async () => {
  await save('notices', { priceRiseDays: 45 });
  expect((await createDraft(it.admin(), { name: 'Next year' })).noticeDays).toBe(45);
});

test('logs of notices and deliveries are kept for as long as the settings say, what still waits for longer', async () => {
  await save('retention', { noticeLogDays: 10, deliveryLogDays: 5 });
  const em = () => it.admin().em.fork();
  const { id: endpoint } = await createWebhook(local(it.as(reseller)), { url: 'http://127.0.0.1:1/hook' });
  for (const days of [4, 6, 9, 11]) {
    await em().execute(
      `insert into notice (id, kind, reseller_id, cause, language, recipient, subject, body, state, created_at)
       select 'not_' || state || ${days}, 'order_paid', ?, state || ${days}, 'en', 'x@example.org', 's', 'b', state, now() - interval '${days} days'
         from unnest(array['sent', 'queued']) state`,
      [reseller.id],
    );
    await em().execute(
      `insert into webhook_delivery (id, endpoint_id, event_id, event_type, object_key, origin, state, created_at, finished_at)
       values ('whd_${days}', ?, 'evt', 'order.paid', 'k', 'event', 'delivered', now(), now() - interval '${days} days')`,
      [endpoint],
    );
  }
  expect(await forgetNotices(it.system())).toBe(1);
  expect(await forgetDeliveries(it.system())).toBe(3);
  expect(
    await em().execute(`select id from notice where id like 'not_%11' or id like 'not_sent9'  order by id`),
  ).toEqual([{ id: 'not_queued11' }, { id: 'not_sent9' }]);
  expect(await em().execute('select id from webhook_delivery')).toEqual([{ id: 'whd_4' }]);
});

test('a reseller has as many webhook endpoints as the settings allow; the provider’s own do not count', async () => {
  const make = (ctx = it.as(reseller)) => createWebhook(local(ctx), { url: 'http://127.0.0.1:1/hook' });
  const [{ n }] = (await it
    .admin()
    .em.execute('select count(*)::int as n from webhook_endpoint where reseller_id = ?', [reseller.id])) as [
    { n: number },
  ];
  await save('api', { endpointsPerReseller: n + 1 });
  await make();
  await expect(make()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(`${n + 1} endpoints`),
  });
  await make(it.admin());
  await save('api', { endpointsPerReseller: 20 });
});
