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
