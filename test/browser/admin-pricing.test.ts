import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRules } from '../../server/modules/price-version/list-rules.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, PASSWORD, startInstallation } from '../support/installation.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let it: Installation;
let browser: Browser | undefined;
let page: Page;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation({ workers: true });
  reseller = await it.makeReseller();
  browser = await startBrowser();
  page = await (await browser.newContext({ viewport: { width: 1520, height: 1000 } })).newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${it.hostUrl}/login`);
  await page.getByLabel('E-mail').fill('admin@demo.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('main').getByRole('button').click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

async function open(path: string): Promise<FrameLocator> {
  await page.goto(`${it.hostUrl}/admin/reseller${path}`);
  return page.frameLocator('iframe');
}

/** Nothing that a checker of WCAG 2.2 AA finds. */
async function expectAccessible(): Promise<void> {
  const frame = page.frames().find((each) => each !== page.mainFrame())!;
  await frame.evaluate(axe);
  const found = await frame.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  expect(found).toEqual([]);
}

test('the explorer says what a reseller pays, and which rule decided it', async () => {
  const screen = await open(`/pricing?who=reseller:${reseller.id}`);
  await screen.getByText('Northwind Resale').waitFor();
  const row = screen.getByRole('row', { name: /VPS S.*1 month/ }).first();
  await row.getByText('$8.00').click();
  const why = screen.getByRole('region', { name: 'Why this price' });
  await why.getByText(/gives 20 % off/).waitFor();
  expect(await why.locator('li.hit').allInnerTexts()).toHaveLength(1);
  await expectAccessible();
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
  expect(await publish.isDisabled()).toBe(true);
  await screen.getByRole('button', { name: 'Preview the effect' }).click();
  await screen.getByText(/matches the draft/).waitFor();

  // Left and found again.
  const address = page.url();
  screen = await open('/pricing/versions');
  await screen.getByRole('link', { name: /New prices/ }).click();
  await screen.getByText(/matches the draft/).waitFor();
  expect(page.url()).toBe(address);
  await screen.getByRole('row', { name: /Northwind Resale/ }).waitFor();
  await expectAccessible();

  await screen.getByRole('button', { name: 'Publish version' }).click();
  const now = screen.getByRole('button', { name: 'Publish now' });
  expect(await now.isDisabled()).toBe(true);
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
  await screen.getByText('Active resellers').waitFor();
  await screen.getByText('Nothing is outstanding.').waitFor();
  await expectAccessible();

  screen = await open('/settings?section=applications');
  await screen.getByLabel('Days until they may apply again').fill('45');
  await screen.getByRole('button', { name: 'Save settings' }).click();
  await screen
    .getByText(/Version 2/)
    .first()
    .waitFor();
  await expectAccessible();
  await screen.getByRole('button', { name: 'Go back to this' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Go back to this' }).click();
  await screen
    .getByText(/Version 3/)
    .first()
    .waitFor();
  expect(await screen.getByLabel('Days until they may apply again').inputValue()).toBe('30');

  screen = await open('/activity?action=settings.*');
  const entry = screen.locator('details', { hasText: 'settings updated' });
  await entry.locator('summary').click();
  await entry.getByRole('row', { name: /reapplyDays.*30.*45/ }).waitFor();
  await expectAccessible();
});

/** The discounts that hold now. */
async function rates(): Promise<unknown> {
  const { rows } = await listRules(it.admin(), { kind: 'discount' });
  return rows.map(({ rule }) => ({ holder: 'for' in rule && rule.for, bp: 'bp' in rule && rule.bp }));
}
