import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealActivity } from '../../server/modules/activity/seal.ts';
import { addNote } from '../../server/modules/note/add.ts';
import { getResellerDetails } from '../../server/modules/reseller/details.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { updateReseller } from '../../server/modules/reseller/update.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { pinTier } from '../../server/modules/tier/pin.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { faultsOf, logIn, openScreen } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
let page: Page;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller();
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

const open = (path: string): Promise<FrameLocator> => openScreen(page, it, 'admin', path);
const sql = <Row = unknown>(text: string): Promise<Row[]> => it.service.orm.em.fork().execute<Row[]>(text);
/** What the person at the screens did so far, oldest first. */
const done = () =>
  sql<{ action: string; before: object | null; after: object | null }>(
    `select action, before, after from activity where actor ->> 'name' = 'Alex Admin' order by sequence`,
  );
/** The form of the reseller's terms, opened by its menu, with another tier. */
async function changeTerms(): Promise<void> {
  const screen = await open('/resellers');
  await screen.getByRole('button', { name: 'Actions for Northwind Resale' }).press('Enter');
  await screen.getByRole('menuitem', { name: 'Change terms' }).press('Enter');
  const dialog = screen.getByRole('dialog');
  await dialog.getByRole('radio', { name: /Silver/ }).check();
  await dialog.getByText(/^Price lines: 0 cheaper, [1-9]\d+ dearer/).waitFor();
  await dialog.getByText('0 running services get cheaper').waitFor();
  await dialog.getByLabel('Reason').fill('Agreed by phone');
  await dialog.getByRole('button', { name: /^Change to Silver/ }).click();
  await screen.getByRole('row', { name: /Northwind Resale.*Silver/ }).waitFor();
  const why = await sql<{ reason: string }>(
    `select reason from activity where action = 'reseller.terms_changed' order by sequence desc limit 1`,
  );
  expect(why).toEqual([{ reason: 'Agreed by phone' }]);
}

/** A write of each screen: what it is recorded as, and what it changes from and to. */
const WRITES: { action: string; before: object | null; after: object; write: () => Promise<void> }[] = [
  {
    action: 'reseller.terms_changed',
    before: { tier: 'gold' },
    after: { tier: 'silver' },
    write: changeTerms,
  },
  {
    action: 'reseller_note.added',
    before: null,
    after: { pinned: false },
    write: async () => {
      const screen = await open(`/resellers/${reseller.id}`);
      await screen.getByLabel('Write a note').fill('Pays by card');
      await screen.getByRole('button', { name: 'Add note' }).press('Enter');
      await screen.getByText('Pays by card').waitFor();
    },
  },
  {
    action: 'tier.updated',
    before: { discountBp: 2000 },
    after: { discountBp: 2100 },
    write: async () => {
      const screen = await open('/tiers');
      await screen.getByRole('button', { name: 'Actions for Gold' }).press('Enter');
      await screen.getByRole('menuitem', { name: 'Change tier' }).press('Enter');
      const dialog = screen.getByRole('dialog');
      await dialog.getByLabel('Discount').fill('21');
      await dialog.getByRole('button', { name: 'Save Gold' }).press('Enter');
      await screen.getByRole('row', { name: /^Gold.*21 %/ }).waitFor();
    },
  },
  {
    action: 'settings.updated',
    before: { reapplyDays: 30 },
    after: { reapplyDays: 45 },
    write: async () => {
      const screen = await open('/settings?section=applications');
      await screen.getByLabel('Days until they may apply again').fill('45');
      await screen.getByRole('button', { name: 'Save settings' }).press('Enter');
      await screen.getByText(/^Version 2, by Alex Admin/).waitFor();
    },
  },
  {
    action: 'price_version.drafted',
    before: null,
    after: { name: 'Spring' },
    write: async () => {
      const screen = await open('/pricing/versions');
      await screen.getByRole('button', { name: 'New draft' }).press('Enter');
      await screen.getByRole('dialog').getByLabel('Name').fill('Spring');
      await screen.getByRole('dialog').getByRole('button', { name: 'Create draft' }).press('Enter');
      await screen.getByRole('heading', { name: 'Spring' }).waitFor();
      // Who worked on it last is told by name.
      await screen
        .getByText(/Alex Admin/)
        .first()
        .waitFor();
    },
  },
  {
    action: 'reseller.suspended',
    before: { status: 'active' },
    after: { status: 'suspended', publicReason: 'Two invoices are overdue' },
    write: async () => {
      const screen = await open(`/resellers/${reseller.id}`);
      await screen.getByRole('button', { name: 'Actions for Northwind Resale' }).press('Enter');
      await screen.getByRole('menuitem', { name: 'Suspend' }).press('Enter');
      await screen.getByLabel('Reason shown to them').fill('Two invoices are overdue');
      await screen.getByRole('button', { name: 'Suspend reseller' }).press('Enter');
      await screen.getByText('Two invoices are overdue').first().waitFor();
    },
  },
];

