import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getApplication } from '../../server/modules/application/get.ts';
import { saveDraft } from '../../server/modules/application/save-draft.ts';
import { submitApplication } from '../../server/modules/application/submit.ts';
import { getOwnApplication } from '../../server/modules/application/get-own.ts';
import { updateProfile } from '../../server/modules/profile/update.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { listTiers } from '../../server/modules/tier/list.ts';
import { reviewTiers } from '../../server/modules/tier/review.ts';
import { updateTier } from '../../server/modules/tier/update.ts';
import { clientPermissions } from '../../server/permissions.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { hostInvoice, pay, tell } from '../support/invoices.ts';
import { openPortal } from '../support/screens.ts';
import { faultsOf, logIn } from '../support/windows.ts';

const ANSWERS = {
  businessName: 'Harbour Hosting GmbH',
  registrationNumber: 'HRB 12345',
  taxId: 'DE 136695976',
  description: 'Shops on small servers',
};
const SELLS = 'What do you sell, and to whom?';

let it: Installation;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  it = await startInstallation({ workers: true });
  await it.makeReseller();
  const { rows } = await getSettings(it.admin(), { section: 'applications' });
  const values = { open: true, countries: [], reapplyDays: 30, automatic: { mode: 'off' } };
  await updateSettings(it.admin(), { section: 'applications', version: rows[0]!.version, values });
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

const client = (hostClientId: string) => {
  const id = `client:${hostClientId}`;
  return it.service.context({ kind: 'client', id, name: 'Aiko Sato', hostClientId, permissions: clientPermissions });
};
async function apply(hostClientId: string, answers: Record<string, string>): Promise<string> {
  const draft = await saveDraft(client(hostClientId), { version: null, answers: {} });
  const { version } = (await getSettings(it.admin(), { section: 'form' })).rows[0]!;
  const sent = await submitApplication(client(hostClientId), { version: draft.version, formVersion: version, answers });
  return sent.id;
}
async function visit(path: string, on = page): Promise<FrameLocator> {
  await on.goto(`${it.hostUrl}/admin/reseller${path}`);
  return on.frameLocator('iframe');
}

test('an application is asked about, noted on, approved with its terms; a second reviewer cannot decide again', async () => {
  const id = await apply('3', ANSWERS);
  await apply('2', { ...ANSWERS, businessName: 'Meyer Media', taxId: 'DE 136695976' });
  const queue = await visit('/applications');
  await queue.getByRole('link', { name: 'To review (2)' }).waitFor();
  const row = queue.getByRole('row', { name: /Meyer Media/ });
  await row.getByText('Same tax ID').waitFor();
  await queue.getByLabel('Country').selectOption({ label: 'Japan' });
  await row.waitFor({ state: 'detached' });
  await queue.getByRole('button', { name: 'Clear all' }).first().click();
  await row.waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await queue.getByRole('link', { name: /Harbour Hosting GmbH/ }).click();
  await queue.getByRole('heading', { name: 'Harbour Hosting GmbH' }).waitFor();
  await queue.getByText('Format and check digit are right').waitFor();

  await queue.getByRole('button', { name: 'Internal note' }).click();
  await queue.getByRole('textbox', { name: 'Internal note' }).fill('Known from the fair');
  await queue.getByRole('button', { name: 'Add note' }).click();
  await queue.getByText('Known from the fair').waitFor();
  expect(JSON.stringify(await getOwnApplication(client('3'), {}))).not.toContain('Known from the fair');
  expect(await faultsOf(page)).toEqual([]);

  const late = await logIn(browser, it, 'admin');
  const second = await visit(`/applications/${id}`, late);
  await second.getByRole('button', { name: /^Approve as/ }).waitFor();

  await queue.getByLabel('Tier', { exact: true }).selectOption({ label: 'Gold, 20 %' });
  await queue.getByLabel('Own discount').fill('22.5');
  await queue.getByRole('button', { name: 'Approve as Gold' }).click();
  const dialog = queue.getByRole('dialog');
  await dialog.getByText(/22\.5 % off/).waitFor();
  await dialog.getByRole('button', { name: 'Approve as Gold' }).click();
  await queue.getByRole('link', { name: 'Open reseller' }).waitFor();
  const approved = await getApplication(it.admin(), { id });
  expect(approved).toMatchObject({ status: 'approved', decision: { terms: { ownDiscountBp: 2250 } } });

  await second.getByRole('button', { name: /^Approve as/ }).click();
  await second
    .getByRole('dialog')
    .getByRole('button', { name: /^Approve as/ })
    .click();
  await second
    .getByRole('alert')
    .getByText(/approved this application/)
    .waitFor();
  await late.context().close();

  await queue.getByRole('link', { name: 'Open reseller' }).click();
  await queue.getByRole('heading', { name: 'Harbour Hosting GmbH' }).waitFor();
  await queue.getByText('22.5 %').first().waitFor();
});

