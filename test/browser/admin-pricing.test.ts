import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDraft } from '../../server/modules/price-version/create-draft.ts';
import { getPreview } from '../../server/modules/price-version/get-preview.ts';
import { getVersion } from '../../server/modules/price-version/get.ts';
import { listRules } from '../../server/modules/price-version/list-rules.ts';
import { listVersions } from '../../server/modules/price-version/list.ts';
import { publishVersion } from '../../server/modules/price-version/publish.ts';
import { saveChanges } from '../../server/modules/price-version/save-changes.ts';
import { startPreview } from '../../server/modules/price-version/start-preview.ts';
import { updateDraft } from '../../server/modules/price-version/update-draft.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { faultsOf, logIn } from '../support/windows.ts';

let it: Installation;
let browser: Browser;
let page: Page;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation({ workers: true });
  reseller = await it.makeReseller();
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin', { width: 1520 });
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

async function open(path: string): Promise<FrameLocator> {
  await page.goto(`${it.hostUrl}/admin/reseller${path}`);
  return page.frameLocator('iframe');
}

test('the explorer says what a reseller pays, and which rule decided it', async () => {
  const screen = await open(`/pricing?who=reseller:${reseller.id}`);
  await screen.getByText('Northwind Resale').waitFor();
  const row = screen.getByRole('row', { name: /VPS S.*1 month/ }).first();
  await row.getByText('$8.00').click();
  const why = screen.getByRole('region', { name: 'Why this price' });
  await why.getByText(/gives 20 % off/).waitFor();
  await expect.poll(() => why.locator('li.hit').allInnerTexts()).toHaveLength(1);
  expect(await faultsOf(page)).toEqual([]);
});

