import { readFile } from 'node:fs/promises';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCsv } from '../../server/csv.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { applyVersions } from '../../server/modules/price-version/apply.ts';
import { createDraft } from '../../server/modules/price-version/create-draft.ts';
import { explorePrices } from '../../server/modules/price-version/explore.ts';
import { getVersion } from '../../server/modules/price-version/get.ts';
import { moveLocks } from '../../server/modules/price-version/move-locks.ts';
import { publishVersion } from '../../server/modules/price-version/publish.ts';
import { saveChanges } from '../../server/modules/price-version/save-changes.ts';
import { startPreview } from '../../server/modules/price-version/start-preview.ts';
import { workOutPreview } from '../../server/modules/price-version/work-out-preview.ts';
import { explainPrice } from '../../server/modules/quote/explain.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { SOURCES } from '../../server/pricing/sources.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor } from '../support/orders.ts';
import { copiedIn, faultsOf, logIn, openScreen } from '../support/windows.ts';

/** What a provider has to be able to rely on before publishing: each figure on screen is worked out here once more. */
let it: Installation;
let browser: Browser | undefined;
let page: Page;
let own: ResellerRow;
let bronze: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  own = await it.makeReseller({ ownDiscountBp: 1700 });
  bronze = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
  // Both come with the same name.
  bronze = { ...bronze, company: 'Harbour Hosting' };
  await it
    .admin()
    .em.execute('update reseller set company = ?, email = ? where id = ?', [bronze.company, '', bronze.id]);
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin', { width: 1520 });
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

type Changes = Parameters<typeof saveChanges>[1]['changes'];
const always = { from: null, until: null };

async function draftOf(name: string, changes: Changes) {
  const { id, version } = await createDraft(it.admin(), { name });
  return saveChanges(it.admin(), { id, version, changes });
}

async function publish(name: string, changes: Changes): Promise<void> {
  const { id, version } = await draftOf(name, changes);
  const preview = await startPreview(it.admin(), { id, version });
  await workOutPreview(it.system(), { previewId: preview.id });
  await publishVersion(it.admin(), { id, version, confirmName: name });
  await applyVersions(it.system());
  await it.settle();
}

const WHO = () => [
  { who: `reseller:${own.id}`, resellerId: own.id },
  { who: 'tier:gold', tierId: 'gold' },
  { who: `reseller:${bronze.id}`, resellerId: bronze.id },
  { who: '' },
];

/** Every line that anybody pays, by name, with the kind of its component. */
async function allLines(currency: string) {
  const kinds = new Map(
    (
      await it.admin().em.execute<{ key: string; kind: string }[]>(
        `select p.id || ' ' || (c ->> 'id') as key, c ->> 'kind' as kind
           from catalogue_product p cross join lateral jsonb_array_elements(p.product -> 'components') c`,
      )
    ).map(({ key, kind }) => [key, kind]),
  );
  const lines = [];
  for (const { who, ...whose } of WHO()) {
    const { rows } = await explorePrices(it.admin(), { ...whose, currency, limit: 100 });
    for (const { product, lines: own } of rows) {
      for (const line of own) {
        const kind = line.charge === 'setup' ? 'setup' : (kinds.get(`${product} ${line.component}`) ?? '');
        const action = kind === 'domain' ? ` ${line.component}` : '';
        lines.push({ ...line, who, product, kind: `${kind}${action}` });
      }
    }
  }
  return lines;
}

/** A euro amount on screen as ten-thousandths of a cent, so that what is before rounding can be compared. */
function exact(text: string): bigint {
  const [, whole = '', part = ''] = /€([\d,]+)(?:\.(\d+))?/.exec(text) ?? [];
  return BigInt(whole.replaceAll(',', '') + part.padEnd(6, '0'));
}
const CENT = 10_000n;
/** Rule 1 of the pricing: half away from zero, at the digits of the currency. */
const rounded = (amount: bigint): bigint => ((amount * 2n + CENT) / (2n * CENT)) * CENT;

async function readTrace(screen: FrameLocator) {
  const why = screen.getByRole('region', { name: 'Why this price' });
  const total = why.getByText('Wholesale price', { exact: true }).locator('..');
  await total.waitFor();
  const hits = await why.locator('li.hit').allInnerTexts();
  return {
    hero: exact(await why.locator('.hero').innerText()),
    retail: exact(await why.getByText('Retail', { exact: true }).first().locator('..').innerText()),
    wholesale: exact(await total.innerText()),
    steps: hits.map((text) => ({ text, amount: exact(text.split('\n').at(-1) ?? '') })),
  };
}

