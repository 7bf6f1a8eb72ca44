import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOrders } from '../../server/modules/order/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openPortal } from '../support/screens.ts';
import { copiedIn } from '../support/windows.ts';

let it: Installation;
let browser: Browser;
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

/** What a person does who sees labels only, counted. Keys pressed into one field are one action. */
class Walk {
  actions = 0;
  page: Page;
  screen: FrameLocator;
  constructor(page: Page, screen: FrameLocator) {
    this.page = page;
    this.screen = screen;
  }
  async press(label: string | RegExp): Promise<void> {
    this.actions += 1;
    const dialog = this.screen.getByRole('dialog');
    const where = (await dialog.count()) > 0 ? dialog : this.screen;
    const named = where.getByRole('button', { name: label }).or(where.getByRole('link', { name: label }));
    const text = where.getByText(label, { exact: true });
    await named.or(text).first().waitFor();
    await ((await named.count()) === 0 ? text : named).first().click();
  }
  async type(label: string, text: string): Promise<void> {
    this.actions += 1;
    await this.screen.getByLabel(label, { exact: true }).fill(text);
  }
}

test('from the portal to the first API call with a new key: eight actions at most, by visible labels', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller');
  const walk = new Walk(page, portal);
  await walk.press('Build');
  await walk.press('API keys');
  await walk.press('Create key');
  await walk.type('Name', 'First key');
  await walk.press('Create key');
  await walk.press('Copy these lines');
  const lines = await copiedIn(page);
  await walk.press('I have stored it');
  // The call as it was copied: its address and its header.
  const [, url] = /curl -s (\S+)/.exec(lines) ?? [];
  const [, name, value] = /-H "([^:]+): ([^"]+)"/.exec(lines) ?? [];
  walk.actions += 1;
  const answer = await fetch(url!, { headers: { [name!]: value! } });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ currency: 'USD', products: expect.any(Array) });
  expect(walk.actions).toBeLessThanOrEqual(8);
});

test('from the portal to the first order for a customer: eight actions at most, by visible labels', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller');
  const walk = new Walk(page, portal);
  await walk.press('New order');
  await portal.getByRole('heading', { name: 'Who is this order for?' }).waitFor();
  await walk.press('Add customer');
  await walk.type('Name', 'Ines Weber');
  await walk.type('E-mail', 'ines@kontorhaus-weber.example');
  await walk.press('Add customer and continue');
  await walk.press('VPS S');
  await walk.press('Continue to review');
  await portal.getByRole('heading', { name: 'Check your order' }).waitFor();
  await walk.press(/^Place order for/);
  await portal.getByRole('heading', { name: /^Order / }).waitFor();
  expect(walk.actions).toBeLessThanOrEqual(8);
  await it.settle();
  const { rows } = await listOrders(it.as(reseller), {});
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ status: 'pending', customer: { name: 'Ines Weber' } });
});
