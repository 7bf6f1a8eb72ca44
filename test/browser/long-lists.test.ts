import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { fillCatalogue } from '../support/many-products.ts';
import { hostInvoice, pay, tell } from '../support/invoices.ts';
import { fillTables } from '../support/many-rows.ts';
import { faultsOf, frameOf, logIn, openScreen } from '../support/windows.ts';

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

test('pressed twice before the page is there, the list turns one page and says so', async () => {
  const screen = await openScreen(page, it, 'admin', '/orders');
  await screen.getByText(/^1–25 of/).waitFor();
  await page.route('**/trpc/**', async (route) => {
    await new Promise((go) => setTimeout(go, 300));
    await route.continue();
  });
  await screen.getByRole('button', { name: 'Next page' }).dblclick();
  const range = screen.locator('.pager > span').first();
  await expect.poll(() => range.innerText()).toMatch(/^1–25 of/);
  await screen.getByText(/^(26|51)–/).waitFor();
  await page.unroute('**/trpc/**');
  await expect.poll(() => range.innerText()).toMatch(/^26–50 of/);
  expect(new URL(frameOf(page).url()).searchParams.get('page')).toBe('2');
});

test('the sums below a list are those of all its pages, each currency by itself', async () => {
  await it.admin().em.execute(`
    insert into reseller (id, host_client_id, company, email, currency, tier_id, created_at)
      select 'rs_summed' || n, 's' || n, 'Summed ' || n, 's' || n || '@example.org', 'USD', 'gold', now() from generate_series(1, 30) n`);
  const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  for (let n = 1; n <= 30; n += 1) {
    const currency = n > 28 ? 'EUR' : 'USD';
    const invoice = hostInvoice({
      id: `sum${n}`,
      clientId: `s${n}`,
      net: '10.01',
      currency,
      issuedAt: `${day}T08:00:00Z`,
    });
    await tell(it, invoice);
    await pay(it, invoice, `${day}T10:00:00Z`);
  }
  const screen = await openScreen(page, it, 'admin', '/resellers?q=Summed');
  const totals = screen.getByRole('region', { name: 'Totals' });
  await totals.getByText('All 30 resellers that match').waitFor();
  // 28 × 10.01 and 2 × 10.01, whichever page is shown.
  await totals.getByText('USD 280.28').first().waitFor();
  await totals.getByText('EUR 20.02').first().waitFor();
  await screen.getByRole('button', { name: 'Next page' }).press('Enter');
  await screen.getByText(/^26–30 of 30/).waitFor();
  await totals.getByText('USD 280.28').first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
});
