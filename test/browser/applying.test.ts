import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSettings } from '../../server/modules/settings/get.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { fillApplication, openPortal } from '../support/screens.ts';
import { faultsOf } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
beforeAll(async () => {
  it = await startInstallation();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

async function save(change: object): Promise<void> {
  const { version, values } = (await getSettings(it.admin(), { section: 'applications' })).rows[0]!;
  await updateSettings(it.admin(), { section: 'applications', version, values: { ...values, ...change } });
}

test('a closed programme says so and asks nothing', async () => {
  await save({ open: false });
  const { page, portal } = await openPortal(browser!, it, 'client', '/reseller');
  await portal.getByText('Applications are closed at the moment').waitFor();
  expect(await portal.getByRole('button', { name: 'Send application' }).count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await save({ open: true });
});

test('a draft outlives the frame that is killed before anything was sent', async () => {
  const { page, portal } = await openPortal(browser!, it, 'client', '/reseller');
  const name = portal.getByLabel(/company|business/i).first();
  await name.fill('Killed Frame Ltd');
  await portal.getByText(/Draft saved at/).waitFor();
  // As a host's menu takes it away: nothing in it gets a last word.
  await page.evaluate(`document.querySelector('iframe').remove()`);
  await page.goto(`${it.hostUrl}/portal/reseller`);
  await expect.poll(() => name.inputValue(), { timeout: 20_000 }).toBe('Killed Frame Ltd');
});

test('where applications are approved by rule, whoever sends one is in at once', async () => {
  await save({ automatic: { mode: 'on' } });
  const { page, portal } = await openPortal(browser!, it, 'client', '/reseller');
  const name = portal.getByLabel(/company|business/i).first();
  await expect.poll(() => name.inputValue(), { timeout: 20_000 }).toBe('Killed Frame Ltd');
  await fillApplication(portal);
  await portal.getByRole('button', { name: 'Send application' }).click();
  await portal.getByText("You're a reseller.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await portal
    .getByRole('button', { name: 'Open the portal' })
    .or(portal.getByRole('link', { name: 'Open the portal' }))
    .click();
  await portal.getByRole('heading', { name: 'Dashboard' }).waitFor();
});
