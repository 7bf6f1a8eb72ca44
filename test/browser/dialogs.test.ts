import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openPortal } from '../support/screens.ts';
import { frameOf } from '../support/windows.ts';

let it: Installation;
let browser: Browser;
beforeAll(async () => {
  it = await startInstallation();
  await it.makeReseller();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

/** Notes each place in the window at which a dialog can be seen, picture by picture. */
const WATCH = `const places = (globalThis.places = new Set());
const look = () => {
  const dialog = document.querySelector('dialog[open]');
  if (dialog && getComputedStyle(dialog).visibility === 'visible') {
    const { top, bottom } = dialog.getBoundingClientRect();
    places.add([top, bottom].map(Math.round).join('–'));
  }
  requestAnimationFrame(look);
};
look();`;

test.each([
  { path: '/customers', button: 'Add customer', height: 900 },
  { path: '/webhooks', button: 'Add endpoint', height: 900 },
  { path: '/keys', button: 'Create key', height: 900 },
  { path: '/keys', button: 'Create key', height: 420 },
])('what opens by "$button" in a window of $height pixels stands still once it is seen', async (given) => {
  const { path, button, height } = given;
  const { page, portal: screen } = await openPortal(browser, it, 'reseller', `/reseller${path}`);
  await page.setViewportSize({ width: 1280, height });
  await page.reload();
  await screen.getByRole('button', { name: button }).first().waitFor();
  await frameOf(page).evaluate(WATCH);
  await screen.getByRole('button', { name: button }).first().click();
  await screen.getByRole('dialog').getByRole('button').last().waitFor();
  await screen.getByRole('dialog').getByRole('button').last().hover();
  await page.waitForTimeout(600);
  expect(await frameOf(page).evaluate('[...places]')).toHaveLength(1);
});
