import { decodeJwt } from 'jose';
import type { Browser, FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintSessionToken, type SessionClaims } from '../../hooks/transport/session-token.ts';
import { startBrowser } from '../support/browser.ts';
import { type Look, Looker, routesOf } from '../support/every-screen.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { LIVED_IN, type LivedIn, liveIn } from '../support/lived-in.ts';

let it: Installation;
let browser: Browser | undefined;
let here: LivedIn;
beforeAll(async () => {
  it = await startInstallation(LIVED_IN);
  here = await liveIn(it);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

const WIDE: Look = { width: 1280, colorScheme: 'light', language: 'en' };
const PHONE: Look = { width: 360, colorScheme: 'dark', language: 'en' };
type Place = ['admin' | 'portal', string];
/** One screen of each kind: a list, something's details, a form, settings, a dashboard. */
const kinds = (): Place[] => [
  ['admin', '/resellers'],
  ['admin', `/resellers/${here.reseller.id}`],
  ['admin', '/settings'],
  ['portal', '/company'],
  ['portal', '/'],
];
const who = (area: Place[0]) => (area === 'admin' ? 'admin' : 'reseller');
const begin = ([area, path]: Place): string => `/${area}/reseller${path === '/' ? '' : path}`;
const screenOf = (looker: Looker): FrameLocator => looker.page.frameLocator('iframe');
/** A browser reports what was refused by itself. */
const ownFaults = (looker: Looker): string[] =>
  looker.faults.filter((fault) => !fault.includes('Failed to load resource'));
/** Screens that are there without anything to look at. */
const plain = (area: Place[0], ...without: string[]): string[] =>
  routesOf(area).filter((route) => !route.includes('[') && !without.includes(route));

test('where nothing is there yet every screen says what will be', async () => {
  const fresh = await startInstallation({ workers: true });
  try {
    await fresh.makeReseller();
    for (const [area, visitor] of [
      ['admin', 'admin'],
      ['portal', 'reseller'],
    ] as const) {
      const looker = await Looker.open(browser!, fresh, visitor, PHONE);
      await looker.walk(area, plain(area, '/apply'));
      expect(looker.faults).toEqual([]);
    }
    const applicant = await Looker.open(browser!, fresh, 'client', PHONE);
    await applicant.walk('portal', ['/apply']);
    expect(applicant.faults).toEqual([]);
  } finally {
    await fresh.stop();
  }
});

test('a suspended reseller reads every screen, with the reason on top', async () => {
  const looker = await Looker.open(browser!, it, 'applicant', PHONE);
  await looker.walk('portal', plain('portal', '/apply'));
  await screenOf(looker).getByText('Invoice 42 is unpaid since March.').first().waitFor();
  // Keys and endpoints are read; what would change them says why it does not.
  for (const [path, begin] of [
    ['/keys', 'Create key'],
    ['/webhooks', 'Add endpoint'],
  ] as const) {
    await looker.go('portal', path);
    const button = screenOf(looker).getByRole('button', { name: begin });
    await button.waitFor();
    await expect.poll(() => button.isDisabled()).toBe(true);
    await expect.poll(() => button.getAttribute('title')).toContain('suspended');
  }
  // Nothing was asked that the service refuses.
  expect(looker.faults).toEqual([]);
});

test('while it loads, when it cannot be loaded, and when it can again', async () => {
  for (const place of kinds()) {
    const [area, path] = place;
    const looker = await Looker.open(browser!, it, who(area), WIDE);
    await looker.open(begin([area, area === 'admin' ? '/activity' : '/prices']));
    let fail: () => void = () => undefined;
    const held = new Promise<void>((done) => (fail = done));
    let broken = true;
    await looker.page.route('**/trpc/**', async (route) => {
      await held;
      return broken ? route.fulfill({ status: 500, body: '{}' }) : route.continue();
    });
    await looker.leaveFor(area, path);
    await looker.frame.waitForSelector('.bone');
    await looker.look();
    fail();
    const retry = screenOf(looker).getByRole('button', { name: 'Try again' }).first();
    await retry.waitFor();
    await looker.look();
    broken = false;
    // One that answers may bring back others with it: a button may be gone before it is pressed.
    const buttons = screenOf(looker).getByRole('button', { name: 'Try again' });
    const pressOne = async (): Promise<number> => {
      const count = await buttons.count();
      if (count > 0) {
        const pressed = buttons.first().press('Enter', { timeout: 1000 });
        await pressed.catch(() => undefined);
      }
      return count;
    };
    await expect.poll(pressOne, { timeout: 30_000 }).toBe(0);
    await looker.arrive();
    expect(ownFaults(looker)).toEqual([]);
  }
});

test('who lacks a permission is told which, on the screen that stays', async () => {
  for (const place of [
    ['admin', '/resellers'],
    ['admin', '/pricing'],
    ['admin', '/settings'],
    ['portal', '/orders/new'],
    ['portal', '/keys'],
  ] satisfies Place[]) {
    const looker = await Looker.open(browser!, it, who(place[0]), WIDE);
    // As the host would mint it for somebody who may do nothing.
    await looker.page.route('**/reseller/token', async (route) => {
      const answer = (await (await route.fetch()).json()) as { token: string; expiresAt: string };
      const claims = decodeJwt<SessionClaims>(answer.token);
      const token = await mintSessionToken(it.keys.session[0]!, { ...claims, scopes: [] }, Date.now());
      await route.fulfill({ json: { ...answer, token } });
    });
    await looker.open(begin(place));
    await looker.look();
    await screenOf(looker)
      .getByText(/You can't see this: |Ask an administrator for/)
      .first()
      .waitFor();
    // Not even the browser has something to report: a screen that is not seen asks for nothing.
    expect(looker.faults).toEqual([]);
  }
});

test('dialogs open by keyboard, are accessible, and give the focus back', async () => {
  const { ids } = here;
  const reseller = `/resellers/${here.reseller.id}`;
  for (const [area, steps] of [
    [
      'admin',
      [
        [reseller, 'Change terms'],
        [reseller, 'Pin to tier'],
        ['/tiers', 'Create tier'],
        ['/pricing/rules?kind=discount', 'New discount'],
        ['/pricing/versions', 'New draft'],
        [`/pricing/versions/${ids['versions']}`, 'Publish version'],
        [`/applications/${ids['applications']}`, 'Reject application'],
      ],
    ],
    [
      'portal',
      [
        ['/customers', 'Add customer'],
        [`/orders/${ids['orders']}`, 'Add note'],
        ['/keys', 'Create key'],
        ['/webhooks', 'Add endpoint'],
        [`/keys/${ids['keys']}`, 'Revoke key'],
      ],
    ],
  ] as const) {
    const looker = await Looker.open(browser!, it, who(area), WIDE);
    await looker.open(begin([area, '/activity']));
    for (const [path, name] of steps) {
      await looker.go(area, path);
      await tabTo(looker, name);
      await looker.page.keyboard.press('Enter');
      const dialog = screenOf(looker).getByRole('dialog');
      await dialog.waitFor();
      await looker.look();
      const inside = `document.querySelector('dialog').contains(document.activeElement)`;
      expect([name, await looker.frame.evaluate(inside)]).toEqual([name, true]);
      await looker.page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => focused(looker)).toBe(name);
    }
    expect(looker.faults).toEqual([]);
  }
});

const focused = (looker: Looker): Promise<string> =>
  looker.frame.evaluate<string>(`document.activeElement?.textContent.trim() ?? ''`);

/** As somebody without a pointer gets there, from the beginning of the frame. */
async function tabTo(looker: Looker, name: string): Promise<void> {
  await looker.frame.evaluate('document.activeElement?.blur()');
  await looker.page.locator('iframe').focus();
  for (let presses = 0; presses < 80; presses += 1) {
    await looker.page.keyboard.press('Tab');
    if ((await focused(looker)) === name) return;
  }
  throw new Error(`"${name}" was not reached by keyboard.`);
}

test('a view is the same after a reload, and going back undoes one step', async () => {
  const looker = await Looker.open(browser!, it, 'admin', WIDE);
  await looker.open('/admin/reseller/resellers');
  const companies = () => screenOf(looker).getByRole('row').getByRole('link').allInnerTexts();
  const all = await companies();
  await tabTo(looker, 'Suspended');
  await looker.page.keyboard.press('Enter');
  await expect.poll(companies).toHaveLength(1);
  const [company] = await companies();
  expect(company).toContain('Obermayer');
  await looker.page.goBack();
  await expect.poll(companies).toEqual(all);
  await looker.page.goForward();
  await expect.poll(companies).toEqual([company]);
  await looker.page.reload();
  await looker.arrive();
  expect(await companies()).toEqual([company]);
  // What was looked at before the reload is still one press away, and the way on from there as well.
  await looker.page.goBack();
  await expect.poll(companies).toEqual(all);
  await looker.page.goForward();
  await expect.poll(companies).toEqual([company]);
  await looker.page.goBack();
  await expect.poll(companies).toEqual(all);
});
