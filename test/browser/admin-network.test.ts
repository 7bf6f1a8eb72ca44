import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listActivity } from '../../server/modules/activity/list.ts';
import { createKey } from '../../server/modules/api-key/create.ts';
import { listResellers } from '../../server/modules/reseller/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor, vpsLine } from '../support/orders.ts';
import { faultsOf, logIn, openScreen } from '../support/windows.ts';
import type { ShopClient } from '../support/shop-client.ts';

let it: Installation;
let browser: Browser | undefined;
let page: Page;
let reseller: ResellerRow;
let shop: ShopClient;
let staff: ShopClient;
beforeAll(async () => {
  it = await startInstallation({ workers: true });
  reseller = await it.makeReseller();
  [shop, staff] = await Promise.all([it.login('reseller'), it.login('admin')]);
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

/** Sells a VPS and lets somebody change at the host what it renews at. */
async function driftTo(recurring: string): Promise<void> {
  const { invoiceId } = await shop.buy([vpsLine]);
  await shop.pay(invoiceId);
  await it.settle();
  const { lines } = await shop.ok<{ lines: { kind: string; serviceId: string }[] }>(
    'GET',
    `/api/invoices/${invoiceId}`,
  );
  const { serviceId } = lines.find(({ kind }) => kind === 'product')!;
  await staff.ok('POST', '/api/test/edit-price', { serviceId, recurring });
}

/** Compares with the host, and waits until that is done. */
async function compare(screen: FrameLocator): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().includes('reconcile.run'));
  await screen.getByRole('button', { name: 'Compare now' }).click();
  await answered;
}