/** One line of each source, adjustment and kind of charge. */
let found: Awaited<ReturnType<typeof allLines>> = [];

test('there is a price from every source and for every kind of charge', async () => {
  const eur = { currency: 'EUR', ...always } as const;
  const book = (
    holder: object,
    product: string,
    component: string,
    term: string,
    price: string,
    setup: string | null,
  ) => ({ kind: 'book', after: { ...eur, for: holder, product, component, term, price, setup } }) as never;
  const percent = (holder: object, on: object, bp: number, kinds: string[] | null = null) =>
    ({ kind: 'discount', after: { ...always, for: holder, on, bp, kinds } }) as never;
  const floor = (on: object, component: string | null, amounts: object) => {
    const none = { minPrice: null, minSetup: null, overCostBp: null };
    return { kind: 'floor', after: { on, component, term: null, currency: 'EUR', ...none, ...amounts } } as never;
  };
  const [me, gold] = [{ reseller: own.id }, { tier: 'gold' }];
  await publish('All there is', [
    // Setup fees follow the rates; domains only where a discount names them.
    {
      kind: 'programme',
      after: { applyTo: { base: true, option: true, addon: true, setup: true, domain: false } },
    },
    book(me, 'vps-s', 'base', '1M', '6.66', '3.33'),
    book(me, 'vps-s', 'ram:8g', '1M', '2.22', null),
    book(me, 'domain-com', 'renew', '1Y', '9.99', null),
    book(me, 'addon-support', 'base', '1M', '11.11', null),
    book(gold, 'vps-s', 'base', '3M', '20.20', null),
    book(gold, 'web-start', 'base', '1M', '3.21', null),
    percent(me, { product: 'vps-m' }, 3133),
    percent(me, { group: 'dedicated' }, 999),
    percent(me, { product: 'domain-net' }, 512, ['domain']),
    percent(gold, { product: 'web-pro' }, 1234),
    percent(gold, { group: 'hosting' }, 777),
    floor({ product: 'vps-l' }, 'base', { overCostBp: 9000 }),
    floor({ product: 'web-start' }, 'base', { minPrice: '3.30' }),
  ]);
  // Retail moves: the fixed price of Web Start stays behind it.
  const staff = await it.login('admin');
  await staff.ok('POST', '/api/admin/products/web-start/price', {
    component: 'base',
    term: '1M',
    currency: 'EUR',
    price: '5.05',
  });
  await staff.ok('POST', '/api/admin/products/web-pro/price', {
    component: 'base',
    term: '1Y',
    currency: 'EUR',
    price: null,
  });
  await syncCatalogue(it.system(), {});

  const wanted = new Map<string, Awaited<ReturnType<typeof allLines>>[number]>();
  for (const line of await allLines('EUR')) {
    const key = `${line.source} ${line.adjusted ?? ''} ${line.kind}`;
    if (!/^0(\.0+)?$/.test(line.retail) && !wanted.has(key)) wanted.set(key, line);
  }
  const stale = (await allLines('EUR')).find((line) => line.product === 'web-start' && line.source === 'tier_book');
  expect(stale?.retail).toBe('5.05');
  wanted.set('stale', stale!);
  found = [...wanted.values()];
  expect(new Set(found.map(({ source }) => source))).toEqual(new Set(SOURCES));
  expect(new Set(found.map(({ kind }) => kind))).toEqual(
    new Set(['base', 'option', 'setup', 'addon', 'domain register', 'domain renew', 'domain transfer']),
  );
  expect(found.some(({ adjusted }) => adjusted === 'floor')).toBe(true);
});

