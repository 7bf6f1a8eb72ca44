import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCsv } from '../../server/csv.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { listPriceChanges } from '../../server/modules/own-price/changes.ts';
import { applyVersions } from '../../server/modules/price-version/apply.ts';
import { createDraft } from '../../server/modules/price-version/create-draft.ts';
import { exportRules, importRules } from '../../server/modules/price-version/csv.ts';
import { explorePrices } from '../../server/modules/price-version/explore.ts';
import { exportPrices } from '../../server/modules/price-version/export-prices.ts';
import { getVersion } from '../../server/modules/price-version/get.ts';
import { getGuard, setGuard } from '../../server/modules/price-version/guard.ts';
import { listRules } from '../../server/modules/price-version/list-rules.ts';
import { listVersions } from '../../server/modules/price-version/list.ts';
import { acceptStaleBooks, listStaleBooks } from '../../server/modules/price-version/list-stale.ts';
import {
  previewProducts,
  previewResellers,
  previewServices,
} from '../../server/modules/price-version/preview-lists.ts';
import { publishVersion } from '../../server/modules/price-version/publish.ts';
import { saveChanges } from '../../server/modules/price-version/save-changes.ts';
import { startPreview } from '../../server/modules/price-version/start-preview.ts';
import { updateDraft } from '../../server/modules/price-version/update-draft.ts';
import { workOutPreview } from '../../server/modules/price-version/work-out-preview.ts';
import { explainPrice } from '../../server/modules/quote/explain.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import type { ShopClient } from '../support/shop-client.ts';

let it: Installation;
let gold: ResellerRow;
let bronze: ResellerRow;
let staff: ShopClient;
beforeAll(async () => {
  it = await startInstallation();
  staff = await it.login('admin');
  gold = await it.makeReseller();
  bronze = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
});
afterAll(() => it.stop());

const vps = { product: 'vps-s', component: 'base', term: '1M', currency: 'USD' } as const;
const always = { from: null, until: null } as const;
type Changes = Parameters<typeof saveChanges>[1]['changes'];

async function draftWith(name: string, changes: Changes) {
  const draft = await createDraft(it.admin(), { name });
  return changes?.length ? saveChanges(it.admin(), { ...draft, changes }) : draft;
}

async function publish(draft: { id: string; version: number; name: string }) {
  const { id } = await startPreview(it.admin(), draft);
  await workOutPreview(it.system(), { previewId: id });
  await publishVersion(it.admin(), { ...draft, confirmName: draft.name });
  await applyVersions(it.system());
  return id;
}

type Question = Partial<Parameters<typeof explorePrices>[1]>;

async function base(question: Question) {
  const { rows } = await explorePrices(it.admin(), { currency: 'USD', term: '1M', search: 'vps-s', ...question });
  return rows.find(({ product }) => product === 'vps-s')?.lines.find(({ component }) => component === 'base');
}

