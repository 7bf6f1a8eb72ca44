import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { fillCatalogue } from '../support/many-products.ts';
import { fillTables } from '../support/many-rows.ts';
import { logIn, openScreen } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
let page: Page;
beforeAll(async () => {
  it = await startInstallation();
  await fillTables(it.admin());
  await fillCatalogue(it.admin());
  await it.admin().em.execute(`
    insert into reseller (id, host_client_id, company, email, currency, tier_id, created_at)
      select 'rs_more' || n, 'm' || n, 'More ' || n, 'm' || n || '@example.org', 'USD', 'gold', now() from generate_series(1, 10000) n`);
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

/** How many rows the list has on its page, and what the first of them says. */
async function rowsOf(screen: FrameLocator): Promise<{ count: number; first: string }> {
  const rows = screen.locator('table.dt > tbody > tr, .hairlines > li, details');
  await rows.first().waitFor();
  return { count: await rows.count(), first: await rows.first().innerText() };
}

test.each([
  ['resellers', '/resellers', /^1–25 of 10,/],
  ['orders', '/orders', /^1–25 of 1[0-2],/],
  ['what happened', '/activity', /^1–\d+ of 1[0-2],/],
  ['prices', '/pricing', /^1–5 of 2,0/],
])('a list of ten thousand %s is read and shown a page at a time', async (_name, path, range) => {
  const screen = await openScreen(page, it, 'admin', path);
  await screen.getByText(range).waitFor();
  const one = await rowsOf(screen);
  expect(one.count).toBeLessThan(120);
  await screen.getByRole('button', { name: 'Next page' }).press('Enter');
  await screen.getByText(/^(6|26|51|101)–/).waitFor();
  const two = await rowsOf(screen);
  expect(two.count).toBeLessThan(120);
  expect(two.first).not.toBe(one.first);
});
