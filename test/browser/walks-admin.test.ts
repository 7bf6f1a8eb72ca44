import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveDraft } from '../../server/modules/application/save-draft.ts';
import { submitApplication } from '../../server/modules/application/submit.ts';
import { listResellers } from '../../server/modules/reseller/list.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { listTiers } from '../../server/modules/tier/list.ts';
import { clientPermissions } from '../../server/permissions.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { logIn } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
beforeAll(async () => {
  it = await startInstallation({ workers: true });
  await it.makeReseller();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

/**
 * A person who has never seen it: only what can be read on screen is used, and every click and every field counts.
 * Begins at the host's own page, not at an address of ours.
 */
class Newcomer {
  actions = 0;
  private readonly page: Page;
  readonly screen: FrameLocator;
  constructor(page: Page) {
    this.page = page;
    this.screen = page.frameLocator('iframe');
  }
  async click(what: Locator): Promise<void> {
    this.actions++;
    await what.click();
  }
  async fill(what: Locator, text: string): Promise<void> {
    this.actions++;
    await what.fill(text);
  }
  async begin(): Promise<void> {
    await this.page.goto(`${it.hostUrl}/admin/clients`);
    await this.click(this.page.getByRole('navigation').getByRole('link', { name: 'Reseller' }));
  }
}

test('the first reseller is approved within twelve actions', async () => {
  await someoneApplies();
  const person = new Newcomer(await logIn(browser!, it, 'admin'));
  const { screen } = person;
  await person.begin();
  await person.click(screen.getByRole('link', { name: 'Applications' }));
  await person.click(screen.getByRole('link', { name: /Harbour Hosting/ }));
  await person.click(screen.getByRole('button', { name: /^Approve/ }));
  await person.click(screen.getByRole('dialog').getByRole('button', { name: /^Approve/ }));
  await expect
    .poll(async () => (await listResellers(it.admin(), {})).rows.map(({ company }) => company), { timeout: 20_000 })
    .toContain('Harbour Hosting GmbH');
  await person.click(screen.getByRole('link', { name: 'Resellers', exact: true }));
  await screen.getByRole('row', { name: /Harbour Hosting.*Active/ }).waitFor();
  expect(person.actions).toBeLessThanOrEqual(12);
});

test('the first price change is previewed and published within ten actions', async () => {
  const person = new Newcomer(await logIn(browser!, it, 'admin'));
  const { screen } = person;
  await person.begin();
  await person.click(screen.getByRole('link', { name: 'Pricing', exact: true }));
  await person.click(screen.getByRole('link', { name: 'Rules', exact: true }));
  await person.fill(screen.getByLabel('Tier Gold'), '21');
  await person.click(screen.getByRole('button', { name: 'Save in draft' }));
  await person.click(screen.getByRole('link', { name: 'Open and preview' }));
  await person.click(screen.getByRole('button', { name: 'Preview the effect' }));
  await screen.getByText(/matches the draft/).waitFor();
  expect(person.actions).toBeLessThanOrEqual(10);
  await screen.getByRole('button', { name: 'Publish version' }).click();
  await screen
    .getByRole('dialog')
    .getByRole('button', { name: /^Publish/ })
    .click();
  await expect
    .poll(async () => (await listTiers(it.admin(), {})).rows.find(({ id }) => id === 'gold')?.discountBp, {
      timeout: 20_000,
    })
    .toBe(2100);
});

async function someoneApplies(): Promise<void> {
  const settings = (await getSettings(it.admin(), { section: 'applications' })).rows[0]!;
  const values = { open: true, countries: [], reapplyDays: 30, automatic: { mode: 'off' } };
  await updateSettings(it.admin(), { section: 'applications', version: settings.version, values });
  const client = it.service.context({
    kind: 'client',
    id: 'client:2',
    name: 'Aiko Sato',
    hostClientId: '2',
    permissions: clientPermissions,
  });
  const { version } = await saveDraft(client, { version: null, answers: {} });
  const form = (await getSettings(it.admin(), { section: 'form' })).rows[0]!;
  const answers = {
    businessName: 'Harbour Hosting GmbH',
    registrationNumber: 'HRB 12345',
    taxId: 'DE 136695976',
    description: 'Shops on small servers',
  };
  await submitApplication(client, { version, formVersion: form.version, answers });
}
