import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refreshFigures } from '../../server/modules/network/figure.ts';
import { closeStatements } from '../../server/modules/statement/close.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { hostInvoice, pay, tell } from '../support/invoices.ts';
import { copiedIn, faultsOf, logIn, openScreen } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
let page: Page;
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

async function paid(clientId: string, net: string, ago: number, currency: string): Promise<void> {
  const id = `b${clientId}${ago}${currency}`;
  const invoice = hostInvoice({ id, clientId, net, currency, issuedAt: `${day(ago)}T08:00:00Z` });
  await tell(it, invoice);
  await pay(it, invoice, `${day(ago)}T10:00:00Z`);
}
beforeAll(async () => {
  it = await startInstallation();
  await it.makeReseller();
  await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
  await paid('1', '1200.00', 3, 'USD');
  await paid('2', '310.50', 5, 'USD');
  await paid('1', '80.25', 4, 'EUR');
  await paid('1', '100.00', 33, 'USD');
  await tell(
    it,
    hostInvoice({ id: 'late', clientId: '2', net: '60.00', issuedAt: `${day(40)}T08:00:00Z`, dueOn: day(26) }),
  );
  await refreshFigures(it.system());
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

test('the figures are those of the database, each currency by itself', async () => {
  const booked = await it.service.orm.em.fork().execute<{ currency: string; amount: string }[]>(
    `select currency, (sum(amount) / 100)::numeric(12, 2)::text as amount from ledger
      where day > current_date - 29 group by 1 order by 1`,
  );
  expect(booked).toEqual([
    { currency: 'EUR', amount: '80.25' },
    { currency: 'USD', amount: '1510.50' },
  ]);
  const screen = await openScreen(page, it, 'admin', '/');
  const revenue = screen.getByRole('region', { name: 'Figures' }).locator('.kpi', { hasText: 'Wholesale revenue' });
  await revenue.getByText('1,510.50').waitFor();
  await revenue.getByText('80.25').waitFor();
  // No figure holds both.
  expect(await screen.locator('body').innerText()).not.toContain('1,590.75');
  await screen.getByRole('link', { name: /1 reseller is overdue/ }).waitFor();
  const ranking = screen.getByRole('region', { name: /Revenue per reseller/ });
  await ranking.getByRole('link').first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('a block that cannot be loaded leaves the others standing', async () => {
  // Questions travel together: the answer to one of them is made a failure on its way.
  await page.route(/\/trpc\/[^?]*network\.distribution/, async (route) => {
    const answer = await route.fetch();
    const names = new URL(route.request().url()).pathname.split('/').at(-1)!.split(',');
    const all = (await answer.json()) as unknown[];
    const broken = all.with(names.indexOf('network.distribution'), {
      error: { code: -32603, message: 'Broken.', data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500 } },
    });
    await route.fulfill({ response: answer, json: broken });
  });
  const screen = await openScreen(page, it, 'admin', '/');
  const broken = screen.getByRole('region', { name: 'Distribution' });
  await broken.getByRole('button', { name: 'Try again' }).waitFor();
  await screen.getByRole('region', { name: 'Figures' }).getByText('1,510.50').waitFor();
  await screen.getByRole('region', { name: 'Top movers' }).getByRole('table').waitFor();
  await page.unrouteAll();
  await broken.getByRole('button', { name: 'Try again' }).click();
  await broken.getByRole('button', { name: 'Resellers by services' }).waitFor();
});

test('a block is saved as a file, and a reseller in it leads to its page', async () => {
  const screen = await openScreen(page, it, 'admin', '/?cur=USD');
  const ranking = screen.getByRole('region', { name: /Revenue per reseller/ });
  await ranking.getByRole('link').first().waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    ranking.getByRole('button', { name: 'Export Revenue per reseller' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^resellers-30d-.*\.csv$/);
  await ranking.getByRole('link').first().click();
  await screen.getByRole('heading', { level: 1, name: /Northwind/ }).waitFor();
});

test('revenue stands by day, week or month, with a line of each figure’s course; every statement is one link away', async () => {
  let screen = await openScreen(page, it, 'admin', '/?cur=USD');
  const figures = screen.getByRole('region', { name: 'Figures' });
  await figures.getByText('1,510.50').waitFor();
  await expect.poll(() => figures.locator('.spark').count()).toBe(4);
  await expect
    .poll(() => figures.locator('.kpi', { hasText: 'Wholesale revenue' }).locator('.spark rect').count())
    .toBe(30);
  // Both resellers were made today: the last bar, outlined, is the only one.
  const arrived = figures.locator('.kpi', { hasText: 'Active resellers' }).locator('.spark rect');
  await expect.poll(() => arrived.last().getAttribute('class')).toBe('today');
  expect(Number(await arrived.last().getAttribute('height'))).toBeGreaterThan(30);
  expect(Number(await arrived.first().getAttribute('height'))).toBeLessThan(1);

  await screen.getByRole('button', { name: 'Week', exact: true }).click();
  await page.waitForURL(/by=week/);
  await page.reload();
  screen = page.frameLocator('iframe');
  const revenue = screen.getByRole('region', { name: 'Wholesale revenue over time' });
  await revenue.getByRole('button', { name: 'Show as table' }).click();
  const weeks = revenue.getByRole('row').filter({ has: screen.getByRole('rowheader') });
  await expect.poll(() => weeks.count()).toBeLessThanOrEqual(6);
  const shown = await weeks.locator('td').allInnerTexts();
  expect(shown.reduce((sum, text) => sum + Number(text.replaceAll(/[$,]/g, '')), 0)).toBe(1510.5);
  const addresses = await weeks
    .getByRole('link')
    .evaluateAll((all) => all.map((one) => (one as unknown as { search: string }).search));
  expect(new URLSearchParams(addresses[0]).get('from')).toBe(day(29));
  expect(new URLSearchParams(addresses.at(-1)).get('until')).toBe(day(0));
  expect(await faultsOf(page)).toEqual([]);

  await closeStatements(it.system());
  await screen.getByRole('link', { name: 'All statements' }).click();
  await screen
    .getByRole('row', { name: /Northwind Resale/ })
    .first()
    .waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await screen
    .getByRole('row', { name: /Northwind Resale/ })
    .first()
    .getByRole('link')
    .click();
  await screen.getByText('Opening balance').first().waitFor();
});

test('a change is told of complete days: what came in today is in the figure, not in the change', async () => {
  await paid('1', '999.00', 0, 'USD');
  await refreshFigures(it.system());
  const screen = await openScreen(page, it, 'admin', '/?cur=USD');
  const revenue = screen.getByRole('region', { name: 'Figures' }).locator('.kpi', { hasText: 'Wholesale revenue' });
  await revenue.getByText('2,509.50').waitFor();
  // 1,510.50 of complete days against 100.00 of as many before; with today it would be 2,409.5 %.
  await revenue.getByText('1,410.5 %').waitFor();
  const movers = screen.getByRole('region', { name: 'Top movers' });
  await movers.getByRole('row', { name: /1,200\.00.*1,100\.00/ }).waitFor();
  await screen.getByText('What runs still is paler: it is not over.').waitFor();
  await movers.getByRole('button', { name: 'Down' }).click();
  await movers.getByText('Nobody moved enough to be listed.').waitFor();
});

test('all currencies stand one by one, each with figures of its own, and never in one sum', async () => {
  const screen = await openScreen(page, it, 'admin', '/?cur=USD');
  await screen.getByLabel('Currency').selectOption({ label: 'All, one by one' });
  await page.waitForURL(/cur=all/);
  const block = (code: string) => screen.getByRole('region', { name: code, exact: true });
  const whole = (code: string) =>
    block(code)
      .getByRole('region', { name: /Revenue per reseller/ })
      .locator('footer');
  await whole('EUR').getByText('80.25').waitFor();
  await whole('USD').getByText('2,509.50').waitFor();
  for (const code of ['EUR', 'USD']) {
    await block(code).getByRole('region', { name: 'Wholesale revenue over time' }).locator('svg.chart').waitFor();
    await block(code).getByRole('region', { name: 'Top movers' }).waitFor();
  }
  expect(await block('EUR').innerText()).not.toContain('USD');
  expect(await block('EUR').innerText()).not.toMatch(/\$\d/);
  expect(await block('USD').innerText()).not.toMatch(/EUR|€/);
  expect(await screen.locator('body').innerText()).not.toMatch(/2,589\.75|2,509\.5080/);
  expect(await faultsOf(page)).toEqual([]);
  await page.reload();
  await whole('EUR').getByText('80.25').waitFor();

  // A block's link leads to it, in its own currency.
  await page.evaluate("navigator.clipboard.writeText('')");
  await block('EUR').getByRole('button', { name: 'Copy link to Top movers' }).click();
  const address = new URL(await copiedIn(page));
  expect(`${address.origin}${address.pathname}`).toBe(`${it.hostUrl}/admin/reseller/`);
  expect(Object.fromEntries(address.searchParams)).toMatchObject({ range: '30d', cur: 'EUR', block: 'movers' });
  await page.goto(address.href);
  await expect.poll(() => screen.getByLabel('Currency').inputValue()).toBe('EUR');
  await expect.poll(() => page.evaluate<number>('scrollY')).toBeGreaterThan(100);
  const heading = screen.getByRole('heading', { name: 'Top movers' });
  await expect.poll(async () => (await heading.boundingBox())?.y ?? 9999).toBeLessThan(600);
});

test('on a narrow screen the sum and its course stand for the chart until it is asked for', async () => {
  const phone = await logIn(browser!, it, 'admin', { width: 360 });
  const screen = await openScreen(phone, it, 'admin', '/?cur=USD');
  const revenue = screen.getByRole('region', { name: 'Wholesale revenue over time' });
  await revenue.locator('.hero').getByText('2,509.50').waitFor();
  await revenue.locator('.spark').waitFor();
  expect(await revenue.locator('svg.chart').count()).toBe(0);
  expect(await faultsOf(phone)).toEqual([]);
  await revenue.getByRole('button', { name: 'Show chart' }).click();
  await revenue.locator('svg.chart').waitFor();
  await revenue.getByRole('button', { name: 'Hide chart' }).click();
  await revenue.locator('svg.chart').waitFor({ state: 'detached' });
  await phone.context().close();
});
