import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCustomer } from '../../server/modules/customer/create.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { logIn } from '../support/windows.ts';
import { VPS_DUE } from '../support/orders.ts';

let it: Installation;
let browser: Browser;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller();
  await createCustomer(it.as(reseller), {
    name: 'Ines Weber',
    company: 'Kontorhaus Weber KG',
    email: 'it@kontorhaus-weber.example',
  });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

const open = (who: 'reseller' | 'admin'): Promise<Page> => logIn(browser, it, who);
const screen = (page: Page): FrameLocator => page.frameLocator('iframe');

test('a reseller buys in the shop and for a customer from the portal, and paying both moves the revenue', async () => {
  const page = await open('reseller');

  // In the host's own shop.
  await page.goto(it.hostUrl);
  const card = page.locator('form', { has: page.getByText('Extra IPv4') }).first();
  await card.getByLabel('Memory').selectOption('8g');
  await card.getByLabel(/Extra IPv4/).fill('2');
  await card.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByText(`Due now: USD ${VPS_DUE}`).waitFor();
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByRole('button', { name: `Pay USD ${VPS_DUE}` }).click();
  await page.getByText('paid', { exact: true }).first().waitFor();

  // For a customer, in the portal.
  await page.goto(`${it.hostUrl}/portal/reseller/orders/new`);
  const portal = screen(page);
  await portal.getByLabel('Customer').click();
  await portal.getByRole('option', { name: /Kontorhaus Weber/ }).click();
  await portal.getByText('VPS S', { exact: true }).first().click();
  await portal.getByLabel('Memory').selectOption({ label: '8 GB' });
  const more = portal.getByRole('button', { name: 'One more: Extra IPv4 addresses' });
  await more.click();
  await more.click();
  await portal.getByText(`$${VPS_DUE}`).first().waitFor();
  await portal.getByRole('button', { name: 'Continue to review' }).click();
  await portal.getByRole('button', { name: `Place order for $${VPS_DUE}` }).click();
  await portal.getByRole('heading', { name: /order/i }).first().waitFor();
  await it.settle();

  const invoices = (await it.sandbox.port['invoices.list']({ clientIds: ['1'], limit: 10 })).invoices;
  expect(invoices.map(({ total }) => total)).toEqual([VPS_DUE, VPS_DUE]);
  const open2 = invoices.find(({ status }) => status === 'unpaid')!;
  await page.goto(`${it.hostUrl}/portal/invoices/${open2.id}`);
  await page.getByRole('button', { name: `Pay USD ${VPS_DUE}` }).click();
  await page.getByText('paid', { exact: true }).first().waitFor();
  await it.settle();

  await page.goto(`${it.hostUrl}/portal/reseller/orders`);
  await screen(page).getByText('$34.80').first().waitFor();
  await screen(page).getByText('Kontorhaus Weber KG').or(screen(page).getByText('Ines Weber')).first().waitFor();
});

test('an admin makes a client a reseller, sets its terms, and suspends it', async () => {
  const page = await open('admin');
  await page.goto(`${it.hostUrl}/admin/reseller/resellers/new`);
  const admin = screen(page);
  await admin.getByRole('combobox').first().fill('Harbour');
  await admin.getByRole('option', { name: /Harbour Hosting/ }).click();
  await admin.getByRole('button', { name: /^Create reseller/ }).click();
  const row = admin.getByRole('row', { name: /Harbour Hosting/ });
  await row.getByText('10 %').waitFor();
  expect(await terms()).toEqual({ tier_id: 'bronze', own_discount_bp: null, status: 'active' });

  const choose = async (entry: RegExp) => {
    await row.getByRole('button', { name: /Actions/ }).click();
    await admin.getByRole('menuitem', { name: entry }).click();
  };
  await choose(/terms/i);
  await admin.getByRole('dialog').getByRole('radio', { name: /Gold/ }).check();
  await admin
    .getByRole('dialog')
    .getByRole('button', { name: /^(Change|Save)/ })
    .click();
  await row.getByText('20 %').waitFor();

  await choose(/suspend/i);
  await admin
    .getByRole('dialog')
    .getByLabel(/reason/i)
    .fill('Two invoices are overdue');
  await admin.getByRole('dialog').getByRole('button', { name: 'Suspend reseller' }).click();
  await row.getByText('Suspended').waitFor();
  expect(await terms()).toEqual({ tier_id: 'gold', own_discount_bp: null, status: 'suspended' });
});

async function terms(): Promise<unknown> {
  const [row] = await it.service.orm.em
    .fork()
    .execute("select tier_id, own_discount_bp, status from reseller where company = 'Harbour Hosting'");
  return row;
}
