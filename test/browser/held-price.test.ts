import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOrders } from '../../server/modules/order/list.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { logIn, openScreen } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
let reseller: ResellerRow;
/** How far the service's clock goes ahead, in milliseconds. */
let ahead = 0;
const OVER_A_MINUTE = 61_000;
beforeAll(async () => {
  it = await startInstallation({ now: () => new Date(Date.now() + ahead) });
  reseller = await it.makeReseller();
  const { version, values } = (await getSettings(it.admin(), { section: 'prices' })).rows[0]!;
  await updateSettings(it.admin(), { section: 'prices', version, values: { ...values, quoteHoldsSeconds: 60 } });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

const placeButton = (portal: FrameLocator) => portal.getByRole('button', { name: /^Place order for/ });
const reviewButton = (portal: FrameLocator) => portal.getByRole('button', { name: 'Continue to review' });
const orders = async () => (await listOrders(it.as(reseller), {})).rows;

/** A product is chosen; its price is on its way. */
async function chooseProduct(page: Page): Promise<FrameLocator> {
  const portal = await openScreen(page, it, 'portal', '/orders/new');
  await portal.getByRole('button', { name: 'Choose the customer later' }).click();
  await portal.getByText('VPS S', { exact: true }).first().click();
  return portal;
}
async function toReview(page: Page): Promise<FrameLocator> {
  const portal = await chooseProduct(page);
  await reviewButton(portal).click();
  await placeButton(portal).waitFor();
  return portal;
}

for (const width of [1280, 360]) {
  test(`at ${width} pixels nothing below a price moves when it arrives`, async () => {
    const page = await logIn(browser!, it, 'reseller', { width });
    let answer: () => void = () => undefined;
    const held = new Promise<void>((done) => (answer = done));
    await page.route('**/trpc/*quotes.review*', async (route) => {
      await held;
      await route.continue();
    });
    const portal = await chooseProduct(page);
    await portal
      .getByRole('heading', { name: /Line 1|VPS S/ })
      .first()
      .waitFor();
    await expect.poll(() => reviewButton(portal).isDisabled()).toBe(true);
    const before = await reviewButton(portal).boundingBox();
    answer();
    await expect.poll(() => reviewButton(portal).isEnabled(), { timeout: 10_000 }).toBe(true);
    expect(await reviewButton(portal).boundingBox()).toEqual(before);
  });
}

test('a quote that ran out at prices that are what they were: the yes to them still counts, for one order', async () => {
  const page = await logIn(browser!, it, 'reseller');
  const before = (await orders()).length;
  const portal = await toReview(page);
  ahead += OVER_A_MINUTE;
  await placeButton(portal).click();
  await portal.getByRole('heading', { name: /^Order \d+/ }).waitFor();
  expect((await orders()).length).toBe(before + 1);
});

test('a quote that ran out at prices that changed: nothing is ordered before they are confirmed once more', async () => {
  const page = await logIn(browser!, it, 'reseller');
  const before = (await orders()).length;
  const portal = await toReview(page);
  await expect.poll(() => placeButton(portal).innerText()).toContain('$13.00');
  const { version } = await getReseller(it.admin(), { id: reseller.id });
  await setTerms(it.admin(), { id: reseller.id, version, tierId: 'silver', ownDiscountBp: null });
  await it.settle();
  ahead += OVER_A_MINUTE;
  await placeButton(portal).click();
  await portal.getByRole('alert').filter({ hasText: '$13.00' }).filter({ hasText: '$13.50' }).waitFor();
  expect((await orders()).length).toBe(before);
  await expect.poll(() => placeButton(portal).innerText()).toContain('$13.50');
  await placeButton(portal).click();
  await portal.getByRole('heading', { name: /^Order \d+/ }).waitFor();
  const [placed, ...earlier] = await orders();
  expect(earlier).toHaveLength(before);
  expect(placed).toMatchObject({ total: '13.50' });
});