test('what an applicant changes when asked is marked against what stood there, and nothing else is', async () => {
  const queue = await visit('/applications');
  await queue.getByRole('link', { name: /Meyer Media/ }).click();
  await queue.getByRole('button', { name: 'Ask for information' }).click();
  const dialog = queue.getByRole('dialog');
  const asked = dialog.getByRole('group', { name: 'Answers to correct' });
  for (const field of ['Tax ID', SELLS]) await asked.getByLabel(field).check();
  await dialog.getByLabel('Message to them').fill('Whose tax ID is this, and what do you sell?');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await queue.getByText('Information requested').first().waitFor();

  const theirs = await openPortal(browser, it, 'client', '/reseller');
  const form = theirs.portal.locator('form', { has: theirs.portal.getByRole('button', { name: 'Send answer' }) });
  await form.getByText('Whose tax ID is this, and what do you sell?').waitFor();
  expect(await faultsOf(theirs.page)).toEqual([]);
  // Asked for two, they change one.
  const told = form.getByLabel(SELLS);
  await expect.poll(() => told.inputValue()).toBe(ANSWERS.description);
  await told.fill('Shops for breweries');
  await form.getByRole('button', { name: 'Send answer' }).click();
  await form.waitFor({ state: 'detached' });
  await theirs.page.context().close();

  await page.reload();
  const answers = queue.getByRole('region', { name: 'Answers' });
  await answers.getByRole('insertion').waitFor();
  expect(await answers.getByRole('deletion').allInnerTexts()).toEqual([ANSWERS.description]);
  expect(await answers.getByRole('insertion').allInnerTexts()).toEqual(['Shops for breweries']);
  await answers.getByText('DE 136695976').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await answers.getByLabel('Show changes').uncheck();
  await answers.getByRole('insertion').waitFor({ state: 'detached' });
  await answers.getByText('Shops for breweries').waitFor();
});

test('a client who is a reseller, or waits with an application, is not made one: the way leads there', async () => {
  for (const [search, note, path] of [
    ['Northwind', 'Already a reseller: open', /\/resellers\/rs_/],
    ['Meyer', 'Application waits: open', /\/applications\/app_/],
  ] as const) {
    const form = await visit('/resellers/new');
    await form.getByRole('combobox').first().fill(search);
    await form.getByRole('option', { name: new RegExp(`${search}.*${note}`) }).click();
    await page.waitForURL(path);
  }
});

