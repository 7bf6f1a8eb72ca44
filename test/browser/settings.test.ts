import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFaults } from '../../hooks/hosts/sandbox/faults.ts';
import { saveDraft } from '../../server/modules/application/save-draft.ts';
import { submitApplication } from '../../server/modules/application/submit.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { clientPermissions } from '../../server/permissions.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openPortal } from '../support/screens.ts';
import { faultsOf, logIn, openScreen } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
let page: Page;
beforeAll(async () => {
  it = await startInstallation();
  await it.makeReseller();
  it.sandbox.jobs.cron();
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

test('the doctor names what is wrong and how to mend it, and one check is run again once it is mended', async () => {
  writeFaults(it.sandbox.host, { hooksOff: true });
  const screen = await openScreen(page, it, 'admin', '/settings?section=connection');
  await screen.getByRole('heading', { name: 'Doctor' }).waitFor();
  const check = screen.getByRole('listitem').filter({ hasText: 'The host calls the bridge' });
  await check.getByText('Not checked yet').waitFor();
  await screen.getByRole('button', { name: 'Run all checks' }).click();
  await check.getByText('Failing').waitFor();
  await check.getByText(/What to do:/).waitFor();
  await screen.getByText('1 finding').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  const report = await screen.getByRole('region', { name: 'Doctor' }).locator('input[readonly]').inputValue();
  expect(report).toContain('FAIL    hooks.connected');
  for (const { secret } of [...it.keys.hostToPlugin, ...it.keys.pluginToHost, ...it.keys.session]) {
    expect(report).not.toContain(secret);
  }

  writeFaults(it.sandbox.host, { hooksOff: false });
  await check.getByRole('button', { name: /Run again/ }).click();
  await check.getByText('Working').waitFor();
  await screen.getByText('1 finding').waitFor({ state: 'detached' });
});

test('a setting is found by its words, and typing it shows what it makes of real prices', async () => {
  const screen = await openScreen(page, it, 'admin', '/settings');
  await screen.getByRole('searchbox', { name: 'Search settings' }).fill('discount programme');
  await screen.getByRole('link', { name: "Programme's discount" }).click();
  const field = screen.getByRole('textbox', { name: "Programme's discount" });
  await field.waitFor();
  const examples = screen.getByRole('group', { name: 'What this makes of real prices' });
  await examples.getByText('10 % off').first().waitFor();
  await field.fill('50');
  await examples.getByText('50 % off').first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('a test e-mail goes the way notices go, and says which', async () => {
  const screen = await openScreen(page, it, 'admin', '/settings?section=notices');
  await screen.getByLabel('To', { exact: true }).fill('admin@provider.example');
  await screen.getByRole('button', { name: 'Send test e-mail' }).click();
  await screen
    .getByRole('paragraph')
    .getByText(/The host took the test e-mail to admin@provider.example/)
    .waitFor();
});

test('a question gets a hint and is asked only after an answer, as the preview and the service have it', async () => {
  const screen = await openScreen(page, it, 'admin', '/settings?section=form');
  await screen.getByRole('button', { name: 'Add question' }).click();
  await screen.getByRole('button', { name: 'Add question' }).click();
  const hints = screen.getByLabel('Hint below the question');
  await expect.poll(() => hints.count()).toBe(6);
  const questions = screen.locator('ol > .linebox');
  const [first, second] = [questions.nth(4), questions.nth(5)];
  await first.locator('select').first().selectOption('consent');
  await second.getByLabel('Hint below the question').fill('As in your register');
  await second.getByLabel('Asked after').selectOption({ index: 1 });
  expect(await faultsOf(page)).toEqual([]);
  await screen.getByRole('button', { name: 'Save settings' }).press('Enter');
  await screen.getByText(/^Version 2, by/).waitFor();
  const saved = async () => {
    const { rows } = await getSettings(it.admin(), { section: 'form' });
    return (rows[0]!.values['fields'] as { hint?: object; showIf?: object }[]).at(-1);
  };
  expect((await saved())?.hint).toEqual({ en: 'As in your register' });
  expect((await saved())?.showIf).toMatchObject({ equals: 'true' });
});

test('a new question stands in the preview, in the form of applicants, and its answer in the review', async () => {
  const { version, values } = (await getSettings(it.admin(), { section: 'applications' })).rows[0]!;
  await updateSettings(it.admin(), { section: 'applications', version, values: { ...values, open: true } });
  const screen = await openScreen(page, it, 'admin', '/settings?section=form');
  await screen.getByRole('button', { name: 'Add question' }).click();
  const question = screen.locator('ol > .linebox').last();
  await question.getByRole('textbox').first().fill('Which panel do you use?');
  await question.getByRole('textbox').first().press('Tab');
  await screen.getByRole('region', { name: 'What applicants see' }).getByLabel('Which panel do you use?').waitFor();
  await screen.getByRole('button', { name: 'Save settings' }).press('Enter');
  await screen.getByText(/^Version \d, by Alex Admin/).waitFor();

  const { page: window, portal } = await openPortal(browser!, it, 'client', '/reseller');
  await portal.getByLabel('Which panel do you use?').waitFor();
  await window.context().close();

  const form = (await getSettings(it.admin(), { section: 'form' })).rows[0]!;
  const fields = form.values['fields'] as { id: string; label: { en: string }; required?: boolean }[];
  const asked = fields.find(({ label }) => label.en === 'Which panel do you use?')!;
  const id = 'client:2';
  const client = it.service.context({
    kind: 'client',
    id,
    name: id,
    hostClientId: '2',
    permissions: clientPermissions,
  });
  const answers = {
    businessName: 'Panel People',
    registrationNumber: 'HRB 7',
    taxId: 'DE 136695976',
    description: 'Shops',
    [asked.id]: 'Plesk',
  };
  const draft = await saveDraft(client, { version: null, answers: {} });
  const sent = await submitApplication(client, { version: draft.version, formVersion: form.version, answers });
  const review = await openScreen(page, it, 'admin', `/applications/${sent.id}`);
  await review.getByText('Which panel do you use?').waitFor();
  await review.getByText('Plesk').waitFor();
});
