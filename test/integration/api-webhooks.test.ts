import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '../../server/modules/api-key/create.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { fanOut } from '../../server/modules/webhook/fan-out.ts';
import { resellerPermissions } from '../../server/permissions.ts';
import { type ApiClient, apiClient } from '../support/api.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let it: Installation;
let api: ApiClient;
let foreign: string;
beforeAll(async () => {
  it = await startInstallation();
  const one = await it.makeReseller();
  const other = await it.makeReseller({ hostClientId: '2' });
  const make = async ({ id }: ResellerRow) =>
    (await createKey(it.admin(), { name: 'ERP', resellerId: id, scopes: [...resellerPermissions] })).key;
  foreign = await make(other);
  api = await apiClient(it.serviceUrl, await make(one));
});
afterAll(() => it.stop());

const ask: ApiClient['ask'] = (...asked) => api.ask(...asked);
/** A public address to which nothing is sent here. */
const URL = 'https://8.8.8.8/hook';

test('an endpoint is made, changed, rotated, tested, replayed and removed', async () => {
  const made = await ask('POST', '/webhooks', {
    body: { url: URL, events: ['customer.*'] },
    'idempotency-key': 'one-endpoint',
  });
  expect(made).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/), active: true } });
  const again = await ask('POST', '/webhooks', {
    body: { url: URL, events: ['customer.*'] },
    'idempotency-key': 'one-endpoint',
  });
  expect(again.body).toEqual({ ...made.body, secret: null });
  const path = `/webhooks/${made.body.id}`;
  let etag = made.headers.get('etag');
  const changed = await ask('PATCH', path, { body: { description: 'ERP', perSecond: 5 }, 'if-match': etag });
  expect(changed.body).toMatchObject({ description: 'ERP', url: URL });
  expect(await ask('PATCH', path, { body: {}, 'if-match': etag })).toMatchObject({ status: 412 });
  etag = changed.headers.get('etag');
  const rotated = await ask('POST', `${path}/rotate`, { body: { overlapHours: 1 }, 'if-match': etag });
  expect(rotated.body.secret).not.toBe(made.body.secret);
  expect((await ask('GET', path)).body).toMatchObject({ oldSecretUntil: expect.any(String) });
  expect((await ask('GET', '/webhooks')).body.data).toMatchObject([
    { perSecond: 5, health: { tried: 0, lastAt: null } },
  ]);

  const { deliveryId } = (await ask('POST', `${path}/test`)).body;
  expect((await ask('GET', `/deliveries/${deliveryId}`)).body).toMatchObject({
    state: 'waiting',
    body: { type: 'webhook.test', sequence: null },
    log: [],
  });
  expect((await ask('POST', `/deliveries/${deliveryId}/resend`)).status).toBe(201);
  expect((await ask('GET', `${path}/deliveries?type=webhook.test`)).body.total).toBe(2);

  for (const name of ['Ada', 'Ben'])
    await ask('POST', '/customers', { body: { name, email: `${name}@example.org`.toLowerCase() } });
  await fanOut(it.system());
  const range = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() };
  const counted = await ask('GET', `${path}/replay?${new URLSearchParams({ ...range, missedOnly: 'false' })}`);
  expect(counted.body).toEqual({ count: 2, tooMany: false });
  const body = { ...range, missedOnly: false };
  expect(await ask('POST', `${path}/replay`, { body: { ...body, count: 5 } })).toMatchObject({ status: 409 });
  const { replayId } = (await ask('POST', `${path}/replay`, { body: { ...body, count: 2 } })).body;
  expect((await ask('GET', `${path}/replays`)).body.data).toMatchObject([{ id: replayId, count: 2, waiting: 2 }]);
  expect((await ask('POST', `/replays/${replayId}/stop`)).body).toMatchObject({ waiting: 0, leftOut: 2 });

  for (const at of [path, `/deliveries/${deliveryId}`, `${path}/deliveries`]) {
    const theirs = await ask('GET', at, { as: foreign });
    const unknown = await ask('GET', at.replace(/_[0-9a-f]+/, '_0'), { as: foreign });
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect(theirs.status).toBe(404);
  }
  // An address that is refused before anything leaves.
  await it
    .system()
    .em.execute("update webhook_endpoint set url = 'https://127.0.0.1/hook' where id = ?", [made.body.id]);
  expect((await ask('POST', `${path}/check`)).body).toMatchObject({ status: null, error: expect.any(String) });
  etag = (await ask('GET', path)).headers.get('etag');
  expect((await ask('DELETE', path, { 'if-match': etag })).body).toEqual({ id: made.body.id, deleted: true });
  expect((await ask('GET', path)).status).toBe(404);
});

test('the types of events are listed with a sample, which a test event can be', async () => {
  const { data } = (await ask('GET', '/event-types')).body;
  expect(data).toContainEqual(expect.objectContaining({ type: 'order.paid', group: 'order' }));
  const { id } = (await ask('POST', '/webhooks', { body: { url: URL } })).body;
  const { deliveryId } = (await ask('POST', `/webhooks/${id}/test`, { body: { type: 'order.paid' } })).body;
  const sent = (await ask('GET', `/deliveries/${deliveryId}`)).body.body;
  expect(sent).toMatchObject({ type: 'order.paid', livemode: false, sequence: null });
  expect((await ask('GET', `/webhooks/${id}/deliveries?code=5xx&objectId=${sent.data.orderId}`)).body.total).toBe(0);
  expect((await ask('GET', `/webhooks/${id}/deliveries?objectId=${sent.data.orderId}`)).body.total).toBe(1);
});

test('events are pulled from where the last page ended, also later', async () => {
  await ask('POST', '/customers', { body: { name: 'Cleo', email: 'cleo@example.org' } });
  await fanOut(it.system());
  const first = await ask('GET', '/events?groups=customer,order&limit=2');
  expect(first.body).toMatchObject({ more: true, data: [{ type: 'customer.created' }, {}] });
  const rest = await ask('GET', `/events?groups=customer,order&cursor=${first.body.nextCursor}`);
  expect(rest.body).toMatchObject({ more: false, data: [{ type: 'customer.created' }] });
  const kept = rest.body.nextCursor;
  expect((await ask('GET', `/events?cursor=${kept}&groups=customer`)).body).toMatchObject({
    data: [],
    nextCursor: kept,
  });
  await ask('POST', '/customers', { body: { name: 'Dora', email: 'dora@example.org' } });
  await fanOut(it.system());
  expect((await ask('GET', `/events?cursor=${kept}&groups=customer`)).body.data).toHaveLength(1);
  expect((await ask('GET', '/events?groups=customer', { as: foreign })).body.data).toEqual([]);
  expect(await ask('GET', '/events?groups=nonsense')).toMatchObject({ status: 400, body: { code: 'bad_input' } });
});

test('every operation about webhooks was answered', () => {
  expect(api.unanswered(['Webhooks'])).toEqual([]);
});

test('an address inside a network is refused', async () => {
  const answer = await ask('POST', '/webhooks', { body: { url: 'https://127.0.0.1/hook' } });
  expect(answer).toMatchObject({ status: 400, body: { code: 'bad_input', path: '/url' } });
});