test('several are rejected with the same words', async () => {
  const queue = await visit('/applications');
  await queue.getByLabel('Choose Meyer Media').check();
  await queue
    .getByRole('group', { name: 'What to do with the chosen ones' })
    .getByRole('button', { name: 'Reject' })
    .click();
  const dialog = queue.getByRole('dialog');
  await expect.poll(() => dialog.getByRole('button', { name: 'Reject application' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Message to them').fill('We look for companies with staff of their own.');
  await dialog.getByLabel('Reason', { exact: true }).fill('Too small');
  await dialog.getByRole('button', { name: 'Reject application' }).click();
  await queue.getByText('No applications waiting.').waitFor();
  const own = (await getOwnApplication(client('2'), {})).application;
  expect(own).toMatchObject({ status: 'rejected', decisionMessage: 'We look for companies with staff of their own.' });
});

test('the list sums what its filters leave, and a row leads to everything about a reseller', async () => {
  const list = await visit('/resellers');
  await list.getByText('All 2 resellers that match').waitFor();
  await list.getByLabel('Status').selectOption('suspended');
  await list.getByText('No resellers match these filters.').waitFor();
  await page.reload();
  await page.frameLocator('iframe').getByText('No resellers match these filters.').waitFor();
  await list.getByRole('button', { name: 'Clear all' }).first().click();
  expect(await faultsOf(page)).toEqual([]);
  await list.getByRole('link', { name: /Northwind Resale/ }).click();
  await list.getByRole('heading', { name: 'Northwind Resale' }).waitFor();

  await list.getByLabel('Write a note').fill('Pays by card');
  await list.getByRole('button', { name: 'Add note' }).click();
  await list.getByText('Pays by card').waitFor();
  await list.getByRole('button', { name: 'Pin to tier' }).click();
  await list.getByRole('dialog').getByRole('button', { name: 'Pin to Gold' }).click();
  await list.getByRole('button', { name: 'Release pin' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await list.getByRole('button', { name: 'Actions for Northwind Resale' }).click();
  await list.getByRole('menuitem', { name: 'Suspend' }).click();
  await list.getByLabel('Reason shown to them').fill('Two invoices are overdue');
  await list.getByRole('button', { name: 'Suspend reseller' }).click();
  await list.getByText('Two invoices are overdue').waitFor();
});

test('a change of checked company data waits for a decision', async () => {
  const { id } = (
    await it.service.orm.em
      .fork()
      .execute<{ id: string }[]>("select id from reseller where company = 'Harbour Hosting GmbH'")
  )[0]!;
  const profile = await getOwnVersion(id);
  await updateProfile(it.as({ id }), { version: profile, taxId: 'DE111111125' });
  const detail = await visit(`/resellers/${id}`);
  const panel = detail.getByRole('region', { name: 'Changes to review' });
  await panel.getByText('DE111111125').waitFor();
  await panel.getByRole('button', { name: 'Accept changes' }).click();
  await panel.waitFor({ state: 'detached' });
  await detail.getByText('DE111111125').waitFor();
});
async function getOwnVersion(id: string): Promise<number> {
  const [row] = await it.service.orm.em
    .fork()
    .execute<{ version: number }[]>('select version from reseller_profile where reseller_id = ?', [id]);
  return row!.version;
}

test('tiers are changed and reordered; a simulation moves nobody before it is saved', async () => {
  const tiers = await visit('/tiers');
  const gold = tiers.getByRole('row', { name: /^Gold/ });
  await gold.getByRole('button', { name: 'Actions for Gold' }).click();
  await tiers.getByRole('menuitem', { name: 'Change tier' }).click();
  const dialog = tiers.getByRole('dialog');
  await dialog.getByLabel('Discount').fill('21');
  await dialog.getByRole('button', { name: 'Save Gold' }).click();
  await gold.getByText('21 %').waitFor();
  expect(await faultsOf(page)).toEqual([]);

  // The first review only sets the month from which it counts; by its own hour it might come in between.
  await reviewTiers(it.system());
  const before = await listTiers(it.admin(), {});
  await tiers.getByRole('link', { name: 'Simulate' }).click();
  await tiers.getByRole('heading', { name: 'Simulate tier rules' }).waitFor();
  await tiers.getByLabel('Days of grace').fill('14');
  await tiers.getByRole('button', { name: 'Simulate' }).click();
  await tiers.getByRole('button', { name: 'Save rules' }).waitFor({ timeout: 60_000 });
  await tiers.getByText('As if it had run each month of the last year').first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(await listTiers(it.admin(), {})).toEqual(before);

  // The address holds the task: a reload finds it again.
  await page.reload();
  await page.frameLocator('iframe').getByText('As if it had run each month of the last year').first().waitFor();

  await tiers.getByLabel('Days of grace').fill('14');
  await tiers.getByRole('button', { name: 'Simulate' }).click();
  await tiers.getByRole('button', { name: 'Save rules' }).click({ timeout: 30_000 });
  await tiers.getByRole('dialog').getByRole('button', { name: 'Save rules' }).click();
  await tiers.getByRole('heading', { name: 'Tiers', exact: true }).waitFor();
  expect((await listTiers(it.admin(), {})).rules.graceDays).toBe(14);
});

test('what a simulation says is what saving its rules does, and nobody moves before', async () => {
  const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  const invoice = hostInvoice({ id: 'towards', clientId: '3', net: '600.00', issuedAt: `${day}T08:00:00Z` });
  await tell(it, invoice);
  await pay(it, invoice, `${day}T10:00:00Z`);
  const { position: _, ...platinum } = (await listTiers(it.admin(), {})).rows.find(({ id }) => id === 'platinum')!;
  await updateTier(it.admin(), { ...platinum, minRevenue: '500.00' });
  const held = () =>
    it.service.orm.em
      .fork()
      .execute<{ company: string; tier: string }[]>('select company, tier_id as tier from reseller order by 1');
  const before = await held();

  const tiers = await visit('/tiers/simulate');
  await tiers.getByLabel(/Move resellers by these rules/).check();
  await tiers.getByLabel('Upgrades').selectOption('at_once');
  await tiers.getByRole('button', { name: 'Simulate' }).click();
  await tiers.getByRole('row', { name: /Harbour Hosting GmbH.*Up from Gold to Platinum/ }).waitFor({ timeout: 30_000 });
  const moving = await tiers.getByRole('table', { name: 'Resellers who would move' }).getByRole('row').count();
  expect(moving).toBe(2);
  expect(await held()).toEqual(before);

  await tiers.getByRole('button', { name: 'Save rules' }).click();
  await tiers
    .getByRole('dialog')
    .getByText(/1 resellers would move up/)
    .waitFor();
  await tiers.getByRole('dialog').getByRole('button', { name: 'Save rules' }).click();
  await tiers.getByRole('heading', { name: 'Tiers', exact: true }).waitFor();
  await reviewTiers(it.system());
  expect(await held()).toEqual(
    before.map((row) => (row.company === 'Harbour Hosting GmbH' ? { ...row, tier: 'platinum' } : row)),
  );
});
