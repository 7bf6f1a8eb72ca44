import type { Browser, FrameLocator, Page } from 'playwright-core';
import type { Installation } from './installation.ts';
import { logIn } from './windows.ts';

/** Logs in at the sandbox and opens a screen of the portal, in a window of its own. */
export async function openPortal(
  browser: Browser,
  it: Installation,
  who: 'reseller' | 'client',
  path: string,
  width = 1280,
): Promise<{ page: Page; portal: FrameLocator }> {
  const page = await logIn(browser, it, who, { width });
  await page.goto(`${it.hostUrl}/portal${path}`);
  return { page, portal: page.frameLocator('iframe') };
}

/** Answers what the application form asks and nobody has answered yet. */
export async function fillApplication(portal: FrameLocator): Promise<void> {
  await portal.getByLabel(/tax/i).first().fill('DE136695976');
  for (const box of await portal.locator('form textarea').all()) await box.fill('We build shops for small breweries.');
  for (const field of await portal.locator('form input.input').all()) {
    if ((await field.inputValue()) === '' && (await field.getAttribute('required')) !== null) await field.fill('12345');
  }
  for (const list of await portal.locator('form select').all()) {
    if ((await list.inputValue()) === '') await list.selectOption({ index: 1 });
  }
  for (const box of await portal.locator('form input[type=checkbox]').all()) await box.check();
}