test.each(WRITES)('one write of a screen is one entry with what was and what is: $action', async (one) => {
  const earlier = await done();
  await one.write();
  const added = (await done()).slice(earlier.length);
  expect(added).toMatchObject([{ action: one.action, before: one.before, after: one.after }]);
});

test('an entry says fields and people in words, and is opened to all of it', async () => {
  let screen = await open('/activity?action=reseller.*');
  const entry = screen.locator('details', { hasText: 'Terms changed' });
  await entry.getByText(/^Tier:/).waitFor();
  await expect.poll(() => entry.locator('summary').innerText()).toContain('Alex Admin');
  await entry.locator('summary').click();
  await entry.getByRole('row', { name: /^Tier gold silver/ }).waitFor();
  await entry.getByRole('button', { name: 'Alex Admin' }).click();
  await page.waitForURL(/actor=admin/);
  await screen.locator('details', { hasText: 'Suspended' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  // A field is chosen by its name; the discount of the tier is a percentage.
  screen = await open('/activity');
  await screen.getByLabel('Field').selectOption({ label: 'Discount' });
  await page.waitForURL(/field=discountBp/);
  await screen.locator('summary', { hasText: /Discount: 20 % → 21 %/ }).waitFor();
});

test('a request’s id leads to everything that came of it', async () => {
  const ctx = { ...it.admin(), requestId: 'req-of-two' };
  const { version } = await getReseller(it.admin(), { id: reseller.id });
  await setStatus(ctx, { id: reseller.id, version, status: 'active' });
  await addNote({ ...it.admin(), requestId: 'req-of-two' }, { resellerId: reseller.id, text: 'Paid by phone' });
  const screen = await open(`/activity?action=reseller_note.*`);
  const entry = screen.locator('details', { hasText: 'Test admin' });
  await entry.locator('summary').click();
  await entry.getByRole('button', { name: 'req-of-two' }).click();
  await page.waitForURL(/request=req-of-two/);
  // What was looked for before is dropped: all entries of the request are there.
  await screen.getByText('2 entries').waitFor();
  await screen.locator('details', { hasText: 'Reactivated' }).waitFor();
  await screen.locator('details', { hasText: 'Note added' }).waitFor();
});

test('settings, company data, pins and terms are put back from their entry, as changes of their own', async () => {
  let screen = await open('/activity?action=settings.*');
  await screen.locator('details', { hasText: 'Days until they may apply again' }).locator('summary').click();
  await screen.getByRole('button', { name: 'Put back …' }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByText('Days until they may apply again').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  const entries = await done();
  await dialog.getByRole('button', { name: 'Put back', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  expect((await getSettings(it.admin(), { section: 'applications' })).rows[0]!.values['reapplyDays']).toBe(30);
  expect((await done()).slice(entries.length)).toMatchObject([
    { action: 'settings.updated', before: { reapplyDays: 45 }, after: { reapplyDays: 30 } },
  ]);

  const company = async () => (await getResellerDetails(it.admin(), { id: reseller.id })).version;
  const { id } = reseller;
  await updateReseller(it.admin(), { id, version: await company(), tags: ['north'], phone: '+49 30 1' });
  await updateReseller(it.admin(), { id, version: await company(), tags: ['north', 'late'] });
  await pinTier(it.admin(), { resellerId: id, version: (await getReseller(it.admin(), { id })).version, pinned: true });
  const putBack = async (action: string, words: string) => {
    screen = await open(`/activity?action=${action}`);
    const entry = screen.locator('details', { hasText: 'Test admin' }).filter({ hasText: words });
    await entry.locator('summary').click();
    await entry.getByRole('button', { name: 'Put back …' }).click();
    return screen.getByRole('dialog');
  };
  for (const [action, words] of [
    ['reseller.updated', '+49 30 1'],
    ['reseller.filed', 'north, late'],
    ['tier.pinned', 'Pinned'],
  ] as const) {
    const asked = await putBack(action, words);
    await asked.getByRole('button', { name: 'Put back', exact: true }).click();
    await asked.waitFor({ state: 'detached' });
  }
  expect((await done()).slice(-3)).toMatchObject([
    { action: 'reseller.updated', before: { phone: '+49 30 1' }, after: { phone: null } },
    { action: 'reseller.filed', before: { tags: ['north', 'late'] }, after: { tags: ['north'] } },
    { action: 'tier.unpinned', before: { pinned: true }, after: { pinned: false } },
  ]);
  // What was changed again since is not put back over that.
  const overtaken = await putBack('reseller.filed', 'north, late');
  await overtaken.getByText(/^It was changed again since/).waitFor();

  screen = await open('/activity?action=reseller.terms_changed');
  await screen.locator('details summary').click();
  await screen.getByRole('button', { name: 'Put back …' }).click();
  const terms = screen.getByRole('dialog');
  await expect.poll(() => terms.getByRole('radio', { name: /Gold/ }).isChecked()).toBe(true);
  await terms.getByRole('button', { name: /^Change to Gold/ }).click();
  await terms.waitFor({ state: 'detached' });
  expect((await getReseller(it.admin(), { id: reseller.id })).tier.id).toBe('gold');
});

test('what is taken away is verified outside, and a row that was tampered with is found', async () => {
  await sealActivity(it.system());
  const screen = await open('/activity');
  await screen.getByRole('button', { name: 'Verify integrity' }).click();
  const told = screen.getByRole('status').filter({ hasText: /intact/ });
  const head = /head ([0-9a-f]{16})/.exec(await told.innerText())![1]!;

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    screen.getByRole('button', { name: 'Export JSON lines' }).click(),
  ]);
  const lines = (await readFile(await file.path(), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  expect(walk(lines)).toBe(head);
  // Whoever changes a line of the file breaks it.
  const changed = lines.map((line) => ({ ...line, sealed: line.sealed.replace('Two invoices', 'Ten invoices') }));
  expect(() => walk(changed)).toThrow('changed');

  await sql(`begin; set local session_replication_role = replica;
    update activity set after = jsonb_set(after, '{publicReason}', '"Nothing"') where action = 'reseller.suspended'; commit`);
  await screen.getByRole('button', { name: 'Verify integrity' }).click();
  await screen.getByText(/^Broken at entry \d+ of .*it was changed or removed after writing/).waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

interface Line {
  sealed: string;
  hash: string;
  previousHash: string | null;
}
/** What anybody does with the file: from the first entry to the last, each hash out of the one before. Returns the head. */
function walk(lines: readonly Line[]): string {
  const after = new Map(lines.map((line) => [line.previousHash, line]));
  let last: string | null = null;
  while (after.has(last)) {
    const line: Line = after.get(last)!;
    after.delete(last);
    const before: Buffer = Buffer.from(last ?? '0'.repeat(64), 'hex');
    if (createHash('sha256').update(before).update(line.sealed).digest('hex') !== line.hash) throw new Error('changed');
    last = line.hash;
  }
  if (after.size > 0) throw new Error('a link is missing');
  return last!.slice(0, 16);
}