test('a price changed by hand at the host is found, let be, found again and repaired', async () => {
  await driftTo('15.00');
  const screen = await openScreen(page, it, 'admin', '/problems');
  await screen.getByRole('button', { name: 'Compare now' }).click();
  const row = screen.getByRole('row', { name: /Renews at another amount/ });
  await row.getByText('$2.60').waitFor();
  await screen.getByText(/\$2\.60 at risk/).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await row.getByRole('button', { name: /Actions for/ }).click();
  await screen.getByRole('menuitem', { name: 'Let be until …' }).click();
  const dialog = screen.getByRole('dialog');
  await expect.poll(() => dialog.getByRole('button', { name: /Let be until/ }).isDisabled()).toBe(true);
  await dialog.getByLabel('Reason').fill('Agreed by phone');
  await dialog.getByRole('button', { name: /Let be until/ }).click();
  await screen.getByText(/No differences/).waitFor();
  await screen.getByRole('link', { name: 'Let be' }).click();
  await screen.getByText('Agreed by phone').waitFor();

  // Until its day comparing leaves it alone; on its day it is open again, and stays so until it is settled.
  await screen.getByRole('link', { name: 'Differences' }).click();
  await compare(screen);
  await screen.getByText(/No differences/).waitFor();
  await it.service.orm.em.fork().execute('update difference set ignored_until = current_date');
  await compare(screen);
  await row.getByText('$2.60').waitFor();

  await row.getByRole('button', { name: /Actions for/ }).click();
  await screen.getByRole('menuitem', { name: 'Repair …' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Repair difference' }).click();
  await screen.getByText(/No differences/).waitFor();
  await compare(screen);
  await screen.getByText(/No differences/).waitFor();
  await screen.getByRole('link', { name: 'Comparisons' }).click();
  await screen.getByText('Complete').first().waitFor();
});

test('the parts of a reseller: orders, billing, and its API, which is switched off with its keys', async () => {
  await createKey(it.as(reseller), { name: 'ERP', scopes: ['orders:read'] });
  await placeFor(it.as(reseller));
  const [sold] = (await listOrders(it.admin(), {})).rows;
  let screen = await openScreen(page, it, 'admin', '/orders');
  const order = screen.getByRole('row').filter({ hasText: sold!.invoice!.number });
  await order.getByText(`Retail $${sold!.retailTotal}`).waitFor();
  await order.getByText(sold!.hostOrderId!).waitFor();

  screen = await openScreen(page, it, 'admin', `/resellers/${reseller.id}?tab=orders`);
  await screen.getByRole('row', { name: /VPS S/ }).first().getByRole('link').click();
  await screen.getByRole('heading', { name: /^Order / }).waitFor();
  // What only the reseller does is not offered.
  expect(await screen.getByRole('link', { name: 'Order again' }).count()).toBe(0);

  screen = await openScreen(page, it, 'admin', `/resellers/${reseller.id}?tab=billing`);
  await screen.getByText('How they pay').waitFor();
  await screen.getByRole('row', { name: /Paid/ }).first().waitFor();
  expect(await faultsOf(page)).toEqual([]);

  screen = await openScreen(page, it, 'admin', `/resellers/${reseller.id}?tab=api`);
  await screen.getByRole('row', { name: /ERP/ }).waitFor();
  await screen.getByRole('button', { name: 'Switch off …' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Switch off API' }).click();
  await screen.getByRole('button', { name: 'Switch on …' }).waitFor();
  await screen.getByRole('row', { name: /ERP/ }).getByRole('button', { name: 'Revoke …' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
  await screen.getByRole('row', { name: /ERP.*Revoked/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('an admin looks on as the reseller: read-only, with a banner that stays, in the log, and back', async () => {
  let screen = await openScreen(page, it, 'admin', `/resellers/${reseller.id}`);
  await screen.getByRole('button', { name: /Actions for/ }).click();
  await screen.getByRole('menuitem', { name: 'View as reseller …' }).click();
  await screen.getByRole('dialog').getByLabel('Reason').fill('They asked about an order');
  await screen.getByRole('dialog').getByRole('button', { name: 'View as Northwind Resale' }).click();
  await screen.getByText('You are seeing Northwind Resale’s portal, read-only. Alex Admin').waitFor();
  await screen.getByRole('link', { name: 'Customers', exact: true }).waitFor();
  expect(await screen.getByRole('link', { name: 'New order' }).count()).toBe(0);
  await screen.getByRole('link', { name: 'Orders', exact: true }).click();
  await screen.getByRole('row', { name: /VPS S/ }).first().waitFor();
  expect(await faultsOf(page)).toEqual([]);

  // A reload goes on where it was, as the same visit.
  await page.reload();
  screen = page.frameLocator('iframe');
  await screen.getByText('You are seeing Northwind Resale’s portal, read-only.').waitFor();
  await screen.getByRole('heading', { name: 'Orders' }).waitFor();
  const views = async () => (await listActivity(it.as(reseller), { action: 'portal.viewed' })).rows;
  expect(await views()).toHaveLength(1);
  expect((await listActivity(it.admin(), { action: 'portal.viewed' })).rows).toMatchObject([
    { reason: 'They asked about an order' },
  ]);

  await screen.getByRole('button', { name: 'Leave' }).click();
  await screen.getByRole('button', { name: 'Change terms' }).waitFor();
  await openScreen(page, it, 'admin', `/resellers/${reseller.id}/view?at=/orders`);
  await screen.getByRole('dialog').getByLabel('Reason').waitFor();
});

test('many resellers are changed by what a dry run said, and only by that', async () => {
  const screen = await openScreen(page, it, 'admin', '/resellers');
  const chosen = screen.getByRole('checkbox', { name: 'Choose Northwind Resale' });
  await chosen.check();
  // The tick stands on the accent: it has the colour that is measured for text there, not that of the page.
  await expect.poll(() => chosen.evaluate(TICK)).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
  await screen.getByRole('button', { name: 'Change …' }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByLabel('Tier', { exact: true }).selectOption({ label: 'Silver' });
  await dialog.getByRole('button', { name: 'Preview the effect' }).click();
  await screen.getByText(/1 would change, 0 stay/).waitFor();
  await screen.getByRole('row', { name: /Northwind Resale.*Gold.*Silver.*20 %.*15 %/ }).waitFor();
  expect(await tier()).toBe('Gold');
  expect(await faultsOf(page)).toEqual([]);
  await screen.getByRole('button', { name: 'Change 1 reseller' }).click();
  await screen.getByText(/1 changed, 0 not possible/).waitFor();
  expect(await tier()).toBe('Silver');
});

const tier = async (): Promise<string | undefined> =>
  (await listResellers(it.admin(), {})).rows.find(({ id }) => id === reseller.id)?.tier.name;

/** The colour of a chosen box's tick, and that of text on the accent, as the browser computes both. */
const TICK = `(() => {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = 'var(--on-accent)';
  const box = document.querySelector('.checkbox:checked');
  const colours = [getComputedStyle(box, '::before').backgroundColor, getComputedStyle(probe).color];
  probe.remove();
  return colours;
})()`;
