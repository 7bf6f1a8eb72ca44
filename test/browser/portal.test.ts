import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approveApplication } from '../../server/modules/application/approve.ts';
import { askForInformation } from '../../server/modules/application/ask.ts';
import { listApplications } from '../../server/modules/application/list.ts';
import { listCustomers } from '../../server/modules/customer/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor, VPS_DUE } from '../support/orders.ts';
import { fillApplication, openPortal } from '../support/screens.ts';
import { faultsOf } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

const open = (who: 'reseller' | 'client', path: string) => openPortal(browser!, it, who, `/reseller${path}`);

test('a client applies with a draft that outlives the frame, answers a question, is approved and enters the portal', async () => {
  const { page, portal } = await open('client', '');
  await page.clock.install();
  await page.reload();
  await portal.getByRole('heading', { name: 'Become a reseller' }).waitFor();
  await portal
    .getByLabel(/company|business/i)
    .first()
    .fill('Harbour Resale GmbH');
  await portal.getByText(/Draft saved at/).waitFor();
  await page.reload();
  expect(
    await portal
      .getByLabel(/company|business/i)
      .first()
      .inputValue(),
  ).toBe('Harbour Resale GmbH');

  await fillApplication(portal);
  expect(await faultsOf(page)).toEqual([]);
  await portal.getByRole('button', { name: 'Send application' }).click();
  await portal.getByText('Waiting for review').waitFor();

  const { rows } = await listApplications(it.admin(), {});
  const sent = rows.find(({ businessName }) => businessName === 'Harbour Resale GmbH')!;
  await askForInformation(it.admin(), {
    id: sent.id,
    version: sent.version,
    fields: ['description'],
    message: 'How many customers do you have?',
  });
  await page.reload();
  await portal.getByText('How many customers do you have?').first().waitFor();
  await portal.getByLabel('Reply').fill('About forty.');
  await portal.getByRole('button', { name: 'Send answer' }).click();
  await portal.getByText('Answered, waiting for review').waitFor();

  const answered = (await listApplications(it.admin(), {})).rows.find(({ id }) => id === sent.id);
  await approveApplication(it.admin(), { id: sent.id, version: answered!.version, tierId: 'silver' });
  // The screen asks every half minute what is new: the portal turns on by itself.
  const halfMinuteLater = async () => {
    await page.clock.fastForward('00:31');
    return portal.getByText("You're a reseller.").count();
  };
  await expect.poll(halfMinuteLater, { interval: 500 }).toBe(1);
  await portal.getByRole('link', { name: 'Open the portal' }).click();
  await portal.getByRole('heading', { name: 'Dashboard' }).waitFor();
});

