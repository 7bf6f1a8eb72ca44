import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { PASSWORD, type Installation } from './installation.ts';

/** Logs in at the sandbox and opens a screen of the portal, in a window of its own. */
export async function openPortal(
  browser: Browser,
  it: Installation,
  who: 'reseller' | 'client',
  path: string,
  width = 1280,
): Promise<{ page: Page; portal: FrameLocator }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${it.hostUrl}/login`);
  await page.getByLabel('E-mail').fill(`${who}@demo.example`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('main').getByRole('button').click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  await page.goto(`${it.hostUrl}/portal${path}`);
  return { page, portal: page.frameLocator('iframe') };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What a copy button put into the clipboard. */
export const copiedIn = (page: Page): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');

const HELD = `document.documentElement.outerHTML
  + [...document.querySelectorAll('input')].map((field) => field.value).join()
  + JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])`;

/** All a screen holds: its document, what fields contain, storage, address. */
export const heldBy = (page: Page): Promise<string> => frameOf(page).evaluate<string>(HELD);

/** The frame of the screen that is open. */
const frameOf = (page: Page): Frame => page.frames().find((one) => one.url().includes('/ui/'))!;

/** Faults of the screen that is open, as "rule: element". */
export async function faultsOf(page: Page): Promise<string[]> {
  const frame = frameOf(page);
  await frame.evaluate(axe);
  return frame.evaluate(async (tags) => {
    const { axe: checker } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await checker.run({ runOnly: { type: 'tag', values: tags } });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, TAGS);
}
