import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFaults } from '../../hooks/hosts/sandbox/faults.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { logIn, openScreen } from '../support/windows.ts';

let ahead = 0;
let it: Installation;
let browser: Browser | undefined;
let page: Page;
beforeAll(async () => {
  it = await startInstallation({ hostNow: () => Date.now() + ahead });
  await it.makeReseller();
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

const sql = (text: string) => it.service.orm.em.fork().execute(text);
const zero = (price: string) =>
  sql(
    `update catalogue_product set product = jsonb_set(product, '{components,0,prices,0,price}', '"${price}"') where id = 'vps-s'`,
  );
const retail = () =>
  sql(
    `select product #>> '{components,0,prices,0,price}' as price from catalogue_product where id = 'vps-s'`,
  ) as Promise<{ price: string }[]>;

/** What is done to an installation in order, what the doctor is to call it, and the way back. */
const FAULTS: [name: string, status: RegExp, inject: () => unknown, mend: () => unknown][] = [
  [
    'The host calls the bridge',
    /Failing/,
    () => writeFaults(it.sandbox.host, { hooksOff: true }),
    () => writeFaults(it.sandbox.host, { hooksOff: false }),
  ],
  [
    'The host’s own shop sells at wholesale',
    /Works, look at it/,
    () => writeFaults(it.sandbox.host, { nativeCheckoutBroken: true }),
    () => writeFaults(it.sandbox.host, { nativeCheckoutBroken: false }),
  ],
  ['The host’s cron runs', /Failing/, () => (it.sandbox.jobs.status.cronAt = ''), () => it.sandbox.jobs.cron()],
  [
    'Both price a trial order the same',
    /Failing/,
    () => {
      const { store } = it.sandbox;
      const read = store.readChunk;
      mendQuote = () => (store.readChunk = read);
      store.readChunk = (hash, product) => {
        const chunk = read(hash, product);
        return chunk && { ...chunk, rows: chunk.rows.map((row) => ({ ...row, wholesale: '9.99' })) };
      };
    },
    () => mendQuote(),
  ],
  [
    'Events arrive',
    /Works, look at it/,
    () =>
      sql(`insert into inbox (event_id, type, aggregate_type, aggregate_id, aggregate_version, outcome, received_at)
           values ('evt_aside', 'x', 'x', 'x', 1, 'parked', now())`),
    () => sql(`delete from inbox where event_id = 'evt_aside'`),
  ],
  [
    'The catalogue is read',
    /Failing/,
    () => sql(`update catalogue set read_at = read_at - interval '2 hours'`),
    () => sql('update catalogue set read_at = now()'),
  ],
  [
    'No price is 0 by oversight',
    /Works, look at it/,
    async () => {
      const [was] = await retail();
      mendPrice = () => zero(was!.price);
      await zero('0.00');
    },
    () => mendPrice(),
  ],
  ['The clocks agree', /Works, look at it/, () => (ahead = 60_000), () => (ahead = 0)],
];
let mendQuote: () => unknown;
let mendPrice: () => unknown;

test('eight faults are each named, with what to do, and none is left once they are mended', async () => {
  it.sandbox.jobs.cron();
  const screen = await openScreen(page, it, 'admin', '/settings?section=connection');
  const doctor = screen.getByRole('region', { name: 'Doctor' });
  const lookAgain = async () => {
    const answered = page.waitForResponse((response) => response.url().includes('health.examine'));
    await doctor.getByRole('button', { name: 'Run all checks' }).click();
    await answered;
  };
  for (const [name, status, inject, mend] of FAULTS) {
    await inject();
    await lookAgain();
    const check = doctor.getByRole('listitem').filter({ hasText: name });
    await check.getByText(status).waitFor();
    await check.getByText(/What to do:/).waitFor();
    await mend();
  }
  await lookAgain();
  await doctor.getByText(/\d finding/).waitFor({ state: 'detached' });
  await expect.poll(() => doctor.getByText(/^(Failing|Works, look at it)$/).count()).toBe(0);
});
