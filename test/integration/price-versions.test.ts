import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServiceContext } from '../../server/context.ts';
import { readCsv } from '../../server/csv.ts';
import { listActivity } from '../../server/modules/activity/list.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { applyVersions } from '../../server/modules/price-version/apply.ts';
import { createDraft } from '../../server/modules/price-version/create-draft.ts';
import { discardDraft } from '../../server/modules/price-version/discard-draft.ts';
import { exportPreview } from '../../server/modules/price-version/export-preview.ts';
import { getPreview } from '../../server/modules/price-version/get-preview.ts';
import { getVersion } from '../../server/modules/price-version/get.ts';
import { listChanges } from '../../server/modules/price-version/list-changes.ts';
import { listRules } from '../../server/modules/price-version/list-rules.ts';
import { listVersions } from '../../server/modules/price-version/list.ts';
import { moveLocks } from '../../server/modules/price-version/move-locks.ts';
import {
  previewProducts,
  previewResellers,
  previewServices,
} from '../../server/modules/price-version/preview-lists.ts';
import { publishVersion } from '../../server/modules/price-version/publish.ts';
import { revertTo } from '../../server/modules/price-version/revert.ts';
import { saveChanges } from '../../server/modules/price-version/save-changes.ts';
import { startPreview } from '../../server/modules/price-version/start-preview.ts';
import { updateDraft } from '../../server/modules/price-version/update-draft.ts';
import { withdrawVersion } from '../../server/modules/price-version/withdraw.ts';
import { workOutPreview } from '../../server/modules/price-version/work-out-preview.ts';
import { createQuote } from '../../server/modules/quote/create.ts';
import { runReconcile } from '../../server/modules/reconcile/run.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';
import type { ShopClient } from '../support/shop-client.ts';

let it: Installation;
let gold: ResellerRow;
let bronze: ResellerRow;
let shop: ShopClient;
let staff: ShopClient;
beforeAll(async () => {
  it = await startInstallation();
  [shop, staff] = await Promise.all([it.login('reseller'), it.login('admin')]);
  gold = await it.makeReseller();
  bronze = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
});
afterAll(() => it.stop());

const DAY = 86_400_000;
/** A context at another moment. */
const at = (ctx: ServiceContext, moment: Date): ServiceContext => ({ ...ctx, now: moment });
const inDays = (days: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + days * DAY);

const forGold = { for: { tier: 'gold' }, from: null, until: null } as const;
const discount = (bp: number, product = 'vps-s') =>
  ({ kind: 'discount', after: { ...forGold, on: { product }, bp, kinds: null } }) as const;
const book = (price: string | null, over: object = {}) =>
  ({
    kind: 'book',
    after: {
      ...forGold,
      product: 'vps-s',
      component: 'base',
      term: '1M',
      currency: 'USD',
      price,
      setup: null,
      ...over,
    },
  }) as const;

type Changes = Parameters<typeof saveChanges>[1]['changes'];

async function draftWith(name: string, changes: Changes) {
  const { id, version } = await createDraft(it.admin(), { name });
  return saveChanges(it.admin(), { id, version, changes });
}

async function previewed(draft: { id: string; version: number }) {
  const { id } = await startPreview(it.admin(), draft);
  await workOutPreview(it.system(), { previewId: id });
  return getPreview(it.admin(), { id });
}

async function publishNow(name: string, changes: Changes, more: Partial<Parameters<typeof updateDraft>[1]> = {}) {
  let draft = await draftWith(name, changes);
  draft = { ...draft, ...(await updateDraft(it.admin(), { ...settings(draft), ...more })) };
  await previewed(draft);
  const published = await publishVersion(it.admin(), { id: draft.id, version: draft.version, confirmName: name });
  await applyVersions(it.system());
  await it.settle();
  return published;
}

function settings({ id, version, name }: { id: string; version: number; name: string }) {
  return { id, version, name, effectiveAt: null, running: 'keep', noticeDays: 30, reason: null } as const;
}

async function due(reseller: ResellerRow, ctx = it.as(reseller)): Promise<string> {
  return (await createQuote(ctx, { currency: 'USD', lines: [vpsLine] })).dueNow;
}

async function entries(action: string) {
  return it.service.orm.em
    .fork()
    .execute<{ reseller_id: string; payload: Record<string, unknown> }[]>(
      'select reseller_id, payload from outbox where type = ? order by sequence',
      [action],
    );
}