test('a new reseller is led by first steps, adds a customer, and an import with one fault writes nothing', async () => {
  const { page, portal } = await open('reseller', '');
  await portal.getByRole('heading', { name: 'First steps' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await portal.getByRole('link', { name: 'Add customer' }).click();
  const dialog = portal.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Ines Weber');
  await dialog.getByLabel('Company').fill('Kontorhaus Weber KG');
  await dialog.getByLabel('E-mail').fill('it@kontorhaus-weber.example');
  await dialog.getByRole('button', { name: 'Add customer' }).click();
  await portal.getByRole('heading', { name: 'Kontorhaus Weber KG' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await page.goto(`${it.hostUrl}/portal/reseller/customers`);
  await portal.getByRole('button', { name: 'Import CSV' }).click();
  const file = (text: string) => ({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  const field = portal.getByLabel('CSV file');
  await field.setInputFiles(file('name,email\nGood,good@example.com\nBad,nothing\n'));
  await portal.getByText('Nothing is imported until every row is right.').waitFor();
  await expect
    .poll(() => portal.getByRole('dialog').getByRole('button', { name: 'Import customers' }).isDisabled())
    .toBe(true);
  await field.setInputFiles(file('name,email\nGood,good@example.com\nBetter,better@example.com\n'));
  await portal.getByRole('button', { name: 'Import 2 customers' }).click();
  await portal.getByRole('link', { name: /Better/ }).waitFor();
  expect((await listCustomers(it.as(reseller), {})).total).toBe(3);
});

test('a markup is shown before it counts, and applying it twice changes nothing more', async () => {
  const { page, portal } = await open('reseller', '/prices');
  const row = portal.getByRole('row', { name: /VPS S.*1 month/ }).first();
  await row.waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await portal.getByLabel('Percent').fill('50');
  await portal.getByRole('button', { name: 'Show preview' }).click();
  await portal.getByRole('columnheader', { name: 'Preview' }).waitFor();
  const preview = await row.innerText();
  expect(await saved()).toEqual([]);
  for (let round = 0; round < 2; round += 1) {
    await portal.getByRole('button', { name: 'Apply to prices' }).click();
    await portal.getByText('Markup on wholesale 50 %').waitFor();
    await portal.getByRole('columnheader', { name: 'Preview' }).waitFor({ state: 'detached' });
  }
  expect(await saved()).toEqual([{ method: 'markup', bp: 5000 }]);
  const [, , , price] = preview.split('\t');
  expect(price).toBeDefined();
});

async function saved(): Promise<unknown> {
  return it.service.orm.em.fork().execute('select method, bp from own_price_rule where reseller_id = ?', [reseller.id]);
}

test('an order is seen with its note, its service and its invoice; a pending one is cancelled', async () => {
  const order = await placeFor(it.as(reseller));
  await it.settle();
  const { page, portal } = await open('reseller', `/orders/${order.id}`);
  await portal.getByRole('button', { name: 'Add note' }).click();
  await portal.getByRole('dialog').getByLabel('Note for your records').fill('Renew in spring');
  await portal.getByRole('button', { name: 'Save note' }).click();
  await portal.getByText('Renew in spring').waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await page.goto(`${it.hostUrl}/portal/reseller/statements`);
  await portal.getByText(`$${VPS_DUE}`).first().waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await page.goto(`${it.hostUrl}/portal/reseller/orders/new?again=${order.id}`);
  await portal.getByText(/Then you paid \$17\.40/).waitFor();
  await portal.getByText(`$${VPS_DUE}`).nth(1).waitFor();

  await page.goto(`${it.hostUrl}/portal/reseller/orders/${order.id}`);
  await portal.getByRole('button', { name: 'Cancel order' }).click();
  await portal.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
  await portal.getByText('Cancelled', { exact: true }).first().waitFor();
});

test('a service tells its locked price and why', async () => {
  const order = await placeFor(it.as(reseller));
  const { invoices } = await it.sandbox.port['invoices.list']({ clientIds: ['1'], limit: 10 });
  const unpaid = invoices.find(({ status }) => status === 'unpaid')!;
  expect(order.status).toBe('pending');
  const { page, portal } = await open('reseller', '');
  await page.goto(`${it.hostUrl}/portal/invoices/${unpaid.id}`);
  await page.getByRole('button', { name: `Pay USD ${VPS_DUE}` }).click();
  await page.getByText('paid', { exact: true }).first().waitFor();
  await it.settle();

  await page.goto(`${it.hostUrl}/portal/reseller/services`);
  await portal.getByRole('link', { name: /VPS S/ }).first().click();
  await portal.getByText('Locked when it was ordered: renewals cost the same.').first().waitFor();
  await portal.getByText('$12.40').first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.goto(`${it.hostUrl}/portal/reseller`);
  await portal.getByRole('heading', { name: 'Last 12 months' }).waitFor();
  await portal.getByText(`$${VPS_DUE}`).first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('a checked field of the company waits for the provider and can be taken back', async () => {
  const { page, portal } = await open('reseller', '/company');
  const name = portal.getByLabel('Company name');
  await name.fill('Northwind Resale AG');
  await portal.getByRole('button', { name: 'Send for review' }).click();
  await portal.getByRole('heading', { name: 'In review' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(await company()).toBe('Northwind Resale');
  await portal.getByRole('button', { name: 'Withdraw change' }).click();
  await portal.getByRole('heading', { name: 'In review' }).waitFor({ state: 'detached' });
  await expect.poll(() => portal.getByLabel('Company name').inputValue()).toBe('Northwind Resale');
});

async function company(): Promise<string> {
  const [row] = await it.service.orm.em
    .fork()
    .execute<{ company: string }[]>('select company from reseller where id = ?', [reseller.id]);
  return row!.company;
}
