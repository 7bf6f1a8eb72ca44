import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '../../server/modules/api-key/create.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { addNote } from '../../server/modules/note/add.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';
import { faultsOf, logIn, openScreen } from '../support/windows.ts';

const INSIDE = ['Known from the fair, pays late', 'Ask Ada before you lift it'];

let it: Installation;
let browser: Browser | undefined;
let reseller: ResellerRow;
let key: string;
beforeAll(async () => {
  it = await startInstallation({ workers: true });
  reseller = await it.makeReseller();
  const shop = await it.login('reseller');
  const { invoiceId } = await shop.buy([vpsLine]);
  await shop.pay(invoiceId);
  await it.settle();
  await addNote(it.admin(), { resellerId: reseller.id, text: INSIDE[0]! });
  ({ key } = await createKey(it.as(reseller), { name: 'ERP', scopes: ['orders:read', 'services:read'] }));
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

const services = async () => (await it.sandbox.port['services.list']({ clientIds: ['1'], limit: 10 })).services;
const call = () => fetch(`${it.serviceUrl}/api/v1/services`, { headers: { authorization: `Bearer ${key}` } });

test('who is suspended keeps its services and reads on, but orders nothing and calls nothing; notes stay inside', async () => {
  const before = await services();
  expect(before).toHaveLength(1);
  expect((await call()).status).toBe(200);

  const admin = await logIn(browser!, it, 'admin');
  const screen = await openScreen(admin, it, 'admin', `/resellers/${reseller.id}`);
  await screen.getByRole('button', { name: 'Actions for Northwind Resale' }).click();
  await screen.getByRole('menuitem', { name: 'Suspend' }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByLabel('Reason shown to them').fill('Two invoices are overdue');
  await dialog.getByLabel(/Internal note/).fill(INSIDE[1]!);
  expect(await faultsOf(admin)).toEqual([]);
  await dialog.getByRole('button', { name: 'Suspend reseller' }).click();
  await screen.getByText('Two invoices are overdue').first().waitFor();

  const told: string[] = [];
  const page = await logIn(browser!, it, 'reseller');
  page.on('response', (response) => {
    if (response.url().includes('/trpc/'))
      void response.text().then(
        (text) => told.push(text),
        () => undefined,
      );
  });
  for (const path of ['', '/customers', '/orders', '/services', '/statements', '/activity', '/company', '/programme']) {
    const portal = await openScreen(page, it, 'portal', path);
    await portal.getByText('Your reseller account is suspended.').waitFor();
    await portal
      .getByText(/Two invoices are overdue/)
      .first()
      .waitFor();
    await portal.getByText(/Running services go on\. Orders and API calls are refused\./).waitFor();
    await page.waitForLoadState('networkidle');
    const shown = await portal.locator('body').innerText();
    for (const text of INSIDE) expect(shown).not.toContain(text);
  }
  for (const path of ['/customers', '/orders']) {
    const portal = await openScreen(page, it, 'portal', path);
    await portal.getByText('Your reseller account is suspended.').waitFor();
    await page.waitForLoadState('networkidle');
    const offered = portal.getByText(/^(Add customer|New order|Import)$/);
    expect(
      await offered.evaluateAll((all) => all.filter((one) => !one.matches('[disabled], [aria-disabled]')).length),
    ).toBe(0);
    expect(await faultsOf(page)).toEqual([]);
  }
  // Nothing of it was even sent.
  expect(told.length).toBeGreaterThan(8);
  for (const text of INSIDE) expect(told.join()).not.toContain(text);

  const refused = await call();
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'reseller_suspended']);
  expect(await services()).toEqual(before);
});

test('one person is erased for good from the reseller’s customers, with the name typed and a reason', async () => {
  const customer = await createCustomer(it.as(reseller), { name: 'Zephyrine Quill', email: 'zephyrine@quill.example' });
  const admin = await logIn(browser!, it, 'admin');
  let screen = await openScreen(admin, it, 'admin', `/resellers/${reseller.id}?tab=customers`);
  await screen
    .getByRole('row', { name: /Zephyrine Quill/ })
    .getByRole('link')
    .first()
    .click();
  await screen.getByRole('heading', { name: 'Zephyrine Quill' }).waitFor();
  // What only the reseller does is not offered.
  expect(await screen.getByRole('button', { name: /Edit|Archive/ }).count()).toBe(0);
  await screen.getByRole('button', { name: 'Erase data …' }).click();
  const dialog = screen.getByRole('dialog');
  const erase = dialog.getByRole('button', { name: 'Erase data' });
  // It says beforehand how much it reaches.
  await dialog.getByText('Orders: 0, services: 0, invoices: 0, events: 1').waitFor();
  await expect.poll(() => erase.isDisabled()).toBe(true);
  await dialog.getByLabel('Type “Zephyrine Quill”').fill('Zephyrine Quill');
  await expect.poll(() => erase.isDisabled()).toBe(true);
  await dialog.getByLabel('Reason').fill('Asked for by letter');
  expect(await faultsOf(admin)).toEqual([]);
  await erase.click();
  await dialog.waitFor({ state: 'detached' });
  await screen.getByText('Zephyrine Quill').first().waitFor({ state: 'detached' });
  const [row] = await it.service.orm.em
    .fork()
    .execute<{ name: string; email: string }[]>('select name, email from customer where id = ?', [customer.id]);
  expect(JSON.stringify(row)).not.toMatch(/zephyrine|quill/i);
  screen = await openScreen(admin, it, 'admin', '/activity?action=customer.erased');
  const entry = screen.locator('details', { hasText: 'Alex Admin' });
  await entry.locator('summary').click();
  await entry.getByText('Asked for by letter').waitFor();
});
