import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSettings } from '../../server/modules/settings/get.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { frameOf, logIn, openScreen } from '../support/windows.ts';

/** What somebody without a pointer does: Tab, arrows, Enter and Escape, on a list, a detail, a form and a dashboard. */
let it: Installation;
let browser: Browser | undefined;
beforeAll(async () => {
  it = await startInstallation();
  await it.makeReseller();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

/** The name of what has the focus, and whether its ring can be seen: on itself, on its row, or on the field around it. */
const STOP = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const ringed = [getComputedStyle(at), getComputedStyle(at, '::after'), ...[at.parentElement, at.closest('label')]
    .filter(Boolean).map((one) => getComputedStyle(one))]
    .some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1);
  const label = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent;
  return { name: (label ?? '').trim().replaceAll(/\\s+/g, ' '), ringed };
})()`;
const stop = (page: Page) => frameOf(page).evaluate<{ name: string; ringed: boolean } | null>(STOP);
/** Presses the key until the focus is on what has this name; every stop on the way shows that it has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await stop(page);
    if (at) expect(at.ringed, `the focus is seen on "${at.name}"`).toBe(true);
    if (at && name.test(at.name)) return;
  }
  throw new Error(`${String(name)} was not reached by keyboard.`);
}
const begin = (page: Page) => page.locator('iframe').focus();

test('a list: its links, and the menu of a row, which gives the focus back', async () => {
  const page = await logIn(browser!, it, 'admin');
  const screen = await openScreen(page, it, 'admin', '/resellers');
  await screen.getByRole('link', { name: /Northwind/ }).waitFor();
  await begin(page);
  await tabTo(page, /^Actions for Northwind/);
  await page.keyboard.press('Enter');
  await screen.getByRole('menu').waitFor();
  const first = screen.getByRole('menuitem').first();
  await expect.poll(() => stop(page).then((at) => at?.name)).toBe((await first.innerText()).trim());
  await page.keyboard.press('ArrowDown');
  expect((await stop(page))?.name).toBe((await screen.getByRole('menuitem').nth(1).innerText()).trim());
  await page.keyboard.press('Escape');
  await screen.getByRole('menu').waitFor({ state: 'detached' });
  expect((await stop(page))?.name).toMatch(/^Actions for Northwind/);
  await begin(page);
  await tabTo(page, /^Northwind/);
  await page.keyboard.press('Enter');
  await screen.getByRole('heading', { level: 1, name: /Northwind/ }).waitFor();
});

test('a detail: a dialog keeps the focus inside, and Escape gives it back', async () => {
  const page = await logIn(browser!, it, 'admin');
  const screen = await openScreen(page, it, 'admin', '/resellers');
  await screen.getByRole('link', { name: /Northwind/ }).press('Enter');
  await screen.getByRole('button', { name: 'Change terms' }).waitFor();
  await begin(page);
  await tabTo(page, /^Change terms$/);
  await page.keyboard.press('Enter');
  const dialog = screen.getByRole('dialog');
  await dialog.waitFor();
  const inside = () => frameOf(page).evaluate(`document.querySelector('dialog').contains(document.activeElement)`);
  await expect.poll(inside).toBe(true);
  await tabTo(page, /^Cancel$/);
  expect(await inside()).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => stop(page).then((at) => at?.name)).toBe('Change terms');
});

test('a form: settings are changed and saved', async () => {
  const page = await logIn(browser!, it, 'admin');
  const screen = await openScreen(page, it, 'admin', '/settings?section=prices');
  await screen.getByRole('textbox', { name: "Programme's discount" }).waitFor();
  await begin(page);
  await tabTo(page, /^Programme's discount/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('11');
  await tabTo(page, /^Save settings$/);
  await page.keyboard.press('Enter');
  // A price touches resellers: it is asked about first.
  await screen.getByRole('dialog', { name: 'Save these settings?' }).waitFor();
  await expect.poll(() => stop(page).then((at) => at?.name)).toBe('Save these settings?');
  await tabTo(page, /^Save settings$/);
  await page.keyboard.press('Enter');
  await screen.getByText(/^Version 2, by/).waitFor();
  const { rows } = await getSettings(it.admin(), { section: 'prices' });
  expect(rows[0]?.version).toBe(2);
});

test('a dashboard: the way to a new order', async () => {
  const page = await logIn(browser!, it, 'reseller');
  const screen = await openScreen(page, it, 'portal', '');
  await screen.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();
  await begin(page);
  await tabTo(page, /^New order$/);
  await page.keyboard.press('Enter');
  await screen.getByRole('heading', { name: 'Who is this order for?' }).waitFor();
});
