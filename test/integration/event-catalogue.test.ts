import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServiceContext } from '../../server/context.ts';
import { collectNotices } from '../../server/modules/notice/collect.ts';
import { eventCatalogue } from '../../server/modules/outbox/event-catalogue.ts';
import { eventGroups } from '../../server/modules/outbox/event-types.ts';
import { listEventTypes } from '../../server/modules/outbox/types.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { checkWebhook } from '../../server/modules/webhook/check.ts';
import { createWebhook } from '../../server/modules/webhook/create.ts';
import { listDeliveries } from '../../server/modules/webhook/deliveries.ts';
import { getDelivery } from '../../server/modules/webhook/delivery.ts';
import { fanOut } from '../../server/modules/webhook/fan-out.ts';
import { testWebhook } from '../../server/modules/webhook/test-event.ts';
import { updateWebhook } from '../../server/modules/webhook/update.ts';
import german from '../../ui/src/lib/webhooks/means.de.json' with { type: 'json' };
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor } from '../support/orders.ts';
import { emit, startReceiver, turn } from '../support/webhooks.ts';

let it: Installation;
let one: ResellerRow;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let status = 204;
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  await fanOut(it.system());
  receiver = await startReceiver(() => status);
});
afterAll(async () => {
  receiver.stop();
  await it.stop();
});
beforeEach(async () => {
  status = 204;
  receiver.received.length = 0;
  await it.system().em.execute('delete from webhook_endpoint');
});
const local = (ctx: ServiceContext): ServiceContext => ({
  ...ctx,
  now: new Date(),
  webhooks: { ...ctx.webhooks, allowPrivate: true },
});
const mine = () => local(it.as(one));
const system = () => local(it.system());

test('every type belongs to a group, and its sample is what its schema says', async () => {
  const { rows } = await listEventTypes(it.admin(), {});
  expect(rows.map(({ type }) => type)).toEqual(Object.keys(eventCatalogue));
  expect(new Set(rows.map(({ group }) => group))).toEqual(new Set(eventGroups));
  for (const { type, sample, schema } of rows) {
    const { data } = eventCatalogue[type]!;
    expect(data.strict().parse(sample.data)).toEqual(sample.data);
    expect(Object.keys(schema['properties'] as object)).toEqual(Object.keys(data.shape));
  }
});

test('a reseller sees no type that only the provider hears of, and every other one said in German as well', async () => {
  const { rows } = await listEventTypes(it.as(one), {});
  expect(rows.map(({ group }) => group)).not.toContain('application');
  expect(rows.find(({ type }) => type === 'reseller.created')!.sample.data).toMatchObject({ resellerId: one.id });
  expect(Object.keys(german)).toEqual(rows.map(({ type }) => type));
});

describe('a test event', () => {
  test('of a chosen type is its sample, never live, and tells nobody anything', async () => {
    const { id } = await createWebhook(mine(), { url: receiver.url });
    await testWebhook(mine(), { id, type: 'order.paid' });
    await turn(system());
    const { rows } = await listEventTypes(it.as(one), {});
    const sample = rows.find(({ type }) => type === 'order.paid')!.sample.data;
    expect(receiver.received.map(({ body }) => body)).toMatchObject([
      { type: 'order.paid', sequence: null, livemode: false, data: sample },
    ]);
    await emit(system(), 'reseller.suspended', one.id, { resellerId: one.id, status: 'suspended', publicReason: 'x' });
    await testWebhook(mine(), { id, type: 'reseller.suspended' });
    // The event that is real, not the one that is a test.
    expect(await collectNotices(system())).toBe(1);
    await expect(testWebhook(mine(), { id, type: 'order.eaten' })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(testWebhook(mine(), { id, type: 'application.submitted' })).rejects.toMatchObject({
      code: 'bad_input',
    });
  });

  test('goes at once to an endpoint that is off, and says how it went', async () => {
    const { id, version } = await createWebhook(mine(), { url: receiver.url });
    await updateWebhook(mine(), { id, version, active: false });
    status = 503;
    expect(await checkWebhook(mine(), { id })).toMatchObject({ status: 503, error: expect.any(String) as string });
    status = 204;
    expect(await checkWebhook(mine(), { id })).toMatchObject({ status: 204, error: null });
    expect(receiver.received.map(({ body }) => [body.type, body.sequence])).toEqual([
      ['webhook.test', null],
      ['webhook.test', null],
    ]);
    // An address that is not public is refused here as it is for every delivery.
    expect(await checkWebhook({ ...mine(), webhooks: it.system().webhooks }, { id })).toMatchObject({ status: null });
    expect(receiver.received).toHaveLength(2);
  });
});

test('deliveries are found by the class of the answer, the range, the object and the number of the order', async () => {
  const { id } = await createWebhook(mine(), { url: receiver.url, events: ['order.*', 'customer.*'] });
  const order = await placeFor(mine(), {});
  while ((await turn(system())).length > 0);
  status = 503;
  await emit(system(), 'customer.created', one.id, { customerId: 'cus_1' });
  await turn(system());
  const found = async (filter: object) => {
    const { rows, total } = await listDeliveries(mine(), { endpointId: id, ...filter });
    expect(total).toBe(rows.length);
    return [...new Set(rows.map(({ type }) => type))].toSorted();
  };
  const all = await found({});
  expect(all).toContain('customer.created');
  expect(await found({ code: '5xx' })).toEqual(['customer.created']);
  expect(await found({ code: '2xx' })).toEqual(all.filter((type) => type !== 'customer.created'));
  expect(await found({ code: 'none' })).toEqual([]);
  expect(await found({ objectId: 'cus_1' })).toEqual(['customer.created']);
  expect(await found({ objectId: order.id })).toEqual(['order.pending']);
  expect(await found({ objectId: String(order.number) })).toEqual(['order.pending']);
  expect(await found({ objectId: '"} \\ nobody' })).toEqual([]);
  const now = new Date();
  expect(await found({ from: now.toISOString() })).toEqual([]);
  expect(await found({ to: now.toISOString() })).toEqual(all);
});

test('each attempt shows its headers as they were sent', async () => {
  const { id } = await createWebhook(mine(), { url: receiver.url });
  const { deliveryId } = await testWebhook(mine(), { id });
  await turn(system());
  const { log } = await getDelivery(mine(), { id: deliveryId });
  const [sent] = receiver.received;
  expect(log).toHaveLength(1);
  expect(sent!.headers).toMatchObject(log[0]!.headers);
});
