import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../../hooks/conformance/listen.ts';
import { createPairingApp } from '../../server/http/pairing-app.ts';
import { getHealth } from '../../server/modules/health/get.ts';
import { pairHost } from '../../server/modules/pairing/pair.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';
import { startPairingHost } from '../support/pairing-host.ts';
import { copiedIn, faultsOf, heldBy, logIn, openScreen } from '../support/windows.ts';

/**
 * The sandbox shares a file of keys with the service and is never paired. Here it stands for the host that shows the screens,
 * and the other end of the pairing, which enters the code, speaks the real protocol to the real service.
 */
let it: Installation;
let bridge: Awaited<ReturnType<typeof startPairingHost>>;
let desk: Awaited<ReturnType<typeof listen>>;
let folder: string;
let browser: Browser | undefined;
let page: Page;
const em = () => it.service.orm.em.fork();
beforeAll(async () => {
  it = await startInstallation();
  await it.makeReseller();
  it.sandbox.jobs.cron();
  bridge = await startPairingHost();
  folder = mkdtempSync(join(tmpdir(), 'pairing-'));
  const host = { kind: 'fossbilling', url: bridge.url };
  const app = createPairingApp(
    (request) =>
      pairHost(
        { em: em(), actor: it.system().actor, now: new Date(), dataDir: folder, host, version: '1.0.0' },
        request,
      ),
    bridge.url,
    () => 'starting.',
  );
  desk = await listen((request) => app.fetch(request));
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await desk.stop();
  await bridge.stop();
  await it.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = () => openScreen(page, it, 'admin', '/settings?section=connection');

test('a host that shares its keys has none to replace', async () => {
  const screen = await open();
  await screen.getByText(/there is nothing to replace here/).waitFor();
  expect(await screen.getByRole('button', { name: 'Replace keys' }).count()).toBe(0);
});

test('new keys: a code that is shown once, the wait for the bridge, connected, and nothing secret left behind', async () => {
  await em().execute(
    `insert into host_pairing (installation, key_id, host_kind, host_version, host_url, module_version, paired_at)
     values ('ins_before', 'key_before', 'fossbilling', '0.8.5', ?, '1.0.0', now() - interval '1 day')`,
    [bridge.url],
  );
  const screen = await open();
  await screen.getByRole('button', { name: 'Replace keys' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Replace the connection keys?' });
  await dialog.getByRole('button', { name: 'Make new code', disabled: true }).waitFor();
  await dialog.getByLabel(/refuse the host at once/).check();
  await dialog.getByText(/Shop prices go on from the copy of/).waitFor();
  await dialog.getByLabel('Reason').fill('A laptop was lost');
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make new code' }).click();
  await screen.getByText(/^Waiting for the bridge…/).waitFor();
  await screen.getByText(/is refused since/).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await screen.getByRole('button', { name: 'Copy address' }).click();
  expect(await copiedIn(page)).toBe(it.serviceUrl);
  await screen.getByRole('button', { name: 'Copy code' }).click();
  const code = await copiedIn(page);
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);

  // Who opens the screen in between is told that a code waits, and is not shown it.
  const other = await page.context().newPage();
  const elsewhere = await openScreen(other, it, 'admin', '/settings?section=connection');
  await elsewhere.getByText(/A code made before waits until/).waitFor();
  expect(await heldBy(other)).not.toContain(code.slice(0, 9));
  await other.close();

  expect((await bridge.pair(desk.url, code)).status).toBe(200);
  await screen.getByRole('main').getByText('Connected. The host has the new keys.').waitFor();
  await expect.poll(() => screen.getByText(/is refused since/).count()).toBe(0);
  expect(await heldBy(page)).not.toContain(code.slice(0, 9));
  expect(await faultsOf(page)).toEqual([]);
});

test('the provider goes back to the present keys, and the code is worth nothing then', async () => {
  const screen = await open();
  await screen.getByRole('button', { name: 'Replace keys' }).click();
  await screen.getByLabel('Reason').fill('The yearly change');
  await screen.getByRole('button', { name: 'Make new code' }).click();
  await screen.getByRole('button', { name: 'Copy code' }).click();
  const code = await copiedIn(page);
  await screen.getByRole('button', { name: 'Keep the present keys' }).click();
  await screen.getByRole('main').getByText('The present keys stay.').waitFor();
  expect((await bridge.pair(desk.url, code)).status).toBe(401);
});

test('a code that is over says so, and that nothing changed', async () => {
  const screen = await open();
  await screen.getByRole('button', { name: 'Replace keys' }).click();
  await screen.getByLabel('Reason').fill('The yearly change');
  await screen.getByRole('button', { name: 'Make new code' }).click();
  await screen.getByText(/^Waiting for the bridge…/).waitFor();
  await em().execute('update pairing_code set expires_at = now() where used_at is null');
  await screen
    .getByRole('main')
    .getByText(/The code is over/)
    .waitFor();
});

test('what waits in the host is named with its next try, and is sent when somebody says so', async () => {
  await (await it.login('client')).buy([vpsLine]);
  it.sandbox.host.db.run('UPDATE outbox SET nextMs = ? WHERE deliveredMs IS NULL', Date.now() + 3_600_000);
  await it.settle();
  const waits = (await getHealth(it.admin(), {})).host!.queue!.waiting;
  expect(waits).toBeGreaterThan(0);
  const screen = await open();
  await screen.getByText(new RegExp(`^${waits}, `)).waitFor();
  await screen.getByText('They are sent again').waitFor();
  await screen.getByRole('button', { name: 'Try now' }).click();
  await screen.getByText('They are sent again').waitFor({ state: 'detached' });
  expect((await getHealth(it.admin(), {})).host?.queue).toMatchObject({ waiting: 0 });
});
