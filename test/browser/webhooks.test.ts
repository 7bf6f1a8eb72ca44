import type { Browser } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listActivity } from '../../server/modules/activity/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { listWebhooks } from '../../server/modules/webhook/list.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openPortal } from '../support/screens.ts';
import { copiedIn, faultsOf, heldBy } from '../support/windows.ts';
import { emit, startReceiver, turn } from '../support/webhooks.ts';

let it: Installation;
let browser: Browser;
let reseller: ResellerRow;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let status = 204;
beforeAll(async () => {
  it = await startInstallation({ webhooksAllowPrivate: true });
  reseller = await it.makeReseller();
  receiver = await startReceiver(() => status);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  receiver.stop();
  await it.stop();
});
const deliver = () => turn(it.system());
/** Delivers until it holds: what failed is tried again some seconds later, at first one event alone. */
const deliverUntil = (holds: () => Promise<boolean> | boolean) =>
  expect.poll(async () => (await deliver(), holds()), { timeout: 25_000, interval: 500 }).toBe(true);

test('an endpoint is added, its secret shown once, and a test event arrives signed with it', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/webhooks');
  await portal.getByText('Tell your systems when something happens').waitFor();
  await portal.getByRole('button', { name: 'Add endpoint' }).first().click();
  const dialog = portal.getByRole('dialog');
  await dialog.getByLabel('Address').fill('shop');
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  await dialog.getByText('Enter a full address').waitFor();
  await dialog.getByLabel('Address').fill(receiver.url);
  await dialog.getByLabel('Description').fill('Shop');
  await dialog.getByLabel('Most deliveries a second').fill('0');
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  await dialog.getByText('Enter a whole number from 1 to 100').waitFor();
  await dialog.getByLabel('Most deliveries a second').fill('50');
  await dialog.getByText('Chosen ones').click();
  await dialog.getByLabel('Orders').check();
  await dialog.getByLabel('API keys').check();
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  await dialog.getByRole('button', { name: 'Copy secret' }).click();
  await dialog.getByText('Copied').first().waitFor();
  const secret = await copiedIn(page);
  expect(await dialog.innerText()).not.toContain(secret);
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await portal.getByRole('heading', { name: 'Shop' }).waitFor();
  expect(await heldBy(page)).not.toContain(secret);

  await portal.getByRole('button', { name: 'Send test event' }).click();
  await dialog.getByRole('button', { name: 'Send test event' }).click();
  await portal.getByText('Queued').first().waitFor();
  await deliver();
  const [got] = receiver.received;
  expect(new Webhook(secret).verify(got!.text, got!.headers)).toMatchObject({ type: 'webhook.test' });
  await portal.getByRole('link', { name: 'webhook.test' }).click();
  await portal.getByText('Attempt 1').waitFor();
  await portal.getByText(`"id": "${got!.body.id}"`).waitFor();
  // The headers are those that came, and what the receiver computes can be held against them.
  await portal.getByText(got!.headers['webhook-signature']!).waitFor();
  const own = portal.getByLabel('What your receiver computed');
  await own.fill('v1,AAAA');
  await portal.getByText('That is another signature.').waitFor();
  await own.fill(
    new Webhook(secret).sign(got!.body.id, new Date(Number(got!.headers['webhook-timestamp']) * 1000), got!.text),
  );
  await portal.getByText('The same: your receiver computes it right.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('a type of the catalogue is read with its sample, and sent as a test', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/webhooks');
  await portal.getByRole('link', { name: receiver.url }).click();
  await portal.getByRole('link', { name: 'Event catalogue' }).click();
  const part = portal.getByRole('group').filter({ hasText: 'service.setup_failed' });
  await part.getByText('A service could not be set up.').waitFor();
  await part.getByText('service.setup_failed', { exact: true }).click();
  await part.getByRole('region', { name: 'Sample: service.setup_failed' }).getByText('"serviceId"').waitFor();
  await part.getByRole('region', { name: 'Schema of data: service.setup_failed' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await portal.getByRole('link', { name: 'Deliveries', exact: true }).click();
  await portal.getByRole('button', { name: 'Send test event' }).click();
  const dialog = portal.getByRole('dialog');
  await dialog.getByLabel('Event').selectOption('key.revoked');
  await dialog.getByRole('button', { name: 'Send test event' }).click();
  await portal.getByRole('link', { name: 'key.revoked' }).waitFor();
  await deliver();
  const { body } = receiver.received.at(-1)!;
  expect(body).toMatchObject({ type: 'key.revoked', livemode: false, sequence: null, data: { name: 'Shop' } });

  // Filters stand in the address and leave what they name.
  const rows = portal.getByRole('table').getByRole('row');
  await portal.getByLabel('Event', { exact: true }).selectOption('key.revoked');
  await expect.poll(() => rows.count()).toBe(2);
  await portal.getByLabel('Answer', { exact: true }).selectOption('5xx');
  await portal.getByText('No deliveries match this view.').waitFor();
  await portal.getByRole('button', { name: 'Clear all' }).first().click();
  await portal.getByLabel('Order number, object id or event id').fill(body.data['keyId'] as string);
  await expect.poll(() => rows.count()).toBe(2);
  expect(await faultsOf(page)).toEqual([]);
});

test('an address inside a network is refused with the reason', async () => {
  const strict = await startInstallation();
  try {
    await strict.makeReseller();
    const { portal } = await openPortal(browser, strict, 'reseller', '/reseller/webhooks');
    await portal.getByRole('button', { name: 'Add endpoint' }).first().click();
    const dialog = portal.getByRole('dialog');
    await dialog.getByLabel('Address').fill('https://10.0.0.7/hook');
    await dialog.getByRole('button', { name: 'Add endpoint' }).click();
    await dialog.getByText('private, loopback or reserved address').waitFor();
  } finally {
    await strict.stop();
  }
});

test('a receiver that was down: the failure is shown with its answer, the event goes again, and a replay sends what was counted', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/webhooks');
  await portal.getByRole('link', { name: receiver.url }).click();
  status = 503;
  for (const order of ['ord_1', 'ord_2']) await emit(it.system(), 'order.paid', reseller.id, { orderId: order });
  await deliver();
  status = 204;
  const row = portal.getByRole('row', { name: /order\.paid.*503/ }).first();
  await row.waitFor();
  await row.getByText('1 try, next').waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await row.getByRole('link').click();
  await portal.getByRole('button', { name: 'Send again' }).click();
  await portal.getByText('Nothing was sent yet.').waitFor();
  await deliverUntil(() => portal.getByText('Delivered').isVisible());

  await portal.getByRole('link', { name: 'Endpoint' }).click();
  await portal.getByRole('button', { name: /^Actions for http/ }).click();
  await portal.getByRole('menuitem', { name: 'Replay events' }).click();
  const dialog = portal.getByRole('dialog');
  await dialog.getByText('No events in this range.').waitFor();
  await dialog.getByLabel('Only what was missed').uncheck();
  const send = dialog.getByRole('button', { name: 'Send 2 events' });
  await send.waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await send.click();
  await dialog.waitFor({ state: 'detached' });
  // Two that failed at first, one sent again by hand, and the two of the replay: the ids are the same.
  await portal
    .getByRole('row', { name: /order\.paid/ })
    .nth(4)
    .waitFor();
  const taken = () => receiver.received.filter(({ body }) => body.type === 'order.paid').map(({ body }) => body.id);
  await deliverUntil(() => taken().length >= 7);
  expect(new Set(taken()).size).toBe(2);
  await portal.getByText('2 of 2 events sent').waitFor();

  // Another one is found again after the page was left, and stopped in its middle.
  await portal.getByRole('button', { name: /^Actions for http/ }).click();
  await portal.getByRole('menuitem', { name: 'Replay events' }).click();
  await dialog.getByText('at most 50 a second').waitFor();
  await dialog.getByLabel('Only what was missed').uncheck();
  await send.click();
  await dialog.waitFor({ state: 'detached' });
  await page.reload();
  await portal.getByText('0 of 2', { exact: true }).waitFor();
  await deliver();
  await portal.getByText('1 of 2', { exact: true }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await portal.getByRole('button', { name: 'Stop replay' }).click();
  await portal.getByText('Stopped: 1 event was not sent.').first().waitFor();
  await portal.getByText('1 of 2 events sent, then stopped').waitFor();
  const before = taken().length;
  await deliver();
  expect(taken()).toHaveLength(before);

  // The list says how it fares, one of them given up: as the service counts its deliveries.
  await it.system().em.execute("update webhook_delivery set state = 'failed' where event_type = 'webhook.test'");
  await portal.getByRole('link', { name: 'Webhooks' }).first().click();
  const { health } = (await listWebhooks(it.as(reseller), {})).rows[0]!;
  expect(health.arrived).toBe(health.tried - 1);
  const share = `${((health.arrived * 100) / health.tried).toFixed(1)} %`;
  await portal.getByRole('row', { name: new RegExp(`${share}.*(ago|now).*${health.p95Milliseconds} ms`) }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('a receiver that stays down: given up, switched off, checked, switched on, and what it missed arrives with the id it had', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/webhooks');
  await portal.getByRole('link', { name: receiver.url }).click();
  const { em } = it.system();
  status = 503;
  await emit(it.system(), 'order.paid', reseller.id, { orderId: 'ord_9' });
  await deliver();
  // Nine tries and three days later.
  await em.execute("update webhook_delivery set attempts = 9, next_at = now() where state = 'waiting'");
  await em.execute('update webhook_endpoint set hold_until = null');
  const row = portal.getByRole('row', { name: /Gave up after 10 tries/ });
  await deliverUntil(() => row.isVisible());

  // One, and all that was missed since it.
  await row.getByRole('button', { name: 'Actions for order.paid' }).click();
  await portal.getByRole('menuitem', { name: 'Send all missed since this one' }).click();
  const dialog = portal.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Send 1 event' }).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  // Chosen ones at once.
  await row.getByRole('checkbox').check();
  await portal.getByRole('group', { name: 'What to do with the chosen ones' }).getByText('Send again').click();
  await portal.getByText('1 event is on its way again.').waitFor();
  await deliver();

  // Five days later.
  await em.execute(
    `update webhook_endpoint set active = false, off_reason = 'failing', failing_since = now() - interval '5 days'`,
  );
  await em.execute(`update webhook_delivery set state = 'stopped', finished_at = now() where state = 'waiting'`);
  await portal.getByText('Switched off after five days without a success.').waitFor();
  await portal.getByRole('button', { name: 'Check now' }).click();
  await portal.getByText("The receiver doesn't take it yet: 503").waitFor();
  status = 204;
  await portal.getByRole('button', { name: 'Check now' }).click();
  await portal.getByText('The receiver answered 204').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await portal.getByRole('button', { name: 'Switch on' }).click();
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await dialog.getByRole('button', { name: 'Send 1 event' }).click();
  await portal.getByText('Active', { exact: true }).waitFor();
  const sent = () =>
    receiver.received.filter(({ body }) => body.data['orderId'] === 'ord_9').map(({ body }) => body.id);
  const before = sent().length;
  await deliverUntil(() => sent().length > before);
  expect(new Set(sent()).size).toBe(1);
});

test('an endpoint is paused, switched on again, its secret rotated while both sign, and removed', async () => {
  const { page, portal } = await openPortal(browser, it, 'reseller', '/reseller/webhooks');
  const dialog = portal.getByRole('dialog');
  const act = async (name: string): Promise<void> => {
    await portal.getByRole('button', { name: /^Actions for http/ }).click();
    await portal.getByRole('menuitem', { name }).click();
    await dialog.getByRole('button', { name }).click();
    await dialog.getByRole('button', { name }).waitFor({ state: 'detached' });
  };
  await act('Pause');
  await portal.getByText('Paused', { exact: true }).waitFor();
  await act('Switch on');
  // Nobody is made to send what was missed.
  await dialog.getByText('Send events again').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await portal.getByText('Active', { exact: true }).waitFor();
  await act('Rotate secret');
  await dialog.getByText('each event bears two signatures').waitFor();
  await dialog.getByRole('button', { name: 'Copy secret' }).click();
  const secret = await copiedIn(page);
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  status = 204;
  await emit(it.system(), 'order.paid', reseller.id, { orderId: 'ord_3' });
  await deliver();
  const last = receiver.received.at(-1)!;
  expect(last.headers['webhook-signature']?.split(' ')).toHaveLength(2);
  expect(new Webhook(secret).verify(last.text, last.headers)).toMatchObject({ data: { orderId: 'ord_3' } });
  await portal.getByRole('button', { name: /^Actions for http/ }).click();
  await portal.getByRole('menuitem', { name: 'Show secret' }).click();
  await dialog.getByRole('button', { name: 'Show secret' }).click();
  await dialog.getByRole('button', { name: 'Copy secret' }).click();
  expect(await copiedIn(page)).toBe(secret);
  await dialog.getByRole('button', { name: 'Copy old secret' }).waitFor();
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await heldBy(page)).not.toContain(secret);
  const shown = await listActivity(it.as(reseller), { action: 'webhook_endpoint.secret_shown' });
  expect(shown.rows).toHaveLength(1);
  await act('Delete endpoint');
  await portal.getByText('Tell your systems when something happens').waitFor();
});