test('a draft changes nothing before it is published, and then the right prices for the right resellers', async () => {
  const before = [await due(gold), await due(bronze)];
  const draft = await draftWith('Spring', [discount(5000)]);
  expect([await due(gold), await due(bronze)]).toEqual(before);

  const preview = await previewed(draft);
  expect(preview).toMatchObject({ state: 'done', outdated: false });
  expect(preview.summary).toMatchObject({ resellers: 1, linesUp: 0, largestBp: -3750 });
  expect(preview.summary?.linesDown).toBeGreaterThan(0);

  const published = await publishVersion(it.admin(), { ...draft, confirmName: 'Spring' });
  expect(published).toMatchObject({ number: 1, state: 'scheduled' });
  // The old list prices orders until the job is through.
  expect([await due(gold), await due(bronze)]).toEqual(before);
  await applyVersions(it.system());
  // 5.00 + 1.50 + 2 × 0.63 recurring, and 5.00 setup that no discount covers.
  expect([await due(gold), await due(bronze)]).toEqual(['12.76', before[1]]);
  expect(await getVersion(it.admin(), { id: draft.id })).toMatchObject({ state: 'live', number: 1, changes: 1 });
  const { rows } = await listActivity(it.admin(), { subjectId: draft.id, action: 'price_version.applied' });
  expect(rows).toMatchObject([{ actor: { kind: 'system' }, before: { live: 0 }, after: { live: 1 } }]);
  const told = await entries('price_change.announced');
  expect(told.map(({ reseller_id }) => reseller_id)).toEqual([gold.id]);
  expect(told[0]?.payload).toMatchObject({ priceVersion: 1, linesUp: 0 });
  expect(JSON.stringify(told)).not.toContain('Spring');
});

test('going back to before the first version is a new publication with its prices', async () => {
  const draft = await revertTo(it.admin(), { number: 0 });
  expect(draft).toMatchObject({ state: 'draft', revertsTo: 0, changes: 1 });
  await previewed(draft);
  await publishVersion(it.admin(), { ...draft, confirmName: draft.name });
  await applyVersions(it.system());
  expect(await due(gold)).toBe('17.40');
  const { rows } = await listVersions(it.admin(), {});
  expect(rows.map(({ number, state }) => [number, state])).toEqual(
    expect.arrayContaining([
      [2, 'live'],
      [1, 'replaced'],
      [0, 'replaced'],
    ]),
  );
  await expect(revertTo(it.admin(), { number: 0 })).rejects.toMatchObject({ code: 'conflict' });
  await expect(revertTo(it.admin(), { number: 77 })).rejects.toMatchObject({ code: 'not_found' });
});

test('what the compiler would refuse is refused when it is saved, with its place', async () => {
  const draft = await createDraft(it.admin(), { name: 'Mistakes' });
  const save = (changes: Changes) => saveChanges(it.admin(), { ...draft, changes });
  const twice = [discount(1000), { ...discount(2000) }];
  const wrong: [Changes, string][] = [
    [[discount(1000), discount(1000, 'no-such-product')], '/changes/1/after/on/product'],
    [[book('7.005')], '/changes/0/after/price'],
    [[book('-1.00')], '/changes/0/after/price'],
    [[book('7.00', { currency: 'XXX' })], '/changes/0/after/currency'],
    [[book('7.00', { component: 'nothing' })], '/changes/0/after/component'],
    [[book('7.00', { for: { reseller: 'rs_unknown' } })], '/changes/0/after/for/reseller'],
    [[book('7.00', { for: { tier: 'copper' } })], '/changes/0/after/for/tier'],
    [[{ kind: 'tier', id: 'copper', after: { discountBp: 1 } }], '/changes/0/id'],
    [[{ ...discount(1000), id: 'prl_gone' }], '/changes/0/id'],
  ];
  for (const [changes, path] of wrong) {
    await expect(save(changes), path).rejects.toMatchObject({ code: 'bad_input', path });
  }
  await expect(save(twice)).rejects.toMatchObject({ code: 'bad_input', message: expect.stringContaining('both set') });
  expect((await listChanges(it.admin(), { id: draft.id })).rows).toEqual([]);
});

