import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewAsReseller } from '../../server/modules/identity/view-as.ts';
import { collectNotices } from '../../server/modules/notice/collect.ts';
import { listNotices } from '../../server/modules/notice/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { getResellerDetails } from '../../server/modules/reseller/details.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { closeStatements } from '../../server/modules/statement/close.ts';
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

test('each statement shows that opening and lines make the closing, also in credit, and says so when they do not', async () => {
  const { em } = it.system();
  const entries = [
    ['USD', 'invoice', '100.00', '2027-01-10'],
    ['USD', 'invoice', '40.00', '2027-02-03'],
    ['USD', 'payment', '-100.00', '2027-02-05'],
    ['EUR', 'invoice', '30.00', '2027-01-11'],
    ['EUR', 'payment', '-30.00', '2027-01-12'],
    ['EUR', 'credit', '-12.34', '2027-01-20'],
    ['JPY', 'invoice', '1500', '2027-01-11'],
  ].map(([currency, kind, amount, day], at) => ({ currency, kind, amount, day, invoice: `statement-${at}` }));
  await em.execute(
    `insert into account_entry (reseller_id, currency, kind, host_invoice_id, reference, number, amount, at, day)
     select ?, x.currency, x.kind, x.invoice, '', x.invoice, x.amount::numeric, x.day::timestamptz, x.day::date
       from jsonb_to_recordset(?::jsonb) as x(currency text, kind text, invoice text, amount text, day text)`,
    [reseller.id, JSON.stringify(entries)],
  );
  await closeStatements({ ...it.system(), now: new Date('2027-03-01T04:41:00Z') });
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/statements?tab=months');
  const rows = portal.getByRole('table', { name: 'Statements' }).getByRole('row');
  // Three accounts, in two months each, under their head.
  await expect.poll(() => rows.count()).toBe(7);
  // Several currencies: each amount bears its code, and no sum goes over two of them.
  await rows.filter({ hasText: 'January 2027' }).filter({ hasText: 'EUR' }).getByText('−EUR 12.34').last().waitFor();
  expect(await faultsOf(page)).toEqual([]);

  const look = async (month: string, currency: string, check: string) => {
    await rows.filter({ hasText: month }).filter({ hasText: currency }).getByRole('link').click();
    await portal.getByRole('heading', { name: `Statement ${month}, ${currency}` }).waitFor();
    await portal.getByText(check, { exact: true }).waitFor();
  };
  const leave = async () => {
    await page.goBack();
    await portal.getByRole('heading', { name: 'Statements', level: 1 }).waitFor();
  };
  await look('February 2027', 'USD', 'Opening balance $100.00 + lines -$60.00 = closing balance $40.00.');
  await leave();
  await look('January 2027', 'EUR', 'Opening balance €0.00 + lines -€12.34 = closing balance -€12.34.');
  await portal.getByRole('row', { name: /Closing balance credit −€12\.34/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await leave();
  await look('February 2027', 'JPY', 'Opening balance ¥1,500 + lines ¥0 = closing balance ¥1,500.');

  // Nothing of ours changes a closed month; who can write into the database does.
  await em.execute('alter table account_entry disable trigger account_entry_final');
  await em.execute("update account_entry set amount = 101 where currency = 'USD' and day = '2027-01-10'");
  await em.execute('alter table account_entry enable trigger account_entry_final');
  await leave();
  await look(
    'January 2027',
    'USD',
    "Opening balance $0.00 + lines $101.00 = $101.00, but the closing balance says $100.00. Don't pay by this statement before it is checked.",
  );
  expect(await faultsOf(page)).toEqual([]);
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
