import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readProduct, writeProduct } from '../../hooks/hosts/sandbox/catalogue.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openPortal } from '../support/screens.ts';

const FORMULA = '=1+1 Server';

let it: Installation;
let browser: Browser | undefined;
beforeAll(async () => {
  it = await startInstallation();
  sellInDinars();
  await syncCatalogue(it.system(), {});
  await it.makeReseller();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

/** A currency with three digits, and a product whose name a spreadsheet would take for a formula. */
function sellInDinars(): void {
  const { host } = it.sandbox;
  host.db.run('INSERT INTO currencies VALUES (?, ?)', 'KWD', 3);
  const made = readProduct(host, 'web-start');
  const [base] = made.product.components;
  base!.prices.push({ ...base!.prices[0]!, term: '1M', currency: 'KWD', price: '3.075' });
  made.product.id = 'dinar';
  made.display.id = 'dinar';
  made.display.title = FORMULA;
  writeProduct(host, made);
}

const rowOf = (portal: FrameLocator, name: RegExp) => portal.getByRole('row', { name }).first();

/** The lines of the file that the button saves, by product and term. */
async function exported(page: Page, portal: FrameLocator): Promise<Map<string, Record<string, string>>> {
  const download = page.waitForEvent('download');
  await portal.getByRole('button', { name: 'Export CSV' }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  const lines = parse(text, { bom: true, columns: true }) as Record<string, string>[];
  for (const line of lines) {
    for (const cell of Object.values(line)) expect(cell).not.toMatch(/^[=+@\t\r]/);
  }
  return new Map(
    lines
      .filter(({ component, charge }) => component === 'base' && charge !== 'setup')
      .map((line) => [`${line['product']} ${line['term']}`, line]),
  );
}

test('a markup that is applied twice is counted once, in the table and in the file', async () => {
  const { page, portal } = await openPortal(browser!, it, 'reseller', '/reseller/prices');
  const row = rowOf(portal, /^VPS S 1 month/);
  await row.waitFor();
  await portal.getByLabel('Percent').fill('50');
  for (let round = 0; round < 2; round += 1) {
    await portal.getByRole('button', { name: 'Show preview' }).click();
    await portal.getByRole('columnheader', { name: 'Preview' }).waitFor();
    await portal.getByRole('button', { name: 'Apply to prices' }).click();
    await portal.getByRole('columnheader', { name: 'Preview' }).waitFor({ state: 'detached' });
    // 20 % off 10.00, and half of that again on top.
    await expect.poll(() => row.innerText()).toMatch(/\$8\.00[^$]*\$12\.00[^$]*\$4\.00/);
  }
  const { your_price: price, wholesale, retail, margin } = (await exported(page, portal)).get('vps-s 1M')!;
  expect([price, wholesale, retail, Number(margin)]).toEqual(['12.00', '8.00', '10.00', 4]);
});

test('currencies without and with three digits keep theirs on screen and in the file, where no name is a formula', async () => {
  const { page, portal } = await openPortal(browser!, it, 'reseller', '/reseller/prices?cur=JPY');
  await rowOf(portal, /^VPS S 1 month.*¥1,200.*¥1,800/s).waitFor();
  const yen = (await exported(page, portal)).get('vps-s 1M')!;
  expect([yen['your_price'], yen['wholesale'], yen['currency']]).toEqual(['1800', '1200', 'JPY']);

  await page.goto(`${it.hostUrl}/portal/reseller/prices?cur=KWD&q=dinar`);
  await rowOf(portal, /^=1\+1 Server 1 month.*KWD\s2\.460.*KWD\s3\.690/s).waitFor();
  const dinars = (await exported(page, portal)).get('dinar 1M')!;
  expect([dinars['your_price'], dinars['wholesale'], dinars['title']]).toEqual(['3.690', '2.460', `'${FORMULA}`]);
});