test.each(SOURCES)('the trace adds up to the wholesale shown: %s', async (from) => {
  const lines = found.filter((line) => line.source === from);
  expect(lines).not.toEqual([]);
  for (const line of lines) {
    const { who, product, component, term, charge, source, bp, adjusted } = line;
    const name = JSON.stringify(line);
    const sel = [product, component, term, charge].join(' ');
    const query = new URLSearchParams({ who, cur: 'EUR', q: product, sel });
    const screen = await openScreen(page, it, 'admin', `/pricing?${query}`);
    const trace = await readTrace(screen);
    expect([trace.hero, trace.wholesale], name).toEqual(Array(2).fill(exact(`€${line.wholesale}`)));
    // The table shows the same amount.
    const shown = screen.locator('button.pricebtn[aria-expanded="true"]');
    expect(exact(await shown.innerText()), name).toBe(trace.wholesale);
    const [first, ...rest] = trace.steps;
    if (bp !== null) {
      expect(first!.text, name).toContain(`${bp / 100} %`);
      expect(first!.amount * 10_000n, name).toBe(trace.retail * BigInt(10_000 - bp));
    } else if (source === 'retail') expect(first!.amount, name).toBe(trace.retail);
    else expect(first!.text, name).toContain('The fixed amount of');
    let amount = first!.amount;
    for (const step of rest) {
      if (step.text.includes('Rounded')) expect(step.amount, name).toBe(rounded(amount));
      else if (step.text.includes('Held at the minimum')) expect(step.amount > amount, name).toBe(true);
      else expect(step.amount, name).toBe(trace.retail);
      amount = step.amount;
    }
    expect(amount, name).toBe(trace.wholesale);
    expect(
      rest.some(({ text }) => text.includes('minimum')),
      name,
    ).toBe(adjusted === 'floor');
  }
  expect(await faultsOf(page)).toEqual([]);
});

