import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServiceContext } from '../../server/context.ts';
import { listActivity } from '../../server/modules/activity/list.ts';
import { collectNotices } from '../../server/modules/notice/collect.ts';
import { listNotices } from '../../server/modules/notice/list.ts';
import { listEvents } from '../../server/modules/outbox/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { claim } from '../../server/modules/webhook/claim.ts';
import { deliver } from '../../server/modules/webhook/deliver.ts';
import { createWebhook } from '../../server/modules/webhook/create.ts';
import { listDeliveries } from '../../server/modules/webhook/deliveries.ts';
import { getDelivery } from '../../server/modules/webhook/delivery.ts';
import { fanOut } from '../../server/modules/webhook/fan-out.ts';
import { getWebhook } from '../../server/modules/webhook/get.ts';
import { listWebhooks } from '../../server/modules/webhook/list.ts';
import { removeWebhook } from '../../server/modules/webhook/remove.ts';
import { previewReplay } from '../../server/modules/webhook/replay-preview.ts';
import { stopReplay } from '../../server/modules/webhook/replay-stop.ts';
import { replayEvents } from '../../server/modules/webhook/replay.ts';
import { listReplays } from '../../server/modules/webhook/replays.ts';
import { resendDelivery } from '../../server/modules/webhook/resend.ts';
import { revealWebhook } from '../../server/modules/webhook/reveal.ts';
import { rotateWebhook } from '../../server/modules/webhook/rotate.ts';
import { createWebhookSetup } from '../../server/modules/webhook/setup.ts';
import { settle } from '../../server/modules/webhook/settle.ts';
import { testWebhook } from '../../server/modules/webhook/test-event.ts';
import { updateWebhook } from '../../server/modules/webhook/update.ts';
import { getWebhookUsage } from '../../server/modules/webhook/usage.ts';
import { createKeys, rotateKey } from '../../hooks/transport/keys.ts';
import { resealSecrets } from '../../server/modules/webhook/reseal.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { emit, startReceiver, turn } from '../support/webhooks.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let it: Installation;
let one: ResellerRow;
let other: ResellerRow;
let now: Date;
let cleaning: (() => void)[] = [];
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
  await fanOut(it.system());
});
afterAll(() => it.stop());
beforeEach(() => {
  now = new Date();
});
afterEach(async () => {
  for (const clean of cleaning) clean();
  cleaning = [];
  await it.system().em.execute('delete from webhook_endpoint');
});

/** A context at the test's clock, whose webhooks may go to this machine. */
const local = (ctx: ServiceContext): ServiceContext => ({
  ...ctx,
  now,
  webhooks: { ...ctx.webhooks, allowPrivate: true },
});
const system = () => local(it.system());
const as = (reseller: ResellerRow) => local(it.as(reseller));
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
async function receiver(answer: Parameters<typeof startReceiver>[0] = () => 204) {
  const started = await startReceiver(answer);
  cleaning.push(started.stop);
  return started;
}
const order = (id: string, reseller = one) => emit(system(), 'order.paid', reseller.id, { orderId: id });

