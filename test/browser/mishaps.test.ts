import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { listCustomers } from '../../server/modules/customer/list.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import { listChanges } from '../../server/modules/price-version/list-changes.ts';
import { listVersions } from '../../server/modules/price-version/list.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { logIn, openScreen } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation({ workers: true });
  reseller = await it.makeReseller();
  await createCustomer(it.as(reseller), { name: 'Ines Weber', email: 'ines@weber.example' });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

/** One VPS for the customer, up to the button that orders it. */
async function toReview(page: Page): Promise<FrameLocator> {
  const portal = await openScreen(page, it, 'portal', '/orders/new');
  await portal.getByLabel('Customer').click();
  await portal.getByRole('option', { name: /Ines Weber/ }).click();
  await portal.getByText('VPS S', { exact: true }).first().click();
  await portal.getByText('You pay now').first().waitFor();
  await portal.getByRole('button', { name: 'Continue to review' }).click();
  await portal.getByRole('button', { name: /^Place order for/ }).waitFor();
  return portal;
}
const orders = async () => (await listOrders(it.as(reseller), {})).total;

test('a double click places one order', async () => {
  const page = await logIn(browser!, it, 'reseller');
  const before = await orders();
  const portal = await toReview(page);
  await portal.getByRole('button', { name: /^Place order for/ }).dblclick();
  await portal.getByRole('heading', { name: /^Order \d+/ }).waitFor();
  expect(await orders()).toBe(before + 1);
});

test('an answer that is lost on the way is asked for again: one order', async () => {
  const page = await logIn(browser!, it, 'reseller');
  const before = await orders();
  const portal = await toReview(page);
  let cut = 0;
  await page.route('**/trpc/orders.place*', async (route) => {
    if (cut++ > 0) return route.continue();
    // The service did it all; only its answer never arrives.
    await route.fetch();
    await route.abort('connectionreset');
  });
  await portal.getByRole('button', { name: /^Place order for/ }).click();
  await portal.getByText(/checking whether your order went through/).waitFor();
  await portal.getByRole('heading', { name: /^Order \d+/ }).waitFor();
  expect(cut).toBeGreaterThan(1);
  expect(await orders()).toBe(before + 1);
});

test('a price that changes while the review is open: what was shown and held is what is charged', async () => {
  const page = await logIn(browser!, it, 'reseller');
  const before = await orders();
  const portal = await toReview(page);
  const shown = await portal.getByRole('button', { name: /^Place order for/ }).innerText();
  const { version } = await getReseller(it.admin(), { id: reseller.id });
  await setTerms(it.admin(), { id: reseller.id, version, tierId: 'silver', ownDiscountBp: null });
  await it.settle();
  await portal.getByRole('button', { name: /^Place order for/ }).click();
  await portal.getByRole('heading', { name: /^Order \d+/ }).waitFor();
  expect(await orders()).toBe(before + 1);
  const [placed] = (await listOrders(it.as(reseller), { limit: 1 })).rows;
  expect(shown).toContain(placed!.total);
});

test('a session that ends while a form is filled in says so, and writes nothing', async () => {
  const page = await logIn(browser!, it, 'reseller');
  const portal = await openScreen(page, it, 'portal', '/customers');
  await portal.getByRole('button', { name: 'Add customer' }).first().click();
  const dialog = portal.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Half Written');
  await dialog.getByLabel('E-mail').fill('half@written.example');
  // The host's session is over, and with it the token that it gave.
  await page.context().clearCookies();
  await page.route('**/trpc/**', (route) => route.fulfill({ status: 401, body: '{}' }));
  await dialog.getByRole('button', { name: /^Add customer/ }).click();
  await portal
    .getByText(/Your session has ended/)
    .first()
    .waitFor();
  await portal.getByRole('button', { name: 'Reload page' }).waitFor();
  expect((await listCustomers(it.as(reseller), { search: 'Half' })).total).toBe(0);
});

test('nonsense that is pasted into the prices is named line by line, and nothing of it gets into the draft', async () => {
  const page = await logIn(browser!, it, 'admin');
  const screen = await openScreen(page, it, 'admin', '/pricing/rules?kind=discount');
  await screen.getByRole('button', { name: 'Import …' }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByLabel('Or paste here').fill('id\tscope\tpercent\n\tno such thing\tabc\n=1+1\t"\t-5');
  await dialog.getByRole('button', { name: 'Check' }).click();
  await dialog
    .getByRole('alert')
    .or(dialog.getByText(/Line 2/))
    .first()
    .waitFor();
  await expect.poll(() => dialog.getByRole('button', { name: 'Put in draft' }).isDisabled()).toBe(true);
  const [draft] = (await listVersions(it.admin(), { states: ['draft'] })).rows;
  if (draft) expect((await listChanges(it.admin(), { id: draft.id })).total).toBe(0);
});

test('who is suspended between two steps cannot order, and is told why', async () => {
  const page = await logIn(browser!, it, 'reseller');
  const before = await orders();
  const portal = await toReview(page);
  const { version } = await getReseller(it.admin(), { id: reseller.id });
  const reasons = { publicReason: 'Invoice 42 is unpaid', note: null };
  await setStatus(it.admin(), { id: reseller.id, version, status: 'suspended', ...reasons });
  await portal.getByRole('button', { name: /^Place order for/ }).click();
  await portal
    .getByText(/Invoice 42 is unpaid/)
    .first()
    .waitFor();
  expect(await orders()).toBe(before);
});