test('the explorer says what changed since a day, stands beside another version, and is saved as shown', async () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const screen = await openScreen(page, it, 'admin', `/pricing?who=reseller:${own.id}&cur=EUR`);
  await screen.getByLabel('Changed since').fill(yesterday);
  const fixed = screen.getByRole('row').filter({ hasText: '€6.66' });
  // 17 % off 9.00 before there was a fixed price.
  await fixed.getByText('€7.47').waitFor();
  await screen.getByRole('columnheader', { name: 'Then' }).waitFor();
  const download = page.waitForEvent('download');
  await screen.getByRole('button', { name: 'Export' }).click();
  const file = readCsv(await readFile(await (await download).path(), 'utf8')).map(({ fields }) => fields);
  expect(file.every(({ wholesale, beside }) => wholesale !== beside)).toBe(true);
  expect(file.find(({ wholesale }) => wholesale === '6.66')).toMatchObject({ retail: '9.00', beside: '7.47' });
  expect(await faultsOf(page)).toEqual([]);

  await screen.getByLabel('Changed since').fill('');
  await screen.getByRole('columnheader', { name: 'Then' }).waitFor({ state: 'detached' });
  await screen.getByRole('button', { name: 'Compare' }).click();
  await screen.getByLabel('Beside').fill('Before');
  await screen.getByRole('option', { name: 'v0 Before the first version' }).click();
  await fixed.getByText('€7.47').waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('fixed prices that retail left behind, and what is not offered, are found among the sources; a price says what it stands on', async () => {
  const screen = await openScreen(page, it, 'admin', `/pricing?who=tier:gold&cur=EUR`);
  const source = screen.getByLabel('Rule or source');
  await source.selectOption({ label: 'Retail changed since' });
  const rows = screen.getByRole('table', { name: 'Explorer' }).getByRole('row');
  await expect.poll(() => rows.count()).toBe(2);
  await rows.filter({ hasText: 'Web Start' }).getByText('Retail changed since').waitFor();

  await rows.last().getByRole('button').click();
  const why = screen.getByRole('region', { name: 'Why this price' });
  const basis = (
    await explainPrice(it.admin(), {
      product: 'web-start',
      component: 'base',
      term: '1M',
      currency: 'EUR',
      charge: 'price',
      tierId: 'gold',
    })
  ).basis!;
  expect(basis).toMatchObject({ version: { number: 1, name: 'All there is' }, listHash: null });
  const [read] = await it
    .admin()
    .em.execute<{ hash: string }[]>("select hash from catalogue_product where id = 'web-start'");
  expect(basis.snapshot.id).toBe(read!.hash);
  await why.getByText('v1 All there is').waitFor();
  await why.getByText(basis.snapshot.id.slice(0, 12)).waitFor();
  await why.getByRole('button', { name: 'Copy as text' }).click();
  const text = await copiedIn(page);
  expect(text).toContain('Version: v1 All there is');
  expect(text).toMatch(new RegExp(`Snapshot of .*: .+ · ${basis.snapshot.id.slice(0, 12)}`));
  expect(text).toMatch(/As of \S+/);

  await source.selectOption({ label: 'Not offered' });
  const missing = screen.getByRole('table', { name: 'Not offered' });
  const row = missing.getByRole('row').filter({ hasText: 'Web Pro' }).filter({ hasText: '1 year' });
  await row.first().waitFor();
  expect(await row.first().innerText()).toContain('No price in');
  expect(await faultsOf(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await screen.getByRole('button', { name: 'Export' }).click();
  const file = readCsv(await readFile(await (await download).path(), 'utf8')).map(({ fields }) => fields);
  expect(file.length).toBeGreaterThan(0);
  expect(file.every((line) => line['source'] === 'missing' && line['wholesale'] === '')).toBe(true);
  expect(file.map(({ product, term }) => `${product} ${term}`)).toContain('web-pro 1Y');
});

/** "3 up, 14 down" on screen. */
async function upDown(place: Locator): Promise<number[]> {
  const [, up = '', down = ''] = /(\d+) up, (\d+) down/.exec(await place.innerText()) ?? [];
  return [Number(up), Number(down)];
}

test('the preview on screen is what publishing does, line by line and service by service', async () => {
  const order = await placeFor(it.as(own));
  const shop = await it.login('reseller');
  await shop.ok('POST', `/api/invoices/${order.hostInvoiceId}/pay`);
  await it.settle();
  const draft = await draftOf('Proof', [
    { kind: 'tier', id: 'bronze', after: { discountBp: 0 } },
    {
      kind: 'discount',
      after: { ...always, for: { reseller: own.id }, on: { product: 'vps-s' }, bp: 1000, kinds: null },
    },
    { kind: 'discount', after: { ...always, for: { tier: 'gold' }, on: { group: 'addons' }, bp: 4000, kinds: null } },
  ]);
  const everything = async () => {
    const pages = ['USD', 'EUR', 'JPY'].map(async (currency) =>
      (await allLines(currency)).map((line) => ({ ...line, currency })),
    );
    const all = (await Promise.all(pages)).flat().filter(({ who }) => who.startsWith('reseller:'));
    return new Map(
      all.map((line) => [
        [line.who, line.product, line.component, line.term, line.currency, line.charge].join(' '),
        Number(line.wholesale),
      ]),
    );
  };
  const before = await everything();

  const screen = await openScreen(page, it, 'admin', `/pricing/versions/${draft.id}`);
  const previewOf = async () => (await getVersion(it.admin(), { id: draft.id })).preview;
  const preview = async (button: string): Promise<void> => {
    await screen.getByRole('button', { name: button }).click();
    await expect.poll(async () => (await previewOf())?.state).toBe('waiting');
    await screen.getByText('Working out what this draft does to every reseller.').waitFor();
    await workOutPreview(it.system(), { previewId: (await previewOf())!.id });
    await screen.getByText(/matches the draft/).waitFor();
  };
  await preview('Preview the effect');

  // Edited since, it is marked, and nothing can be published on it.
  await screen.getByRole('radio', { name: 'Change from a date on' }).check();
  const date = new Date(Date.now() + 86_400_000 * 3);
  await screen.getByLabel('Services change from').fill(`${date.toISOString().slice(0, 10)}T10:00`);
  await screen.getByLabel('Days of notice').fill('1');
  await screen.getByRole('button', { name: 'Save draft' }).click();
  await screen.getByText('Draft saved.').first().waitFor();
  await screen.getByText('3 changes, last by Alex Admin').waitFor();
  await screen.getByText(/changed since this preview/).waitFor();
  await expect.poll(() => screen.getByRole('button', { name: 'Publish version' }).isDisabled()).toBe(true);
  await preview('Preview again');
  expect(await faultsOf(page)).toEqual([]);

  const lines = await upDown(screen.locator('section.kpi', { hasText: 'Price lines' }));
  const rowOf = (company: string): Locator => screen.getByRole('row').filter({ hasText: company });
  const rows = new Map<string, number[]>();
  for (const { id, company } of [own, bronze]) {
    const cells = await rowOf(company).getByRole('cell').allInnerTexts();
    rows.set(`reseller:${id}`, [Number(cells[0]), Number(cells[1])]);
  }
  await expect.poll(() => rowOf(bronze.company).innerText()).toContain('No e-mail');

  const impact = screen.getByRole('region', { name: 'Impact' }).last();
  // Filters, and the file of what they leave.
  await screen.getByLabel('Rises over 10 %').check();
  await rowOf(own.company).waitFor({ state: 'detached' });
  const download = page.waitForEvent('download');
  await impact.getByRole('button', { name: 'Export' }).click();
  const file = readCsv(await readFile(await (await download).path(), 'utf8'));
  expect(new Set(file.map(({ fields }) => fields['reseller']))).toEqual(new Set([bronze.id]));
  expect(file[0]?.fields).toMatchObject({ lines_up: String(rows.get(`reseller:${bronze.id}`)?.[0]), has_email: 'no' });
  await screen.getByLabel('Rises over 10 %').uncheck();
  await rowOf(own.company).waitFor();
  await screen.getByLabel('No e-mail').check();
  await rowOf(own.company).waitFor({ state: 'detached' });
  await screen.getByLabel('No e-mail').uncheck();
  await rowOf(own.company).waitFor();
  await impact.getByText('Services', { exact: true }).click();
  const moved = impact.getByRole('table', { name: 'Services' }).getByRole('row').filter({ hasText: own.company });
  await moved.waitFor();
  const [, now, then] = await moved.getByRole('cell').allInnerTexts();

  await screen.getByRole('button', { name: 'Publish version' }).click();
  await screen.getByLabel('Type Proof to go on').fill('Proof');
  await screen.getByRole('button', { name: 'Publish now' }).click();
  await screen.getByText('Scheduled').first().waitFor();
  await applyVersions(it.system());
  expect((await getVersion(it.admin(), { id: draft.id })).state).toBe('live');

  const after = await everything();
  expect(after.size).toBeGreaterThan(200);
  expect([...after.keys()]).toEqual([...before.keys()]);
  const count = (who: string): number[] => {
    const changes = [...after].filter(([key]) => key.startsWith(who)).map(([key, price]) => price - before.get(key)!);
    return [changes.filter((change) => change > 0).length, changes.filter((change) => change < 0).length];
  };
  expect(lines).toEqual(count('reseller:'));
  for (const [who, figures] of rows) expect(figures, who).toEqual(count(who));

  // Renewals before the date stay; those after it cost what the preview said.
  const locked = async (): Promise<string> => {
    const sql = "select unit_price from price_lock where reseller_id = ? and status = 'active'";
    const [lock] = await it.admin().em.execute<{ unit_price: string }[]>(sql, [own.id]);
    return `USD ${lock?.unit_price}`;
  };
  const clock = (days: number) => ({ ...it.system(), now: new Date(Date.now() + days * 86_400_000) });
  expect(await moveLocks(clock(2), { versionId: draft.id })).toBe(0);
  expect(await locked()).toBe(now?.replaceAll(/\s/g, ' '));
  expect(await moveLocks(clock(4), { versionId: draft.id })).toBe(1);
  expect(await locked()).toBe(then?.replaceAll(/\s/g, ' '));
});

test('the changes of a large draft are read page by page', async () => {
  const books = Array.from({ length: 130 }, (_, index) => ({
    kind: 'book' as const,
    after: {
      ...always,
      for: { reseller: own.id },
      product: 'vps-l',
      component: 'ip',
      term: '1M',
      currency: 'USD',
      price: '1.00',
      setup: null,
      from: `20${30 + index}-01-01T00:00:00Z`.replace(/^20(\d{3})/, '2$1'),
      until: `20${30 + index}-06-01T00:00:00Z`.replace(/^20(\d{3})/, '2$1'),
    },
  }));
  const draft = await draftOf('Large', books);
  const screen = await openScreen(page, it, 'admin', `/pricing/versions/${draft.id}`);
  const changes = screen.getByRole('region', { name: 'Changes' });
  await changes.getByText('1–100 of 130').waitFor();
  await changes.getByRole('button', { name: 'Next' }).click();
  await changes.getByText('101–130 of 130').waitFor();
  await expect.poll(() => changes.getByRole('listitem').count()).toBe(30);
  expect(await faultsOf(page)).toEqual([]);
});