describe('a delivery', () => {
  test('bears a signature that the public library accepts, and the same id at each try', async () => {
    const { received, url } = await receiver(() => (received.length === 1 ? 500 : 204));
    const { secret } = await createWebhook(as(one), { url });
    await order('ord_1');
    await turn(system());
    later(7 * SECOND);
    await turn(system());
    expect(received).toHaveLength(2);
    expect(received[1]!.headers['webhook-id']).toBe(received[0]!.headers['webhook-id']);
    expect(received[1]!.text).toBe(received[0]!.text);
    const event = new Webhook(secret).verify(received[0]!.text, received[0]!.headers) as { type: string };
    expect(event).toMatchObject({ type: 'order.paid', resellerId: one.id, data: { orderId: 'ord_1' } });
    expect(() => new Webhook(secret).verify(`${received[0]!.text} `, received[0]!.headers)).toThrow();
  });

  test('goes to the endpoints that chose the event, and never to another reseller', async () => {
    const mine = await receiver();
    const customersOnly = await receiver();
    const theirs = await receiver();
    const provider = await receiver();
    await createWebhook(as(one), { url: mine.url, events: ['order.*', 'application.*'] });
    await createWebhook(as(one), { url: customersOnly.url, events: ['customer.created'] });
    await createWebhook(as(other), { url: theirs.url });
    await createWebhook(local(it.admin()), { url: provider.url });
    await order('ord_2');
    await emit(system(), 'application.submitted', null, { applicationId: 'app_1' });
    await emit(system(), 'application.approved', one.id, { applicationId: 'app_1' });
    await emit(system(), 'settings.changed', one.id, {});
    while ((await turn(system())).length > 0);
    const types = ({ received }: typeof mine) => received.map(({ body }) => body.type);
    expect(types(mine)).toEqual(['order.paid']);
    expect(types(customersOnly)).toEqual([]);
    expect(types(theirs)).toEqual([]);
    expect(types(provider).toSorted()).toEqual(['application.approved', 'application.submitted', 'order.paid']);
  });

  test('is tried again after 0 s, 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, a fifth sooner or later', async () => {
    const { received, url } = await receiver(() => 500);
    const { id } = await createWebhook(as(one), { url });
    await order('ord_3');
    const pauses = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
    for (const [made, pause] of pauses.entries()) {
      expect(await turn(system())).toHaveLength(1);
      expect(received).toHaveLength(made + 1);
      later(pause * SECOND * 0.8 - 2 * SECOND);
      expect(await turn(system()), `too early before attempt ${made + 2}`).toEqual([]);
      later(pause * SECOND * 0.4 + 6 * SECOND);
    }
    await turn(system());
    const { rows } = await listDeliveries(as(one), { endpointId: id });
    expect(rows).toMatchObject([{ state: 'failed', attempts: 10, lastStatus: 500, nextAt: null }]);
    const { log } = await getDelivery(as(one), { id: rows[0]!.id });
    expect(log.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    later(10 * DAY);
    expect(await turn(system())).toEqual([]);
  });

  test('waits as long as Retry-After asks, and so do the others to this endpoint', async () => {
    const { received, url } = await receiver((_, response) => {
      if (received.length > 1) return 204;
      response.setHeader('retry-after', '600');
      return 429;
    });
    await createWebhook(as(one), { url });
    await order('ord_4');
    await turn(system());
    await order('ord_5');
    later(590 * SECOND);
    expect(await turn(system())).toEqual([]);
    later(20 * SECOND);
    await turn(system());
    await turn(system());
    expect(
      received
        .slice(1)
        .map(({ body }) => body.data['orderId'])
        .toSorted(),
    ).toEqual(['ord_4', 'ord_5']);
  });

  test('is not redirected, and of the answer 2 kB are kept', async () => {
    const target = await receiver();
    const { url } = await receiver((_, response) => {
      response.writeHead(302, { location: target.url }).end('x'.repeat(100_000));
      return null;
    });
    const { id } = await createWebhook(as(one), { url });
    await order('ord_6');
    await turn(system());
    expect(target.received).toEqual([]);
    const { rows } = await listDeliveries(as(one), { endpointId: id });
    const { log } = await getDelivery(as(one), { id: rows[0]!.id });
    expect(log).toMatchObject([{ status: 302, answer: 'x'.repeat(2048) }]);
    expect(log[0]!.error).toContain('redirects are not followed');
  });

  test('ends at the time limit when nobody answers', async () => {
    const { url } = await receiver(() => null);
    await createWebhook(as(one), { url });
    await order('ord_7');
    const ctx = system();
    const [outcome] = await turn({ ...ctx, webhooks: { ...ctx.webhooks, timeoutMs: 300 } });
    expect(outcome).toMatchObject({ status: null, error: 'No answer within 0.3 s.' });
  });
});

describe('an endpoint', () => {
  test('that answers 410 is switched off at once, and nothing more is sent', async () => {
    const { received, url } = await receiver(() => 410);
    const { id } = await createWebhook(as(one), { url });
    await order('ord_8');
    await turn(system());
    const { rows } = await listWebhooks(as(one), {});
    expect(rows).toMatchObject([{ id, active: false, offReason: 'gone' }]);
    await order('ord_9');
    later(DAY);
    await turn(system());
    expect(received).toHaveLength(1);
    expect((await listDeliveries(as(one), { endpointId: id })).rows).toMatchObject([{ state: 'stopped' }]);
  });

  test('that fails for five days is switched off with a notice; one success in between begins anew', async () => {
    let status = 500;
    const { url } = await receiver(() => status);
    const { id } = await createWebhook(as(one), { url });
    const isActive = async () => (await listWebhooks(as(one), {})).rows[0]!.active;
    const tryOnce = async (days: number) => {
      later(days * DAY);
      await order(`ord_${now.getTime()}`);
      while ((await turn(system())).length > 0);
    };
    await tryOnce(0);
    await tryOnce(4);
    status = 204;
    await tryOnce(0.5);
    status = 500;
    await tryOnce(0.1);
    await tryOnce(4.9);
    expect(await isActive()).toBe(true);
    await tryOnce(0.2);
    expect(await isActive()).toBe(false);
    await collectNotices(system());
    const { rows } = await listNotices(as(one), { kind: 'webhook_off' });
    expect(rows[0]!.body).toContain('127.0.0.1');
    const [off] = (await listWebhooks(as(one), {})).rows;
    const on = await updateWebhook(as(one), { id, version: off!.version, active: true });
    expect(on).toMatchObject({ active: true, offReason: null, failingSince: null });
  });

  test.each([
    'http://example.com/hook',
    'https://127.0.0.1/hook',
    'https://[::1]/hook',
    'https://[::ffff:7f00:1]/hook',
    'https://10.1.2.3/hook',
    'https://169.254.169.254/latest',
    'https://100.64.0.1/hook',
    'https://0.0.0.0/hook',
    'https://2130706433/hook',
    'https://localhost/hook',
    'https://user:secret@example.com/hook',
    'ftp://example.com/hook',
  ])('at %s is refused when it is saved', async (url) => {
    await expect(createWebhook(it.as(one), { url })).rejects.toMatchObject({ code: 'bad_input', path: '/url' });
  });

  test('whose name turns to a private address after it was saved gets no connection', async () => {
    const { received, url } = await receiver();
    const { port } = new URL(url);
    let address = '93.184.216.34';
    const stub = (ctx: ServiceContext): ServiceContext => ({
      ...ctx,
      now,
      webhooks: { ...ctx.webhooks, resolve: async () => [address] },
    });
    const { id } = await createWebhook(stub(it.as(one)), { url: `https://rebinding.example:${port}/hook` });
    address = '127.0.0.1';
    await order('ord_10');
    const [outcome] = await turn(stub(it.system()));
    expect(outcome!.error).toBe('The address is not on the Internet.');
    // The same name and port are reached when private addresses are allowed: nothing else stood in the way.
    const [row] = (await listWebhooks(as(one), {})).rows;
    await updateWebhook(as(one), { id, version: row!.version, url });
    later(10 * SECOND);
    await turn(system());
    expect(received).toHaveLength(1);
  });

  test('goes to the address that was checked: the name is resolved once for each connection', async () => {
    const { received, url } = await receiver();
    let asked = 0;
    const ctx = system();
    const counting = {
      ...ctx,
      webhooks: {
        ...ctx.webhooks,
        resolve: async () => {
          asked += 1;
          return ['127.0.0.1'];
        },
      },
    };
    await createWebhook(as(one), { url: url.replace('127.0.0.1', 'localhost') });
    await order('ord_11');
    await turn({ ...counting });
    expect(received).toHaveLength(1);
    expect(asked).toBe(1);
  });

  test('keeps its secret sealed in the database, and through a rotation of the installation keys', async () => {
    const { received, url } = await receiver();
    const { id, secret } = await createWebhook(as(one), { url });
    const stored = async () => JSON.stringify(await it.system().em.execute('select * from webhook_endpoint'));
    expect(await stored()).not.toContain(secret.slice(6));
    const keys = rotateKey(it.keys, 'session');
    const renewed = { ...system(), webhooks: createWebhookSetup(keys, true) };
    await resealSecrets(renewed);
    const last = { ...system(), webhooks: createWebhookSetup({ ...keys, session: keys.session.slice(0, 1) }, true) };
    await order('ord_12');
    await turn(last);
    expect(() => new Webhook(secret).verify(received[0]!.text, received[0]!.headers)).not.toThrow();
    await order('ord_13');
    const [outcome] = await turn({ ...system(), webhooks: createWebhookSetup(createKeys(), true) });
    expect(outcome).toMatchObject({ error: 'The secret cannot be read any more: rotate it.' });
    expect(outcome!.delivery.endpointId).toBe(id);
  });

  test('has two signatures while the overlap of a rotation lasts, then the new one only', async () => {
    const { received, url } = await receiver();
    const made = await createWebhook(as(one), { url });
    const rotated = await rotateWebhook(as(one), { id: made.id, version: made.version, overlapHours: 1 });
    expect(rotated.secret).not.toBe(made.secret);
    const accepted = async (id: string) => {
      await order(id);
      await turn(system());
      const { text, headers } = received.at(-1)!;
      return [made.secret, rotated.secret].map((secret) => {
        try {
          new Webhook(secret).verify(text, headers);
          return true;
        } catch {
          return false;
        }
      });
    };
    expect(await accepted('ord_14')).toEqual([true, true]);
    // The library holds the timestamp against its own clock: the overlap is moved into the past instead.
    await it.system().em.execute(`update webhook_endpoint set old_secret_until = now() - interval '1 minute'`);
    expect(await accepted('ord_15')).toEqual([false, true]);
  });

  test('shows its secret again to a person of its own side, who then stands in the log; to no key', async () => {
    const { id, version, secret } = await createWebhook(as(one), { url: 'https://8.8.8.8/hook' });
    expect(await revealWebhook(as(one), { id })).toEqual({ secret, oldSecret: null, oldSecretUntil: null });
    const next = await rotateWebhook(as(one), { id, version });
    const both = { secret: next.secret, oldSecret: secret, oldSecretUntil: next.oldSecretUntil };
    expect(await revealWebhook(as(one), { id })).toEqual(both);
    const key = as(one);
    await expect(
      revealWebhook({ ...key, actor: { ...key.actor, kind: 'api_key' } as never }, { id }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(revealWebhook(local(it.admin()), { id })).rejects.toMatchObject({ code: 'forbidden' });
    const shown = await listActivity(as(one), { action: 'webhook_endpoint.secret_shown' });
    expect(shown.rows.filter(({ subject }) => subject.id === id)).toHaveLength(2);
    expect(JSON.stringify(shown)).not.toContain(secret);
  });

  test('tells how it fares: what arrived of what was tried in a day, how long it takes, and when it last was tried', async () => {
    let status = 204;
    const { url } = await receiver(() => status);
    const { id } = await createWebhook(as(one), { url });
    const quiet = await createWebhook(as(one), { url, events: ['tier.*'] });
    const health = async (of: string) => (await listWebhooks(as(one), {})).rows.find((row) => row.id === of)!.health;
    const never = { tried: 0, arrived: 0, p95Milliseconds: null, lastAt: null };
    expect(await health(id)).toEqual(never);
    for (const name of ['ord_70', 'ord_71', 'ord_72']) await order(name);
    await turn(system());
    status = 500;
    await order('ord_73');
    await turn(system());
    await order('ord_74');
    await fanOut(system());
    await it.system().em.execute(
      `update webhook_delivery d set last_milliseconds = n * 100 from
         (select id, row_number() over (order by position) as n from webhook_delivery where attempts > 0) o where o.id = d.id and endpoint_id = ?`,
      [id],
    );
    expect(await health(id)).toEqual({ tried: 4, arrived: 3, p95Milliseconds: 400, lastAt: now.toISOString() });
    expect(await health(quiet.id)).toEqual(never);
    expect(await getWebhook(as(one), { id })).toMatchObject({ health: { tried: 4, arrived: 3 } });
    const last = now.toISOString();
    later(25 * HOUR);
    expect(await health(id)).toEqual({ ...never, lastAt: last });
  });

  test('of somebody else looks like an unknown one to every verb', async () => {
    const { url } = await receiver();
    const made = await createWebhook(as(one), { url });
    const { deliveryId } = await testWebhook(as(one), { id: made.id });
    const { id, version } = made;
    const range = { endpointId: id, from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' };
    const calls: [() => Promise<unknown>, () => Promise<unknown>][] = [
      [() => updateWebhook(as(other), { id, version }), () => updateWebhook(as(other), { id: 'whk_x', version })],
      [() => removeWebhook(as(other), { id, version }), () => removeWebhook(as(other), { id: 'whk_x', version })],
      [() => rotateWebhook(as(other), { id, version }), () => rotateWebhook(as(other), { id: 'whk_x', version })],
      [() => testWebhook(as(other), { id }), () => testWebhook(as(other), { id: 'whk_x' })],
      [() => listDeliveries(as(other), { endpointId: id }), () => listDeliveries(as(other), { endpointId: 'whk_x' })],
      [() => getDelivery(as(other), { id: deliveryId }), () => getDelivery(as(other), { id: 'whd_x' })],
      [() => resendDelivery(as(other), { id: deliveryId }), () => resendDelivery(as(other), { id: 'whd_x' })],
      [() => previewReplay(as(other), range), () => previewReplay(as(other), { ...range, endpointId: 'whk_x' })],
      [
        () => replayEvents(as(other), { ...range, count: 1 }),
        () => replayEvents(as(other), { ...range, endpointId: 'whk_x', count: 1 }),
      ],
    ];
    for (const [foreign, unknown] of calls) {
      const [a, b] = await Promise.all([foreign, unknown].map((call) => call().catch((error: unknown) => error)));
      expect(a).toMatchObject({ code: 'not_found' });
      expect(a).toEqual(b);
    }
    expect((await listWebhooks(as(other), {})).rows).toEqual([]);
    expect((await listWebhooks(local(it.admin()), {})).rows).toMatchObject([{ id, resellerId: one.id }]);
    await expect(rotateWebhook(local(it.admin()), { id, version })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('that two changed at once keeps the first change', async () => {
    const { url } = await receiver();
    const { id, version } = await createWebhook(as(one), { url });
    await updateWebhook(as(one), { id, version, description: 'first' });
    await expect(updateWebhook(as(one), { id, version, description: 'second' })).rejects.toMatchObject({
      code: 'version_mismatch',
    });
  });
});

describe('order and independence', () => {
  test('events of one object go out one after the other, also when the first must be tried again', async () => {
    const { received, url } = await receiver(() => (received.length === 1 ? 500 : 204));
    await createWebhook(as(one), { url });
    for (const type of ['order.created', 'order.paid', 'order.active'])
      await emit(system(), type, one.id, { orderId: 'ord_20' });
    await emit(system(), 'order.created', one.id, { orderId: 'ord_21' });
    await turn(system());
    expect(received.filter(({ body }) => body.data['orderId'] === 'ord_20')).toHaveLength(1);
    for (let at = 0; at < 6; at += 1) {
      later(7 * SECOND);
      await turn(system());
    }
    const mine = received.filter(({ body }) => body.data['orderId'] === 'ord_20').map(({ body }) => body);
    expect(mine.map(({ type }) => type)).toEqual(['order.created', 'order.created', 'order.paid', 'order.active']);
    const sequences = mine.map(({ sequence }) => sequence!);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
  });

  test('a failing endpoint takes one place at a time, a healthy one four, over all processes', async () => {
    const { url } = await receiver();
    const healthy = await createWebhook(as(one), { url });
    const failing = await createWebhook(as(one), { url });
    await it.system().em.execute('update webhook_endpoint set failing_since = ? where id = ?', [now, failing.id]);
    for (let at = 0; at < 8; at += 1) await order(`ord_3${at}`);
    await fanOut(system());
    const twice = (await Promise.all([claim(system(), 256, 64), claim(system(), 256, 64)])).flat();
    const again = [...twice, ...(await claim(system(), 256, 64))];
    const of = (id: string) => again.filter(({ endpointId }) => endpointId === id).length;
    expect([of(healthy.id), of(failing.id)]).toEqual([4, 1]);
    later(31 * SECOND);
    expect(await claim(system(), 256, 64), 'the lease ran out').toHaveLength(5);
  });

  test('a limit of deliveries a second holds over all processes, whatever their clocks say', async () => {
    const { url } = await receiver();
    const { id } = await createWebhook(as(one), { url, perSecond: 3 });
    for (let at = 0; at < 8; at += 1) await order(`ord_4${at}`);
    await fanOut(system());
    const { em } = it.system();
    const shift = (by: string) =>
      em.execute(`update webhook_endpoint set begun = array(select one + ?::interval from unnest(begun) one)`, [by]);
    const twice = (await Promise.all([claim(system(), 256, 64), claim(system(), 256, 64)])).flat();
    // The second lasts, so that a slow machine cannot let it pass.
    await shift('1 hour');
    const again = [...twice, ...(await claim(system(), 256, 64))];
    expect(again).toHaveLength(3);
    await settle(system(), await Promise.all(again.map((each) => deliver(system(), each))));
    later(HOUR);
    expect(await claim(system(), 256, 64), 'another clock is no other second').toEqual([]);
    await shift('-2 hours');
    expect(await claim(system(), 256, 64)).toHaveLength(3);
    const [kept] = await em.execute<{ n: number }[]>(
      'select cardinality(begun) as n from webhook_endpoint where id = ?',
      [id],
    );
    expect(kept!.n, 'what has passed is forgotten').toBe(3);
  });
});

describe('again', () => {
  test('a delivery is sent again with the same webhook-id', async () => {
    const { received, url } = await receiver();
    const { id } = await createWebhook(as(one), { url });
    await order('ord_40');
    await turn(system());
    const { rows } = await listDeliveries(as(one), { endpointId: id });
    await resendDelivery(as(one), { id: rows[0]!.id });
    await turn(system());
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(Array(2).fill(rows[0]!.eventId));
    expect((await listDeliveries(as(one), { endpointId: id })).rows[0]).toMatchObject({ origin: 'resend' });
  });

  test('a range is counted first, and sent in its order; what was delivered is left out unless asked for', async () => {
    const { received, url } = await receiver();
    const made = await createWebhook(as(one), { url, events: ['order.paid'] });
    const { id } = made;
    later(HOUR);
    const from = now.toISOString();
    await order('ord_50');
    await turn(system());
    const off = await updateWebhook(as(one), { id, version: made.version, active: false });
    for (const missed of ['ord_51', 'ord_52', 'ord_53']) await order(missed);
    await order('ord_54', other);
    await fanOut(system());
    await updateWebhook(as(one), { id, version: off.version, active: true });
    later(SECOND);
    const range = { endpointId: id, from, to: now.toISOString() };
    expect(await previewReplay(as(one), range)).toEqual({ count: 3, tooMany: false });
    expect(await previewReplay(as(one), { ...range, missedOnly: false })).toMatchObject({ count: 4 });
    await expect(replayEvents(as(one), { ...range, count: 2 })).rejects.toMatchObject({ code: 'conflict' });
    await replayEvents(as(one), { ...range, count: 3 });
    while ((await turn(system())).length > 0);
    expect(received.map(({ body }) => body.data['orderId'])).toEqual(['ord_50', 'ord_51', 'ord_52', 'ord_53']);
    const ahead = new Date(now.getTime() + HOUR).toISOString();
    await expect(previewReplay(as(one), { ...range, to: ahead })).rejects.toMatchObject({ code: 'bad_input' });
  });

  test('a replay tells how far it is, is found again by its endpoint, and what is left of it can be stopped', async () => {
    const { received, url } = await receiver();
    const { id } = await createWebhook(as(one), { url, events: ['order.paid'], active: false });
    later(HOUR);
    const from = now.toISOString();
    for (const name of ['ord_60', 'ord_61', 'ord_62']) await order(name);
    await fanOut(system());
    await it.system().em.execute('update webhook_endpoint set active = true');
    later(SECOND);
    const range = { endpointId: id, from, to: now.toISOString() };
    const { replayId } = await replayEvents(as(one), { ...range, count: 3 });
    const state = async () => (await listReplays(as(one), { endpointId: id })).rows[0];
    expect(await state()).toMatchObject({ id: replayId, count: 3, waiting: 3, stoppedAt: null, leftOut: null });
    await turn(system());
    expect(await state()).toMatchObject({ count: 3, waiting: 2 });
    for (const actor of [other, { ...other, id: 'rs_unknown' }])
      await expect(stopReplay(as(actor), { id: replayId })).rejects.toMatchObject({
        code: 'not_found',
        message: 'There is no replay with this id.',
      });
    // One of it is on its way while it is stopped: that it arrived holds.
    const [onItsWay] = await claim(system(), 256, 64);
    expect(await stopReplay(as(one), { id: replayId })).toMatchObject({ waiting: 0, leftOut: 2 });
    await settle(system(), [await deliver(system(), onItsWay!)]);
    later(DAY);
    expect(await turn(system())).toEqual([]);
    expect(received.map(({ body }) => body.data['orderId'])).toEqual(['ord_60', 'ord_61']);
    const states = (await listDeliveries(as(one), { endpointId: id })).rows.map((row) => row.state);
    expect(states).toEqual(['stopped', 'delivered', 'delivered']);
    await expect(stopReplay(as(one), { id: replayId })).rejects.toMatchObject({ code: 'conflict' });
    expect(await previewReplay(as(one), range)).toMatchObject({ count: 1 });
  });

  test('a test event goes to its endpoint alone, and is no event of events.list', async () => {
    const mine = await receiver();
    const second = await receiver();
    const { id, secret } = await createWebhook(as(one), { url: mine.url, events: ['customer.*'] });
    await createWebhook(as(one), { url: second.url });
    await testWebhook(as(one), { id });
    await turn(system());
    expect(second.received).toEqual([]);
    const [sent] = mine.received;
    expect(new Webhook(secret).verify(sent!.text, sent!.headers)).toMatchObject({
      type: 'webhook.test',
      sequence: null,
    });
    const { rows } = await listEvents(as(one), { limit: 100 });
    expect(rows.map(({ type }) => type)).not.toContain('webhook.test');
  });
});

test('events.list gives a reseller its own events, each once, and its last cursor goes on with what comes later', async () => {
  await order('ord_60');
  await order('ord_61', other);
  await emit(system(), 'application.submitted', null, { applicationId: 'app_9' });
  await fanOut(system());
  const ids: string[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await listEvents(as(one), { limit: 2, ...(cursor && { cursor }) });
    expect(page.rows.every(({ resellerId }) => resellerId === one.id)).toBe(true);
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.cursor!;
    if (!page.more) break;
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect((await listEvents(as(one), { cursor })).rows).toEqual([]);
  await order('ord_62');
  await fanOut(system());
  expect((await listEvents(as(one), { cursor })).rows).toMatchObject([{ data: { orderId: 'ord_62' } }]);
  const all = await listEvents(local(it.admin()), { limit: 100, groups: ['application'] });
  expect(all.rows.map(({ data }) => data['applicationId'])).toContain('app_9');
});

test('an event of a transaction that commits late is handed out all the same, and read by who is further already', async () => {
  const { received, url } = await receiver();
  await createWebhook(as(one), { url });
  const slow = it.system().em.fork();
  await slow.begin();
  await slow.execute(
    `insert into outbox (id, type, reseller_id, payload, created_at) values ('evt_slow', 'order.paid', ?, '{"orderId":"slow"}', now())`,
    [one.id],
  );
  await order('ord_70');
  await turn(system());
  let page = await listEvents(as(one), { limit: 100 });
  while (page.more) page = await listEvents(as(one), { limit: 100, cursor: page.cursor! });
  await slow.commit();
  await turn(system());
  expect(received.map(({ body }) => body.data['orderId'])).toEqual(['ord_70', 'slow']);
  expect((await listEvents(as(one), { cursor: page.cursor! })).rows).toMatchObject([{ id: 'evt_slow' }]);
});

test('the days of an endpoint count what arrived, what took another try, and what was given up', async () => {
  const { url } = await receiver();
  const endpoint = await createWebhook(as(one), { url });
  const day = (ago: number) => new Date(now.getTime() - ago * DAY).toISOString();
  const rows = [
    ['delivered', 1, day(2)],
    ['delivered', 3, day(2)],
    ['failed', 5, day(2)],
    ['waiting', 1, day(0)],
    ['stopped', 1, day(0)],
    ['delivered', 1, day(20)],
  ] as const;
  for (const [index, [state, attempts, at]] of rows.entries()) {
    await it.system().em.execute(
      `insert into webhook_delivery (id, endpoint_id, event_id, event_type, object_key, origin, state, attempts, created_at)
       values (?, ?, 'evt', 'order.paid', 'k', 'event', ?, ?, ?)`,
      [`whd_u${index}`, endpoint.id, state, attempts, at],
    );
  }
  const usage = await getWebhookUsage(as(one), { id: endpoint.id });
  expect(usage.byDay).toEqual([
    { day: day(2).slice(0, 10), delivered: 2, retried: 1, failed: 1, waiting: 0 },
    { day: day(0).slice(0, 10), delivered: 0, retried: 0, failed: 1, waiting: 1 },
  ]);
  await expect(getWebhookUsage(as(other), { id: endpoint.id })).rejects.toMatchObject({ code: 'not_found' });
});
