import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';
import { faultsOf, logIn } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
let reseller: ResellerRow;
let orderId: string;
beforeAll(async () => {
  it = await startInstallation({ workers: true });
  reseller = await it.makeReseller();
  const shop = await it.login('reseller');
  const bought = await shop.buy([vpsLine]);
  orderId = bought.orderId;
  await shop.pay(bought.invoiceId);
  await it.settle();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

/** Opens a page of the host with a panel, and counts what the panel asks of the service. */
async function open(page: Page, path: string): Promise<{ panel: FrameLocator; asked: string[] }> {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/trpc/')) asked.push(request.url());
  });
  await page.goto(it.hostUrl + path);
  return { panel: page.frameLocator('iframe'), asked };
}

/** As high as what it says: neither cut off nor followed by an empty strip. */
async function expectFitting(page: Page, panel: FrameLocator): Promise<void> {
  const needed = await panel
    .locator('.frame')
    .evaluate((root) => (root as unknown as { offsetHeight: number }).offsetHeight);
  await expect.poll(async () => (await page.locator('iframe').boundingBox())?.height).toBe(needed);
  expect(needed).toBeGreaterThan(40);
  expect(needed).toBeLessThanOrEqual(320);
}

test('for staff: the home page, a client who is a reseller, its order, and the way to the screens', async () => {
  const page = await logIn(browser!, it, 'admin');
  const home = await open(page, '/admin/home');
  await home.panel.getByText(/wholesale revenue in 30 days, 1 active reseller/).waitFor();
  expect(home.asked).toHaveLength(1);
  await expectFitting(page, home.panel);
  expect(await faultsOf(page)).toEqual([]);

  const client = await open(page, '/admin/clients/1');
  await client.panel.getByText('Gold, 20 % off').waitFor();
  expect(client.asked).toHaveLength(1);
  await expectFitting(page, client.panel);

  const order = await open(page, `/admin/orders/${orderId}`);
  await order.panel.getByText('Northwind Resale').waitFor();
  await expectFitting(page, order.panel);
  expect(order.asked).toHaveLength(1);
  expect(await faultsOf(page)).toEqual([]);
  await order.panel.getByRole('button', { name: 'Open reseller' }).click();
  await page.waitForURL(`**/admin/reseller/resellers/${reseller.id}`);
  await page.frameLocator('iframe').getByRole('heading', { name: 'Northwind Resale' }).waitFor();
});

test('a panel below the window is as high as what it says before anybody scrolls to it', async () => {
  const page = await logIn(browser!, it, 'admin');
  await page.setViewportSize({ width: 1280, height: 60 });
  const { panel } = await open(page, '/admin/clients/2');
  await panel.getByText('Not a reseller.').waitFor();
  expect((await page.locator('iframe').boundingBox())!.y).toBeGreaterThan(60);
  await expectFitting(page, panel);
});

test('a client who is none keeps one quiet line with the way to make it a reseller', async () => {
  const page = await logIn(browser!, it, 'admin');
  const { panel } = await open(page, '/admin/clients/2');
  await panel.getByText('Not a reseller.').waitFor();
  await panel.getByRole('button', { name: 'Make reseller' }).click();
  await page.waitForURL('**/admin/reseller/resellers/new?client=2');
});

test('for a reseller: its business and its price beside retail; nothing at all where there is nothing to say', async () => {
  const page = await logIn(browser!, it, 'reseller');
  const start = await open(page, '/portal/home');
  await start.panel.getByRole('button', { name: 'New order' }).waitFor();
  expect(start.asked).toHaveLength(1);
  await expectFitting(page, start.panel);
  expect(await faultsOf(page)).toEqual([]);

  const product = await open(page, '/products/vps-s');
  await product.panel.getByText('$8.00').first().waitFor();
  expect(product.asked).toHaveLength(1);
  await expectFitting(page, product.panel);
  expect(await faultsOf(page)).toEqual([]);
  await product.panel.getByRole('button', { name: 'Order for a customer' }).click();
  await page.waitForURL('**/portal/reseller/orders/new?product=vps-s');

  const { id, version } = reseller;
  await setStatus(it.admin(), { id, version, status: 'suspended', publicReason: 'Please call us.' });
  const held = await open(page, '/portal/home');
  await held.panel.getByText('Please call us.').waitFor();
  await expect.poll(() => held.panel.getByRole('button').allInnerTexts()).toEqual(['Dashboard']);
  const shown = await open(page, '/products/vps-s');
  await shown.panel.getByText('$8.00').first().waitFor();
  await expect.poll(() => shown.panel.getByRole('button').allInnerTexts()).toEqual(['Price list']);

  const other = await logIn(browser!, it, 'client');
  await open(other, '/products/vps-s');
  await expect.poll(async () => (await other.locator('iframe').boundingBox())?.height).toBe(0);
  // By this mark the host's page leaves out the margin as well.
  await expect.poll(() => other.locator('[data-panel]').getAttribute('data-empty')).toBe('');
});

test('where there is nothing to say a panel takes no room: an order of no reseller, a start page while nobody may apply', async () => {
  const { orderId: plain } = await (await it.login('client')).buy([vpsLine]);
  const staff = await logIn(browser!, it, 'admin');
  const order = await open(staff, `/admin/orders/${plain}`);
  await expect.poll(async () => (await staff.locator('iframe').boundingBox())?.height, { timeout: 15_000 }).toBe(0);
  expect(order.asked).toHaveLength(1);

  const client = await logIn(browser!, it, 'client');
  const invited = await open(client, '/portal/home');
  await invited.panel.getByRole('button').first().waitFor();
  await expectFitting(client, invited.panel);
  const { version, values } = (await getSettings(it.admin(), { section: 'applications' })).rows[0]!;
  await updateSettings(it.admin(), { section: 'applications', version, values: { ...values, open: false } });
  const closed = await open(client, '/portal/home');
  await expect.poll(async () => (await client.locator('iframe').boundingBox())?.height, { timeout: 15_000 }).toBe(0);
  expect(closed.asked).toHaveLength(1);
});
