import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '../../server/modules/api-key/create.ts';
import { listKeys } from '../../server/modules/api-key/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openPortal } from '../support/screens.ts';
import { copiedIn, faultsOf, frameOf, heldBy } from '../support/windows.ts';

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

/** A call as a program makes it. */
async function call(key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  const { status } = await fetch(`${it.serviceUrl}/api/v1/products`, { headers });
  await it.system().calls.flush();
  return status;
}

test('a key is shown once: closing it without a copy asks, copying works unseen, afterwards nothing holds it', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/keys');
  await portal.getByText('A key lets your shop').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await portal.getByRole('button', { name: 'Create key' }).first().click();
  const dialog = portal.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await dialog.getByText('Give the key a name.').waitFor();
  await dialog.getByLabel('Name', { exact: true }).fill('Shop checkout');
  await dialog.getByText('Order automation').click();
  await dialog.getByText('It may place orders that you pay for.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Create key' }).click();

  await dialog.getByText('Not copied yet').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.getByText("You haven't copied it").waitFor();
  await dialog.getByRole('button', { name: 'Back' }).click();
  await dialog.getByRole('button', { name: 'Copy key' }).click();
  const key = await copiedIn(page);
  expect(await dialog.innerText()).not.toContain(key);
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await portal.getByRole('link', { name: /Shop checkout/ }).waitFor();

  const made = (await listKeys(it.as(reseller), {})).rows[0]!;
  expect(made).toMatchObject({ name: 'Shop checkout', status: 'active' });
  expect(made.scopes).toContain('orders:write');
  expect(made.scopes).not.toContain('keys:manage');
  expect(await call(key)).toBe(200);
  expect(await heldBy(page)).not.toContain(key);
});

test('where the clipboard is closed to the frame the key is copied all the same', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/keys');
  const frame = frameOf(page);
  await portal.getByRole('button', { name: 'Create key' }).first().click();
  await frame.evaluate(`navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))`);
  const dialog = portal.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Closed clipboard');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await dialog.getByRole('button', { name: 'Copy key' }).click();
  const key = await copiedIn(page);
  expect(await call(key)).toBe(200);
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await portal.getByRole('link', { name: /Closed clipboard/ }).waitFor();
});

test('a key may ask for signatures: its second secret is shown with it, and the key alone opens nothing', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/keys');
  const docs = portal.getByRole('link', { name: 'API docs' });
  expect(new URL((await docs.getAttribute('href'))!).pathname).toBe('/docs');
  await portal.getByRole('button', { name: 'Create key' }).first().click();
  const dialog = portal.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('ERP, signed');
  await dialog.getByLabel('Every call has to be signed').check();
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await dialog.getByRole('button', { name: 'Copy signing secret' }).click();
  const secret = await copiedIn(page);
  await dialog.getByRole('button', { name: 'Copy key' }).click();
  const key = await copiedIn(page);
  expect(key).toMatch(/^rsk_live_signed_/);
  expect(secret).not.toBe(key);
  expect(await call(key)).toBe(401);
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  const made = (await listKeys(it.as(reseller), {})).rows.find(({ name }) => name === 'ERP, signed');
  expect(made).toMatchObject({ signed: true });
});

test('calls from an address that is not listed are told, and one click lets it in', async () => {
  const { key } = await createKey(it.as(reseller), {
    name: 'Fenced',
    scopes: ['prices:read'],
    allowlist: ['198.51.100.0/24'],
  });
  expect([await call(key), await call(key)]).toEqual([403, 403]);
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/keys');
  await portal.getByText('2 calls from 127.0.0.1 were refused in the last 24 hours').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await portal.getByRole('button', { name: 'Add this address' }).click();
  await portal.getByText('2 calls from 127.0.0.1').waitFor({ state: 'detached' });
  expect(await call(key)).toBe(200);

  await portal.getByRole('link', { name: /Fenced/ }).click();
  await portal.getByText('3 calls, of them 1 answered and 2 refused or failed.').waitFor();
  await portal
    .getByRole('row', { name: /GET \/api\/v1\/products.*Address not on the list/ })
    .first()
    .waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('rotating shows the new key while the old one works on; more permissions have a button of their own; revoking one in use takes its name', async () => {
  const old = await createKey(it.as(reseller), { name: 'ERP', scopes: ['prices:read'] });
  expect(await call(old.key)).toBe(200);
  const { page, portal } = await openPortal(browser, it, 'reseller', `/reseller/keys/${old.id}`);
  const dialog = portal.getByRole('dialog');
  await portal.getByRole('button', { name: 'Rotate key' }).click();
  await dialog.getByLabel('7 days').check();
  await dialog.getByRole('button', { name: 'Rotate key' }).click();
  await dialog.getByRole('button', { name: 'Copy key' }).click();
  await dialog.getByText('Copied').first().waitFor();
  const fresh = await copiedIn(page);
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await portal.getByText('Active').first().waitFor();
  expect([await call(old.key), await call(fresh)]).toEqual([200, 200]);

  // The old one is given more time.
  await page.goto(`${it.hostUrl}/portal/reseller/keys/${old.id}`);
  await portal.getByRole('button', { name: 'Keep for longer' }).click();
  await dialog.getByLabel('30 days').check();
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Keep for longer' }).click();
  await dialog.waitFor({ state: 'detached' });
  const kept = async () => (await listKeys(it.as(reseller), {})).rows.find(({ id }) => id === old.id)!.expiresAt!;
  expect(Date.parse(await kept()) - Date.now()).toBeGreaterThan(29 * 86_400_000);
  let answer: () => void = () => undefined;
  const held = new Promise<void>((done) => (answer = done));
  await page.route('**/trpc/**', async (route) => {
    await held;
    await route.continue();
  });
  await portal.getByRole('link', { name: 'Open the key that took its place' }).click();
  // Until the new one is there, nothing can be pressed that means the old one.
  await portal.getByRole('button', { name: 'Keep for longer' }).waitFor({ state: 'detached' });
  expect(await portal.getByRole('button', { name: 'Edit key' }).count()).toBe(0);
  answer();

  await portal.getByRole('button', { name: 'Edit key' }).click();
  await dialog.getByText('Order automation').click();
  await dialog.getByRole('button', { name: 'Save with more permissions' }).click();
  await portal.getByText('Place and cancel orders you pay for').first().waitFor();

  // Eight days later the overlap is over.
  await it.system().em.execute("update api_key set expires_at = now() - interval '1 minute' where id = ?", [old.id]);
  await expect.poll(async () => [await call(old.key), await call(fresh)], { timeout: 60_000 }).toEqual([401, 200]);

  await page.reload();
  await portal.getByRole('button', { name: 'Revoke key' }).click();
  const revoke = dialog.getByRole('button', { name: 'Revoke key' });
  await expect.poll(() => revoke.isDisabled()).toBe(true);
  await dialog.getByLabel('Type “ERP” to go on').fill('ERP');
  await revoke.click();
  await portal.getByText('Revoked').first().waitFor();
  await expect.poll(() => call(fresh), { timeout: 60_000 }).toBe(401);
});
