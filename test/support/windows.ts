import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { type Installation, PASSWORD } from './installation.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 AA; the tags must be named, some of its rules do not run by default. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Marks a frame whose page is higher than its host has made it yet. For those two or three pictures a person sees nothing to
 * press there; a test would press the host's page below. Hosts stop at 5,000 pixels; then the frame scrolls by itself.
 */
const MARK_GROWTH = `if (parent !== self) {
  let asked = false;
  const look = () => {
    asked = false;
    const page = document.documentElement;
    page?.toggleAttribute('data-growing', Math.min(5000, page.scrollHeight) > innerHeight + 1);
  };
  // Not in every picture: measuring sixty times a second keeps a core busy.
  const ask = () => {
    if (!asked) requestAnimationFrame(look);
    asked = true;
  };
  new MutationObserver(ask).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  addEventListener('resize', ask);
  document.addEventListener('DOMContentLoaded', () => new ResizeObserver(ask).observe(document.body));
}`;

/** A window of its own, logged in at the sandbox host. It presses nothing in a frame that is still growing. */
export async function logIn(
  browser: Browser,
  it: Installation,
  who: 'admin' | 'reseller' | 'client' | 'applicant',
  options: { width?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<Page> {
  const { width = 1280, colorScheme = 'light' } = options;
  const page = await (
    await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
  ).newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript(MARK_GROWTH);
  await page.addLocatorHandler(page.frameLocator('iframe').locator('html[data-growing]'), async () => {});
  await page.goto(`${it.hostUrl}/login`);
  await page.getByLabel('E-mail').fill(`${who}@demo.example`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('main').getByRole('button').click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  return page;
}

/** Opens a path of the admin area or the portal inside the host. */
export async function openScreen(
  page: Page,
  it: Installation,
  area: 'admin' | 'portal',
  path: string,
): Promise<FrameLocator> {
  await page.goto(`${it.hostUrl}/${area}/reseller${path}`);
  return page.frameLocator('iframe');
}

/** The frame of the screen that is open. */
export const frameOf = (page: Page): Frame => page.frames().find((each) => each.parentFrame() !== null)!;

const HELD = `document.documentElement.outerHTML
  + [...document.querySelectorAll('input')].map((field) => field.value).join()
  + JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])`;

/** All a screen holds: its document, what fields contain, storage, address. */
export const heldBy = (page: Page): Promise<string> => frameOf(page).evaluate<string>(HELD);

/** What a copy button puts into the clipboard, a moment after it is pressed. Empties it, so that the next one is waited for. */
export async function copiedIn(page: Page): Promise<string> {
  const until = Date.now() + 10_000;
  for (;;) {
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    if (text !== '' || Date.now() > until) {
      await page.evaluate("navigator.clipboard.writeText('')");
      return text;
    }
    await page.waitForTimeout(50);
  }
}

/** Until nothing fades or slides any more: half faded text has no contrast. */
const STILL = `Promise.all(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
  .map((one) => one.finished.catch(() => null)))`;

/** What breaks WCAG 2.2 AA in the frame, as "rule: element". */
export async function faultsOf(page: Page): Promise<string[]> {
  const frame = frameOf(page);
  await frame.evaluate(STILL);
  if (!(await frame.evaluate('"axe" in globalThis'))) await frame.evaluate(AXE);
  return frame.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run({
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
      preload: false,
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, TAGS);
}
