import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { listInvoices } from '../../server/modules/invoice/list.ts';
import { listServices } from '../../server/modules/service/list.ts';
import { listTiers } from '../../server/modules/tier/list.ts';
import { getTierProgress } from '../../server/modules/tier/progress.ts';
import { saveTierRules } from '../../server/modules/tier/save-rules.ts';
import { updateTier } from '../../server/modules/tier/update.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { createKey } from '../../server/modules/api-key/create.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor } from '../support/orders.ts';
import { openPortal } from '../support/screens.ts';
import { faultsOf } from '../support/windows.ts';

/** A change in the host is on screen within ten seconds (screens.md 5.2). */
const SOON = { timeout: 10_000 };

let it: Installation;
let browser: Browser;
let one: ResellerRow;
let other: ResellerRow;
beforeAll(async () => {
  it = await startInstallation({ webhooksAllowPrivate: true });
  one = await it.makeReseller({ tierId: 'silver' });
  other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

test('a customer of another reseller looks like one that is nobody’s', async () => {
  const { id } = await createCustomer(it.as(other), { name: 'Theirs', email: 'theirs@example.org' });
  const { page, portal } = await openPortal(browser, it, 'reseller', `/reseller/customers/${id}`);
  const shown = async (): Promise<string> => {
    await portal.getByText('Not found').first().waitFor();
    return portal.locator('main').innerText();
  };
  const foreign = await shown();
  await page.goto(`${it.hostUrl}/portal/reseller/customers/cus_0123456789abcdef`);
  expect(await shown()).toBe(foreign);
  expect(foreign).not.toContain('Theirs');
});

test('what is shown before an order is what the host bills, and its payment is seen without a reload', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/orders/new');
  await portal.getByRole('button', { name: 'Choose the customer later' }).click();
  await portal.getByText('VPS S', { exact: true }).first().click();
  await portal.getByRole('button', { name: 'Continue to review' }).click();
  const place = portal.getByRole('button', { name: /^Place order for/ });
  await place.waitFor();
  const [, total = ''] = /\$([\d.,]+)/.exec(await place.innerText()) ?? [];
  await place.click();
  await portal.getByRole('heading', { name: /^Order \d+/ }).waitFor();
  await it.settle();
  const [invoice] = (await listInvoices(it.as(one), { status: 'unpaid' })).rows;
  expect(invoice!.total).toBe(total);
  const { invoices } = await it.sandbox.port['invoices.list']({ clientIds: ['1'], limit: 10 });
  expect(invoices.find(({ id }) => id === invoice!.id)?.total).toBe(total);

  await page.goto(`${it.hostUrl}/portal/reseller/orders/${invoice!.order!.id}`);
  await portal.getByText('Pending payment', { exact: true }).first().waitFor();
  await portal.getByRole('button', { name: 'Cancel order' }).waitFor();
  const client = await it.login('reseller');
  await client.pay(invoice!.id);
  await it.settle();
  await portal.getByText('Paid', { exact: true }).first().waitFor(SOON);
  // What can no longer be done is not offered.
  await portal.getByRole('button', { name: 'Cancel order' }).waitFor({ state: 'detached' });
});

test('a service that the host suspends is seen as such without a reload, and nothing is offered that the host does not do', async () => {
  const [service] = (await listServices(it.as(one), {})).rows;
  const { page, portal } = await openPortal(browser, it, 'reseller', `/reseller/services/${service!.id}`);
  await portal.getByText('Active', { exact: true }).first().waitFor();
  const staff = await it.login('admin');
  await staff.ok('POST', `/api/admin/services/${service!.hostServiceId}/suspend`, {});
  await it.settle();
  await portal.getByText('Suspended', { exact: true }).first().waitFor(SOON);
  expect(await portal.getByRole('button', { name: /suspend|upgrade|cancel|renew/i }).count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
});

test('the dashboard names what needs the reseller, money first, and the tier as the service decides it', async () => {
  const [service] = (await listServices(it.as(one), {})).rows;
  await placeFor(it.as(one));
  await it.settle();
  const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString();
  await createKey(it.as(one), { name: 'Ends soon', scopes: ['orders:read'], expiresAt });
  await it.system().em.execute(
    `insert into webhook_endpoint (id, reseller_id, url, description, events, active, secret, off_reason, created_at, version)
     values ('whk_off', ?, 'https://shop.example/hooks', '', '{*}', false, 'sealed', 'failing', now(), 1)`,
    [one.id],
  );
  const tiers = await listTiers(it.admin(), {});
  const { position: _, ...gold } = tiers.rows.find(({ name }) => name === 'Gold')!;
  await updateTier(it.admin(), { ...gold, minRevenue: '5000.00' });
  const counts = { newOrders: true, renewals: true, setup: true, refundsDeducted: true };
  await saveTierRules(it.admin(), {
    version: (await listTiers(it.admin(), {})).rules.version,
    automatic: true,
    period: 'rolling12',
    counts,
    upgrade: 'at_once',
    reviewEvery: 'month',
    graceDays: 30,
  });
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller');
  const needs = portal.getByRole('region', { name: 'Needs you' }).getByRole('listitem');
  await expect.poll(() => needs.count(), { timeout: 20_000 }).toBe(4);
  const texts = await needs.allInnerTexts();
  for (const [at, text] of [
    /Invoice .*Pay \$/s,
    new RegExp(`Suspended:.*${service!.title}`, 's'),
    /shop\.example/,
    /Ends soon/,
  ].entries())
    expect(texts[at]).toMatch(text);

  const progress = await getTierProgress(it.as(one), {});
  const revenue = progress.next!.thresholds.find(({ measure }) => measure === 'revenue')!;
  const usd = (amount: string) =>
    new Intl.NumberFormat('en', { style: 'currency', currency: progress.rules.currency! }).format(Number(amount));
  const panel = portal.getByRole('region', { name: 'Tier' });
  await panel.getByText(`${usd(revenue.missing)} more for ${progress.next!.name}`, { exact: false }).waitFor();
  const meter = panel.getByRole('meter').first();
  await expect.poll(() => meter.getAttribute('aria-valuenow')).toBe(String(revenue.reachedBp));
  await expect.poll(() => meter.getAttribute('aria-valuetext')).toContain(usd(revenue.have));
  expect(await faultsOf(page)).toEqual([]);
});