test('of two admins who save at once one is told to load again, and both drafts may live side by side', async () => {
  const draft = await createDraft(it.admin(), { name: 'Shared' });
  const results = await Promise.allSettled([
    saveChanges(it.admin(), { ...draft, changes: [discount(1000)] }),
    saveChanges(it.admin(), { ...draft, changes: [discount(3000)] }),
  ]);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toMatchObject({ code: 'version_mismatch' });
  const { version } = await getVersion(it.admin(), { id: draft.id });
  const gone = await discardDraft(it.admin(), { id: draft.id, version });
  expect(gone.state).toBe('discarded');
  await expect(saveChanges(it.admin(), { ...gone, changes: [discount(10)] })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('publishing needs a preview of the draft as it is, and the name once more beyond a limit', async () => {
  const draft = await draftWith('Steep', [discount(9000)]);
  await expect(publishVersion(it.admin(), draft)).rejects.toMatchObject({ code: 'conflict', path: '/preview' });
  const { summary } = await previewed(draft);
  expect(summary?.risks.map(({ code }) => code)).toContain('line_change');
  await expect(publishVersion(it.admin(), draft)).rejects.toMatchObject({ code: 'conflict', path: '/confirmName' });
  await expect(publishVersion(it.admin(), { ...draft, confirmName: 'steep' })).rejects.toMatchObject({
    path: '/confirmName',
  });
  const [change] = (await listChanges(it.admin(), { id: draft.id })).rows;
  const edited = await saveChanges(it.admin(), { ...draft, changes: [{ ...discount(8000), id: change!.id }] });
  await expect(publishVersion(it.admin(), { ...edited, confirmName: 'Steep' })).rejects.toMatchObject({
    path: '/preview',
  });
  await discardDraft(it.admin(), edited);
});

test('a version for later holds from its moment, is shipped ahead, and can be withdrawn until then', async () => {
  const draft = await draftWith('April', [discount(4000)]);
  const moment = inDays(1);
  const dated = await updateDraft(it.admin(), { ...settings(draft), effectiveAt: moment.toISOString() });
  await previewed(dated);
  const published = await publishVersion(it.admin(), { ...dated, confirmName: 'April' });
  await applyVersions(it.system());
  expect(await due(gold)).toBe('17.40');
  const late = at(it.as(gold), new Date(moment.getTime() + 1000));
  const shipped = await it.service.orm.em
    .fork()
    .execute<{ valid_from: string; valid_until: string | null }[]>(
      'select valid_from, valid_until from price_assignment where reseller_id = ? and replaced_at is null order by valid_from',
      [gold.id],
    );
  expect(shipped.map(({ valid_from }) => new Date(valid_from).getTime())).toContain(moment.getTime());
  expect(late.now > moment).toBe(true);

  const withdrawn = await withdrawVersion(it.admin(), {
    ...published,
    version: published.version,
    reason: 'Too early',
  });
  expect(withdrawn.state).toBe('withdrawn');
  const { rows } = await listActivity(it.admin(), { subjectId: draft.id, action: 'price_version.withdrawn' });
  expect(rows).toMatchObject([{ reason: 'Too early', after: { state: 'withdrawn' } }]);
  expect((await entries('price_change.withdrawn')).map(({ reseller_id }) => reseller_id)).toEqual([gold.id]);
  await applyVersions(at(it.system(), new Date(moment.getTime() + 1000)));
  expect(await due(gold)).toBe('17.40');
});

test('two drafts that change one rule: the second has to look again', async () => {
  const first = await draftWith('First', [{ kind: 'tier', id: 'gold', after: { discountBp: 2100 } }]);
  const second = await draftWith('Second', [{ kind: 'tier', id: 'gold', after: { discountBp: 2200 } }]);
  await previewed(first);
  await previewed(second);
  await publishVersion(it.admin(), { ...first, confirmName: 'First' });
  await applyVersions(it.system());
  await expect(publishVersion(it.admin(), { ...second, confirmName: 'Second' })).rejects.toMatchObject({
    code: 'conflict',
    path: '/tier/gold',
  });
  expect((await getVersion(it.admin(), { id: second.id })).errors[0]).toMatchObject({ code: 'changed_meanwhile' });
  const back = await saveChanges(it.admin(), {
    ...second,
    changes: [{ kind: 'tier', id: 'gold', after: { discountBp: 2000 } }],
  });
  await previewed(back);
  await publishVersion(it.admin(), { ...back, confirmName: 'Second' });
  await applyVersions(it.system());
  expect(await due(gold)).toBe('17.40');
});

test('running services keep their price, or cost more only when the notice is over', async () => {
  const { invoiceId } = await shop.buy([vpsLine]);
  await shop.pay(invoiceId);
  await it.settle();
  const recurring = async () =>
    (
      await it.service.orm.em
        .fork()
        .execute<{ unit_price: string }[]>(
          "select unit_price from price_lock where reseller_id = ? and status = 'active'",
          [gold.id],
        )
    )[0]?.unit_price;
  expect(await recurring()).toBe('12.40');

  const kept = await publishNow('Dearer for new orders', [book('9.50')]);
  await moveLocks(at(it.system(), inDays(40)), { versionId: kept.id });
  expect(await recurring()).toBe('12.40');

  const [cell] = (await listChanges(it.admin(), { id: kept.id })).rows;
  // From 9.50 to 9.00: cheaper than the new orders, dearer than the 8.00 that the service is locked at.
  const change = { ...book('9.00'), id: cell!.id };
  const moving = await publishNow('Dearer for all', [change], { running: 'next_renewal', noticeDays: 30 });
  expect(moving.servicesFrom).toBe(new Date(Date.parse(moving.publishedAt!) + 30 * DAY).toISOString());
  await moveLocks(it.system(), { versionId: moving.id });
  expect(await recurring()).toBe('12.40');
  expect(await moveLocks(at(it.system(), inDays(31)), { versionId: moving.id })).toBe(1);
  // 9.00 + 2.40 + 2 × 1.00.
  expect(await recurring()).toBe('13.40');
  expect(await moveLocks(at(it.system(), inDays(31)), { versionId: moving.id })).toBe(0);
  await it.settle();
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
});

/** What the running service of Gold costs at its next renewal. */
async function lockedPrice(): Promise<string | undefined> {
  const [row] = await it.service.orm.em
    .fork()
    .execute<{ unit_price: string }[]>(
      "select unit_price from price_lock where reseller_id = ? and status = 'active'",
      [gold.id],
    );
  return row?.unit_price;
}

/** The tests before moved it by a clock that ran ahead. */
const lockedNow = () =>
  it.service.orm.em.fork().execute('update price_lock set locked_at = now() where reseller_id = ?', [gold.id]);

test('on a date: renewals before it stay, dearer or cheaper, those after it cost the new price', async () => {
  const [cell] = (await listRules(it.admin(), { kind: 'book' })).rows;
  await lockedNow();
  const onDate = (draft: { id: string; version: number; name: string }, days: number | null, noticeDays = 10) =>
    updateDraft(it.admin(), {
      ...settings(draft),
      running: 'on_date',
      noticeDays,
      servicesFrom: days === null ? null : inDays(days).toISOString(),
    });
  const draft = await draftWith('Dearer on a date', [{ ...book('9.50'), id: cell!.id }]);
  await expect(onDate(draft, null)).rejects.toMatchObject({ code: 'bad_input', path: '/servicesFrom' });
  await expect(onDate(draft, -1)).rejects.toMatchObject({ code: 'bad_input', path: '/servicesFrom' });
  // Within the notice: what gets dearer is not published so.
  const early = await onDate(draft, 9);
  await previewed(early);
  await expect(publishVersion(it.admin(), { ...early, confirmName: early.name })).rejects.toMatchObject({
    code: 'conflict',
    path: '/servicesFrom',
  });
  const dated = await onDate(early, 20);
  await previewed(dated);
  const dearer = await publishVersion(it.admin(), { ...dated, confirmName: dated.name });
  await applyVersions(it.system());
  await it.settle();
  expect(await moveLocks(at(it.system(), inDays(19)), { versionId: dearer.id })).toBe(0);
  expect(await lockedPrice()).toBe('13.40');
  expect(await moveLocks(at(it.system(), inDays(21)), { versionId: dearer.id })).toBe(1);
  expect(await lockedPrice()).toBe('13.90');
  // The job of every minute has it done on the date, once.
  const movedAt = async (moment: Date) => {
    await applyVersions(at(it.system(), moment));
    return (await getVersion(it.admin(), { id: dearer.id })).servicesMovedAt;
  };
  expect([await movedAt(inDays(19)), await movedAt(inDays(21))]).toEqual([null, expect.any(String)]);
  await it.settle();
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
});

test('cheaper on a date waits for it too, and a rise that was taken back before its date is not made', async () => {
  const change = async (price: string) => {
    const [cell] = (await listRules(it.admin(), { kind: 'book' })).rows;
    return [{ ...book(price), id: cell!.id }];
  };
  await lockedNow();
  const cheaper = await publishNow('Cheaper on a date', await change('9.00'), {
    running: 'on_date',
    noticeDays: 30,
    servicesFrom: inDays(5).toISOString(),
  });
  expect(await lockedPrice()).toBe('13.90');
  expect(await moveLocks(at(it.system(), inDays(4)), { versionId: cheaper.id })).toBe(0);

  const dearer = await publishNow('Dearer later', await change('9.80'), {
    running: 'on_date',
    noticeDays: 1,
    servicesFrom: inDays(3).toISOString(),
  });
  await publishNow('Taken back', await change('9.00'));
  expect(await moveLocks(at(it.system(), inDays(4)), { versionId: dearer.id })).toBe(0);
  expect(await lockedPrice()).toBe('13.90');
  expect(await moveLocks(at(it.system(), inDays(6)), { versionId: cheaper.id })).toBe(1);
  expect(await lockedPrice()).toBe('13.40');
});

test('a preview says which services would change, and what that does to a month', async () => {
  const draft = await draftWith('Cheaper options', [discount(3000)]);
  const dated = await updateDraft(it.admin(), { ...settings(draft), running: 'next_renewal' });
  const { summary } = await previewed(dated);
  // The base has a fixed price; 3.00 and 1.25 of the options at 30 % off: 9.00 + 2.10 + 2 × 0.88 = 12.86.
  expect(summary).toMatchObject({
    services: 1,
    servicesDown: 1,
    monthly: [{ currency: 'USD', before: '13.40', dearer: '0.00', cheaper: '-0.54' }],
  });
  expect(await staff.ok('GET', '/api/test/mail')).toBeDefined();
  await syncCatalogue(it.system(), {});
  expect((await getVersion(it.admin(), { id: dated.id })).preview).toMatchObject({ outdated: false });
});

test('the lists of a preview are filtered alike on screen and as files', async () => {
  const silent = await it.makeReseller({ hostClientId: '3', tierId: 'bronze' });
  await it.service.orm.em.fork().execute("update reseller set email = '' where id = ?", [silent.id]);
  const draft = await draftWith('Files', [
    discount(3000, 'web-pro'),
    { kind: 'tier', id: 'bronze', after: { discountBp: 0 } },
  ]);
  const moving = await updateDraft(it.admin(), { ...settings(draft), running: 'next_renewal' });
  const { id, summary } = await previewed(moving);
  expect(summary).toMatchObject({ resellers: 3, withoutEmail: 1 });
  const filters = [{}, { risesOverBp: 1000 }, { risesOverBp: 0 }, { withoutEmail: true }, { resellerId: gold.id }];
  const fileOf = async (of: 'resellers' | 'products' | 'services', filter: object) =>
    readCsv((await exportPreview(it.admin(), { id, of, ...filter })).csv).map(({ fields }) => fields);
  for (const filter of filters) {
    const resellers = await previewResellers(it.admin(), { id, ...filter });
    const lines = await fileOf('resellers', filter);
    expect(new Set(lines.map((line) => line['reseller']))).toEqual(
      new Set(resellers.rows.map((row) => row.resellerId)),
    );
    const products = await previewProducts(it.admin(), { id, ...filter });
    expect(await fileOf('products', filter)).toMatchObject(
      products.rows.map((row) => ({
        product: row.product,
        title: row.title,
        company: row.company,
        largest_change_bp: String(row.largestBp),
        old_price: row.largest?.before,
        new_price: row.largest?.after,
      })),
    );
    const services = await previewServices(it.admin(), { id, ...filter });
    expect((await fileOf('services', filter)).map((line) => line['service'])).toEqual(
      services.rows.map((row) => row.serviceId),
    );
  }
  const names = async (filter: object) =>
    (await previewResellers(it.admin(), { id, ...filter })).rows.map(({ resellerId }) => resellerId).toSorted();
  // From the programme's 10 % to nothing is a rise of a ninth; Gold only gets cheaper.
  expect(await names({ risesOverBp: 1000 })).toEqual([bronze.id, silent.id].toSorted());
  expect(await names({ withoutEmail: true })).toEqual([silent.id]);
  const [row] = (await previewResellers(it.admin(), { id, resellerId: gold.id })).rows;
  expect(row).toMatchObject({ linesUp: 0, hasEmail: true, belowFloor: 0, belowCost: 0 });
  expect(row!.linesDown).toBeGreaterThan(0);
});
