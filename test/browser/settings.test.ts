import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFaults } from '../../hooks/hosts/sandbox/faults.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
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