test('a discount is drafted, previewed, and published only when the name is typed', async () => {
  let screen = await open('/pricing/rules?kind=discount');
  await screen.getByRole('button', { name: 'New discount' }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByRole('combobox').first().fill('Gold');
  await dialog.getByRole('option', { name: 'Tier Gold' }).click();
  await dialog.getByRole('combobox').last().fill('vps-s');
  await dialog.getByRole('option', { name: /VPS S/ }).click();
  await dialog.getByLabel('Discount').fill('60');
  await dialog.getByRole('button', { name: 'Save in draft' }).click();
  await screen.getByText('60 % off').waitFor();
  expect(await rates()).toEqual([]);

  await screen.getByRole('link', { name: 'Open and preview' }).click();
  await screen.getByRole('heading', { name: 'New prices' }).waitFor();
  const publish = screen.getByRole('button', { name: 'Publish version' });
  await expect.poll(() => publish.isDisabled()).toBe(true);
  await screen.getByRole('button', { name: 'Preview the effect' }).click();
  await screen.getByText(/matches the draft/).waitFor();

  // Left and found again.
  const address = page.url();
  screen = await open('/pricing/versions');
  await screen.getByRole('link', { name: /New prices/ }).click();
  await screen.getByText(/matches the draft/).waitFor();
  expect(page.url()).toBe(address);
  await screen.getByRole('row', { name: /Northwind Resale/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await screen.getByRole('button', { name: 'Publish version' }).click();
  const now = screen.getByRole('button', { name: 'Publish now' });
  await expect.poll(() => now.isDisabled()).toBe(true);
  await screen.getByLabel('Type New prices to go on').fill('New  prices ');
  await now.click();
  await screen
    .getByText(/^(Scheduled|Live)$/)
    .first()
    .waitFor();
  await expect.poll(rates, { timeout: 20_000 }).toEqual([{ holder: { tier: 'gold' }, bp: 6000 }]);
});

test('overview, activity and settings open, say what happened, and keep the version of what is saved', async () => {
  let screen = await open('/');
  await screen.getByRole('heading', { name: 'Active resellers' }).waitFor();
  await screen.getByText('Nothing is outstanding.').waitFor();
  expect(await faultsOf(page)).toEqual([]);

  screen = await open('/settings?section=applications');
  await screen.getByLabel('Days until they may apply again').fill('45');
  await screen.getByRole('button', { name: 'Save settings' }).click();
  await screen
    .getByText(/Version 2/)
    .first()
    .waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await screen.getByRole('button', { name: 'Go back to this' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Go back to this' }).click();
  await screen
    .getByText(/Version 3/)
    .first()
    .waitFor();
  await expect.poll(() => screen.getByLabel('Days until they may apply again').inputValue()).toBe('30');

  screen = await open('/activity?action=settings.*');
  const entry = screen.locator('details', { hasText: 'Settings changed' });
  await entry.locator('summary').click();
  await entry.getByRole('row', { name: /Days until they may apply again.*30.*45/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

/** The discounts that hold now. */
async function rates(): Promise<unknown> {
  const { rows } = await listRules(it.admin(), { kind: 'discount' });
  return rows.map(({ rule }) => ({ holder: 'for' in rule && rule.for, bp: 'bp' in rule && rule.bp }));
}

test('an earlier version is brought back by a draft of its own, and one that has not begun is withdrawn', async () => {
  let screen = await open('/pricing/versions');
  await screen.getByRole('link', { name: /^v0/ }).press('Enter');
  await screen.getByRole('button', { name: 'Draft its prices again' }).press('Enter');
  await screen.getByRole('dialog').getByRole('button', { name: 'Draft its prices again' }).press('Enter');
  await screen.getByRole('heading', { name: 'Back to version 0' }).waitFor();
  // The way back, rule by rule, old and new.
  await screen.getByText('60 % off').waitFor();
  await screen.getByText('removed', { exact: true }).waitFor();
  await screen.getByRole('button', { name: 'Preview the effect' }).press('Enter');
  await screen.getByText(/matches the draft/).waitFor();
  await screen.getByLabel(/under the floor/i).waitFor();
  await screen.getByRole('button', { name: 'Publish version' }).press('Enter');
  await screen.getByLabel('Type Back to version 0 to go on').fill('Back to version 0');
  await screen.getByRole('button', { name: 'Publish now' }).press('Enter');
  await expect.poll(rates, { timeout: 20_000 }).toEqual([]);
  // Until it has begun and the one before it has ended: a preview is of what holds.
  const live = async () => (await listVersions(it.admin(), { states: ['live'] })).rows.map(({ name }) => name);
  await expect.poll(live, { timeout: 20_000 }).toEqual(['Back to version 0']);

  const draft = await createDraft(it.admin(), { name: 'In a week' });
  const saved = await saveChanges(it.admin(), {
    ...draft,
    changes: [{ kind: 'tier', id: 'gold', after: { discountBp: 2100 } }],
  });
  const effectiveAt = `${new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 19)}Z`;
  const facts = { name: draft.name, running: 'keep', noticeDays: 0, reason: null } as const;
  const dated = await updateDraft(it.admin(), { id: draft.id, version: saved.version, ...facts, effectiveAt });
  const preview = await startPreview(it.admin(), { id: draft.id, version: dated.version });
  await expect
    .poll(async () => (await getPreview(it.admin(), { id: preview.id })).state, { timeout: 20_000 })
    .toBe('done');
  await publishVersion(it.admin(), { id: draft.id, version: dated.version, confirmName: draft.name });
  // Until the resellers are told: that writes to the version too.
  await expect
    .poll(async () => (await getVersion(it.admin(), { id: draft.id })).announcedAt, { timeout: 20_000 })
    .not.toBeNull();
  screen = await open(`/pricing/versions/${draft.id}`);
  await screen.getByRole('button', { name: 'Withdraw version' }).press('Enter');
  await screen.getByLabel('Reason').fill('Too early');
  await screen.getByRole('dialog').getByRole('button', { name: 'Withdraw version' }).press('Enter');
  await screen.getByText('Withdrawn').first().waitFor();
  expect((await getVersion(it.admin(), { id: draft.id })).state).toBe('withdrawn');
});
