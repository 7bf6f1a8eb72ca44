import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewAsReseller } from '../../server/modules/identity/view-as.ts';
import { collectNotices } from '../../server/modules/notice/collect.ts';
import { listNotices } from '../../server/modules/notice/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { getResellerDetails } from '../../server/modules/reseller/details.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { listTickets } from '../../server/modules/ticket/list.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor } from '../support/orders.ts';
import { openPortal } from '../support/screens.ts';
import { faultsOf } from '../support/windows.ts';

let it: Installation;
let browser: Browser;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller({ tierId: 'silver' });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

test('activity tells what was done, also that the provider looked in and changed the terms, never its reasons', async () => {
  const reason = 'internal: checking a complaint';
  await viewAsReseller(it.admin(), { id: reseller.id, reason });
  const row = await setTerms(it.admin(), {
    id: reseller.id,
    version: reseller.version,
    tierId: 'gold',
    ownDiscountBp: null,
    note: reason,
  });
  expect(row.tier.id).toBe('gold');
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/activity');
  await portal.getByText('looked at this portal as you see it').waitFor();
  await portal.getByText('changed the terms').click();
  expect(await faultsOf(page)).toEqual([]);
  expect(await portal.locator('main').innerText()).not.toContain('internal');
  await portal.getByLabel('About').selectOption('portal.*');
  await portal.getByText('changed the terms').waitFor({ state: 'detached' });
  await page.reload();
  await portal.getByText('looked at this portal as you see it').waitFor();
  expect(await portal.getByText('changed the terms').count()).toBe(0);
  const download = page.waitForEvent('download');
  await portal.getByRole('button', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toBe('activity.csv');
});

test('a message is new until it was opened', async () => {
  await collectNotices(it.system());
  const before = (await listNotices(it.as(reseller), { state: 'unread' })).total;
  expect(before).toBeGreaterThan(0);
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/messages');
  await portal.getByText('New').first().waitFor();
  await portal
    .getByRole('navigation')
    .getByText(new RegExp(`^${before} unread message`))
    .first()
    .waitFor({ state: 'attached' });
  expect(await faultsOf(page)).toEqual([]);
  await portal.locator('summary').first().click();
  const unread = async () => (await listNotices(it.as(reseller), { state: 'unread' })).total;
  await expect.poll(unread).toBe(before - 1);
});

test('contacts are kept with the company, and the provider sees them', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/company');
  await portal.getByRole('button', { name: 'Add contact' }).click();
  const people = portal.getByRole('group', { name: 'Contacts' });
  await people.getByLabel('Name').fill('Jo Berg');
  await people.getByLabel('Role').fill('Billing');
  await people.getByLabel('E-mail').fill('jo@northwind.example');
  expect(await faultsOf(page)).toEqual([]);
  await portal.getByRole('button', { name: 'Save' }).click();
  const kept = async () => (await getResellerDetails(it.admin(), { id: reseller.id })).contacts;
  await expect.poll(kept).toEqual([{ name: 'Jo Berg', role: 'Billing', email: 'jo@northwind.example', phone: null }]);
  await portal.getByRole('button', { name: 'Remove contact Jo Berg' }).waitFor();
});

test('the programme marks the own tier and tells each decision', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/programme');
  await portal.getByRole('row', { name: /Gold\s*Yours\s*20 % off/ }).waitFor();
  await portal.getByText('Moved from Silver to Gold').waitFor();
  await portal.getByText('Your provider decides by hand when you move to another tier.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('a ticket of the host is listed by title and linked to what it is about', async () => {
  const client = await it.login('reseller');
  await client.ok('POST', '/api/tickets', { subject: 'Slow disk', message: 'Since yesterday.' });
  const { number } = await placeFor(it.as(reseller));
  await it.settle();
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/tickets');
  await portal.getByText('Slow disk').first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await portal.getByRole('button', { name: /^Link to a service or order/ }).click();
  const dialog = portal.getByRole('dialog');
  await dialog.getByLabel('About').fill(number);
  await dialog.getByRole('option', { name: new RegExp(number) }).click();
  await dialog.getByRole('button', { name: 'Link to a service or order' }).click();
  await portal.getByRole('link', { name: 'Order', exact: true }).waitFor();
  const { rows } = await listTickets(it.as(reseller), {});
  expect(rows).toMatchObject([{ subject: 'Slow disk', orderId: expect.stringMatching(/^ord_/) }]);
});

test('where there is no room the navigation folds its last groups, and every screen stays within reach', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller');
  await portal.getByRole('button', { name: 'Account' }).click();
  await portal.getByRole('link', { name: 'Programme' }).click();
  await portal.getByRole('heading', { name: 'Programme', level: 1 }).waitFor();
  await page.setViewportSize({ width: 360, height: 800 });
  await portal.getByRole('button', { name: /^Menu/ }).click();
  await portal.getByRole('link', { name: 'Webhooks' }).click();
  await portal.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
});
