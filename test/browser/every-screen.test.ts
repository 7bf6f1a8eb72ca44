import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { type Look, Looker, pathOf, routesOf } from '../support/every-screen.ts';
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

/** Tabs and sections are walked where the room is smallest and where it is largest. */
const LOOKS: (Look & { parts: boolean })[] = [
  { width: 1280, colorScheme: 'light', language: 'en', parts: true },
  { width: 360, colorScheme: 'dark', language: 'de', parts: true },
  { width: 768, colorScheme: 'light', language: 'pseudo', parts: false },
  { width: 360, colorScheme: 'light', language: 'ar', parts: false },
];
/** Leads at once into a reseller's portal. */
const GATES = new Set(['/resellers/[id]/view']);
const APPLY = '/apply';
/** Where the host shows each panel, and to whom. */
const PANELS: Record<string, { who: 'admin' | 'reseller'; path: () => string }> = {
  '/home': { who: 'admin', path: () => '/admin/home' },
  '/client': { who: 'admin', path: () => '/admin/clients/1' },
  '/order': { who: 'admin', path: () => `/admin/orders/${here.ids['hostOrders']}` },
  '/start': { who: 'reseller', path: () => '/portal/home' },
  '/product': { who: 'reseller', path: () => '/products/vps-s' },
};

const paths = (area: 'admin' | 'portal', wanted: (route: string) => boolean): string[] =>
  routesOf(area)
    .filter(wanted)
    .map((route) => pathOf(route, here.ids));

describe.for(LOOKS)('at $width pixels, $colorScheme, $language', (look) => {
  test.concurrent('every screen of the provider is whole, legible and accessible', async () => {
    const looker = await Looker.open(browser!, it, 'admin', look);
    await looker.walk(
      'admin',
      paths('admin', (route) => !GATES.has(route)),
      look.parts,
    );
    await panels(looker, 'admin');
    expect(looker.faults).toEqual([]);
  });

  test.concurrent('every screen of the portal is whole, legible and accessible', async () => {
    const looker = await Looker.open(browser!, it, 'reseller', look);
    await looker.walk(
      'portal',
      paths('portal', (route) => route !== APPLY),
      look.parts,
    );
    await panels(looker, 'reseller');
    const applicant = await Looker.open(browser!, it, 'client', look);
    await applicant.walk('portal', [APPLY]);
    expect([...looker.faults, ...applicant.faults]).toEqual([]);
  });
});

async function panels(looker: Looker, who: 'admin' | 'reseller'): Promise<void> {
  for (const route of routesOf('panels')) {
    const place = PANELS[route];
    if (!place) throw new Error(`Say above where the host shows the panel ${route}.`);
    if (place.who !== who) continue;
    await looker.open(place.path());
    await looker.look();
  }
}