test('the explorer shows what a reseller, a tier and somebody without terms pays, and compares them', async () => {
  const compare = { resellerId: bronze.id };
  expect(await base({ resellerId: gold.id, compare })).toMatchObject({
    retail: '10.00',
    wholesale: '8.00',
    source: 'tier_rate',
    bp: 2000,
    monthly: '8.00',
    margin: '2.00',
    marginBp: 2000,
    compared: { wholesale: '9.00', source: 'programme_rate' },
  });
  expect(await base({ tierId: 'diamond' })).toMatchObject({ wholesale: '7.00' });
  expect(await base({})).toMatchObject({ wholesale: '9.00', source: 'programme_rate' });
  const { currencies, groups } = await explorePrices(it.admin(), { currency: 'USD' });
  expect(currencies).toContain('USD');
  expect(groups.map(({ id }) => id)).toContain('vps');
  const same = await explorePrices(it.admin(), {
    currency: 'USD',
    resellerId: gold.id,
    compare: { tierId: 'gold' },
    differing: true,
  });
  expect(same.rows).toEqual([]);
  await expect(base({ resellerId: 'rs_unknown' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(base({ tierId: 'copper' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(explorePrices(it.as(gold), { currency: 'USD' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('pages of the explorer hold every product once', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await explorePrices(it.admin(), { currency: 'USD', limit: 2, ...(cursor ? { cursor } : {}) });
    seen.push(...page.rows.map(({ product }) => product));
    cursor = page.cursor ?? undefined;
  } while (cursor);
  const { rows } = await explorePrices(it.admin(), { currency: 'USD', limit: 100 });
  expect(seen).toEqual(rows.map(({ product }) => product));
  expect(seen.length).toBeGreaterThan(3);
  const named = await explorePrices(it.admin(), { currency: 'USD', products: ['vps-m', 'vps-s', 'no-such-product'] });
  expect(named.rows.map(({ product }) => product)).toEqual(['vps-s', 'vps-m']);
});

test('a floor that does not lift a fixed price flags it, in the explorer and as a risk of publishing', async () => {
  const draft = await draftWith('Floors', [
    { kind: 'book', after: { for: { tier: 'gold' }, ...vps, price: '5.00', setup: null, ...always } },
    {
      kind: 'floor',
      after: {
        on: { product: 'vps-s' },
        component: 'base',
        term: null,
        currency: 'USD',
        minPrice: '6.00',
        minSetup: null,
        overCostBp: null,
      },
    },
    { kind: 'programme', after: { floorLiftsBooks: false } },
  ]);
  const line = { wholesale: '5.00', floor: '6.00', floorDistance: '-1.00', belowFloor: true, source: 'tier_book' };
  expect(await base({ resellerId: gold.id, versionId: draft.id })).toMatchObject(line);
  expect(await base({ resellerId: gold.id })).toMatchObject({ wholesale: '8.00', floor: null, belowFloor: false });
  const { id } = await startPreview(it.admin(), draft);
  await workOutPreview(it.system(), { previewId: id });
  const { preview } = await getVersion(it.admin(), { id: draft.id });
  expect(preview?.summary?.risks.map(({ code }) => code)).toContain('below_floor');
  expect((await previewProducts(it.admin(), { id, flagged: true })).rows.map(({ product }) => product)).toEqual([
    'vps-s',
  ]);
  expect((await previewResellers(it.admin(), { id })).rows).toMatchObject([
    { resellerId: gold.id, linesDown: 1, linesUp: 0, belowFloor: 1, largestBp: -3750, services: 0 },
  ]);
  expect((await previewResellers(it.admin(), { id, risesOverBp: 0 })).rows).toEqual([]);
  expect((await previewServices(it.admin(), { id })).rows).toEqual([]);
  await expect(previewServices(it.admin(), { id: 'ppv_x' })).rejects.toMatchObject({ code: 'not_found' });
});

test('a fixed price that retail left behind is listed and raised as a problem, until it is accepted or set anew', async () => {
  await publish(
    await draftWith('Book', [
      { kind: 'book', after: { for: { reseller: gold.id }, ...vps, price: '7.00', setup: null, ...always } },
    ]),
  );
  expect((await listStaleBooks(it.admin(), {})).total).toBe(0);
  await staff.ok('POST', '/api/admin/products/vps-s/price', {
    component: 'base',
    term: '1M',
    currency: 'USD',
    price: '12.00',
  });
  await syncCatalogue(it.system(), {});
  const stale = await listStaleBooks(it.admin(), {});
  expect(stale.rows).toMatchObject([
    { resellerId: gold.id, price: '7.00', retailWhenSet: { price: '10.00' }, retailNow: { price: '12.00' } },
  ]);
  const problems = await it.service.orm.em
    .fork()
    .execute<{ message: string }[]>('select message from problem where key = ?', [`price_book.stale:${gold.id}`]);
  expect(problems[0]?.message).toContain('1 fixed price(s)');
  await acceptStaleBooks(it.admin(), { ids: [stale.rows[0]!.id] });
  expect((await listStaleBooks(it.admin(), {})).total).toBe(0);
  await expect(acceptStaleBooks(it.admin(), { ids: ['prl_gone'] })).rejects.toMatchObject({ code: 'not_found' });
});

test('why this price: at another moment, by the rules of then', async () => {
  const why = (at?: Date) =>
    explainPrice(it.admin(), { ...vps, resellerId: gold.id, ...(at ? { at: at.toISOString() } : {}) });
  expect(await why()).toMatchObject({ wholesale: '7.00' });
  // Before the book: 20 % off what retail is today.
  expect(await why(new Date(Date.now() - 86_400_000))).toMatchObject({ retail: '12.00', wholesale: '9.60' });
  const soon = new Date(Math.floor(Date.now() / 1000) * 1000 + 3_600_000);
  const draft = await draftWith('Later', [{ kind: 'tier', id: 'bronze', after: { discountBp: 1200 } }]);
  const facts = { name: draft.name, running: 'keep', noticeDays: 0, reason: null } as const;
  const { version } = await updateDraft(it.admin(), { ...draft, ...facts, effectiveAt: soon.toISOString() });
  await publish({ ...draft, version });
  const bronzeAt = async (at: Date) =>
    (await explainPrice(it.admin(), { ...vps, resellerId: bronze.id, at: at.toISOString() })).wholesale;
  expect(await bronzeAt(new Date())).toBe('10.80');
  expect(await bronzeAt(soon)).toBe('10.56');
  expect(await base({ resellerId: bronze.id, at: soon.toISOString() })).toMatchObject({ wholesale: '10.56' });
  // The reseller sees what is coming to it, and to it only.
  expect((await listPriceChanges(it.as(bronze), {})).rows).toMatchObject([
    { state: 'scheduled', effectiveAt: soon.toISOString(), linesUp: 0 },
  ]);
  expect((await listPriceChanges(it.as(gold), {})).rows.map(({ state }) => state)).toEqual(['live']);
});

test('beside a version, and beside the same at an earlier moment, on screen and as a file', async () => {
  const mine = { resellerId: gold.id };
  const { rows } = await listVersions(it.admin(), {});
  const version = (number: number) => rows.find((row) => row.number === number)!;
  const beside = async (compare: Question['compare'], who: Question = mine) =>
    (await base({ ...who, compare }))?.compared?.wholesale;
  // One that was replaced has the rules it kept; the first, what held before any.
  expect(await base(mine)).toMatchObject({ wholesale: '7.00' });
  expect(await beside({ ...mine, versionId: version(0).id })).toBe('9.60');
  // A scheduled one is looked at when it begins.
  const later = rows.find(({ state }) => state === 'scheduled')!;
  const theirs = { resellerId: bronze.id };
  expect(await base(theirs)).toMatchObject({ wholesale: '10.80' });
  expect(await beside({ ...theirs, versionId: later.id }, theirs)).toBe('10.56');
  expect(await base({ ...theirs, versionId: later.id })).toMatchObject({ wholesale: '10.56' });
  await expect(beside({ ...mine, versionId: 'pvs_unknown' })).rejects.toMatchObject({ code: 'not_found' });

  const since = new Date(Date.now() - 86_400_000).toISOString();
  const changed = { ...mine, currency: 'USD', compare: { ...mine, at: since }, differing: true };
  const { rows: products } = await explorePrices(it.admin(), { ...changed, limit: 100 });
  const lines = products.flatMap(({ product, lines: some }) => some.map((line) => ({ product, ...line })));
  expect(lines.map(({ product, component, term }) => [product, component, term])).toContainEqual([
    'vps-s',
    'base',
    '1M',
  ]);
  for (const line of lines) expect(line.wholesale).not.toBe(line.compared?.wholesale);
  const file = readCsv((await exportPrices(it.admin(), changed)).csv).map(({ fields }) => fields);
  expect(
    file.map((line) => [line['product'], line['component'], line['term'], line['wholesale'], line['beside']]),
  ).toEqual(
    lines.map((line) => [line.product, line.component, line.term, line.wholesale, line.compared?.wholesale ?? '']),
  );
});

test('the limits are changed by one admin at a time', async () => {
  const guard = await getGuard(it.admin(), {});
  const limits = { lineBp: 5000, linesBp: 9000, monthlyBp: 2000 };
  const changed = await setGuard(it.admin(), { ...limits, version: guard.version });
  expect(changed).toMatchObject(limits);
  await expect(setGuard(it.admin(), { ...limits, version: guard.version })).rejects.toMatchObject({
    code: 'version_mismatch',
  });
  await expect(setGuard(it.admin(), { ...limits, lineBp: 0, version: 2 })).rejects.toMatchObject({ code: 'bad_input' });
});

test('CSV: a dry run names every line that does not fit and writes nothing; what was exported is imported as it was', async () => {
  const draft = await createDraft(it.admin(), { name: 'From a file' });
  const csv = [
    'reseller;tier;product;component;term;currency;price',
    `${gold.id};;vps-s;ram:8g;1M;USD;2.00`,
    ';copper;vps-s;base;1M;USD;2.00',
    ';gold;nothing;base;1M;USD;2.00',
    ';gold;vps-s;base;1M;USD;2.005',
    ';gold;vps-s;base;one month;USD;2.00',
    'rs_unknown;;vps-s;base;1Y;USD;99.00',
  ].join('\n');
  const dry = await importRules(it.admin(), { ...draft, kind: 'book', csv });
  expect(dry.errors.map(({ line, column }) => [line, column])).toEqual(
    expect.arrayContaining([
      [3, 'tier'],
      [4, 'product'],
      [5, 'price'],
      [6, 'term'],
      [7, 'reseller'],
    ]),
  );
  expect(dry).toMatchObject({ lines: 6, changes: 0, version: draft.version });
  await expect(importRules(it.admin(), { ...draft, kind: 'book', csv, dryRun: false })).rejects.toMatchObject({
    code: 'bad_input',
    path: '/csv',
  });
  await expect(importRules(it.admin(), { ...draft, kind: 'book', csv: 'a,b\n1,2' })).rejects.toMatchObject({
    message: expect.stringContaining('columns'),
  });

  const good = 'tier,product,component,term,currency,price\r\ngold,vps-s,base,1Y,USD,80.00\r\n';
  const done = await importRules(it.admin(), { ...draft, kind: 'book', csv: good, dryRun: false });
  expect(done).toMatchObject({ added: 1, changed: 0, removed: 0, changes: 1, errors: [] });
  const file = await exportRules(it.admin(), { kind: 'book', versionId: draft.id });
  expect(file.csv).toContain(',gold,vps-s,base,1Y,USD,80.00,');
  const again = await importRules(it.admin(), { ...done, kind: 'book', csv: file.csv });
  expect(again).toMatchObject({ added: 0, errors: [] });
  const { rows } = await listRules(it.admin(), { kind: 'book', versionId: draft.id, tierId: 'gold' });
  expect(rows).toMatchObject([{ edited: true, rule: { price: '80.00', term: '1Y' } }]);
  expect((await listRules(it.admin(), { kind: 'book', tierId: 'gold' })).rows).toEqual([]);
});

test('text that a spreadsheet would take for a formula is exported as text', async () => {
  const draft = await draftWith('Formula', []);
  await it.service.orm.em
    .fork()
    .execute("insert into price_floor (id, group_id, currency, min_price) values ('=1+1', '@group', 'USD', '1.00')");
  const { csv } = await exportRules(it.admin(), { kind: 'floor' });
  expect(csv).toContain("'=1+1");
  expect(csv).toContain("'@group");
  const read = await importRules(it.admin(), { ...draft, kind: 'floor', csv });
  expect(read).toMatchObject({ changed: 1, added: 0, errors: [] });
});

test('an admin is told why for a tier and for somebody without terms; a reseller is always told its own', async () => {
  const charge = { ...vps, charge: 'price' } as const;
  const told = async (question: { tierId?: string }) =>
    (await explainPrice(it.admin(), { ...charge, ...question })).wholesale;
  expect(await told({ tierId: 'diamond' })).toBe((await base({ tierId: 'diamond' }))?.wholesale);
  expect(await told({})).toBe((await base({}))?.wholesale);
  expect(await told({})).not.toBe(await told({ tierId: 'diamond' }));
  const asked = explainPrice(it.as(bronze), { ...charge, tierId: 'diamond' });
  expect((await asked).wholesale).toBe((await explainPrice(it.as(bronze), charge)).wholesale);
});
