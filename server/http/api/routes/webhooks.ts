import { z } from 'zod';
import { type EventGroup, eventGroups } from '../../../modules/outbox/event-types.ts';
import { listEvents } from '../../../modules/outbox/list.ts';
import { listEventTypes } from '../../../modules/outbox/types.ts';
import { checkWebhook } from '../../../modules/webhook/check.ts';
import { createWebhook } from '../../../modules/webhook/create.ts';
import { listDeliveries } from '../../../modules/webhook/deliveries.ts';
import { getDelivery } from '../../../modules/webhook/delivery.ts';
import { getWebhook } from '../../../modules/webhook/get.ts';
import { listWebhooks } from '../../../modules/webhook/list.ts';
import { removeWebhook } from '../../../modules/webhook/remove.ts';
import { previewReplay } from '../../../modules/webhook/replay-preview.ts';
import { replayEvents } from '../../../modules/webhook/replay.ts';
import { stopReplay } from '../../../modules/webhook/replay-stop.ts';
import { listReplays } from '../../../modules/webhook/replays.ts';
import { resendDelivery } from '../../../modules/webhook/resend.ts';
import { rotateWebhook } from '../../../modules/webhook/rotate.ts';
import { deliveryStates } from '../../../modules/webhook/row.ts';
import { testWebhook } from '../../../modules/webhook/test-event.ts';
import { updateWebhook } from '../../../modules/webhook/update.ts';
import { asBoolean, asPage, flag, idFilter, listOf, paged, route, type Route } from '../route.ts';
import { pageOf } from '../schemas.ts';
import {
  checked,
  delivery,
  deliveryDetail,
  eventPage,
  eventTypes,
  newWebhook,
  removed,
  replay,
  replayCount,
  replayed,
  sent,
  testSent,
  webhook,
  webhookDetail,
} from '../webhook-schemas.ts';

const tag = 'Webhooks';
const groups = listOf(eventGroups);

/** Endpoints that get events, what was sent to them, and the same events to pull. */
export const webhookRoutes: Route[] = [
  route({
    method: 'get',
    path: '/events',
    tag,
    summary: 'Events in the order in which webhooks get them; keep nextCursor to go on later',
    verb: listEvents,
    query: z.strictObject({
      ...paged,
      groups: groups.optional().openapi({ description: 'such as "order,service"; all of them by default' }),
    }),
    input: ({ query: { groups: wanted, ...query } }) => ({
      ...query,
      ...(wanted === undefined ? {} : { groups: groups.parse(wanted).split(',') as EventGroup[] }),
    }),
    output: ({ rows, cursor, more }) => ({ data: rows, nextCursor: cursor, more }),
    answer: eventPage,
  }),
  route({
    method: 'get',
    path: '/event-types',
    tag,
    summary: 'Every type of event, with a sample and the JSON schema of its data',
    verb: listEventTypes,
    input: () => ({}),
    output: ({ rows }) => ({ data: rows }),
    answer: eventTypes,
  }),
  route({
    method: 'get',
    path: '/webhooks',
    tag,
    summary: 'Endpoints, newest first',
    verb: listWebhooks,
    query: z.strictObject({ ...paged, resellerId: idFilter }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(webhookDetail),
  }),
  route({
    method: 'post',
    path: '/webhooks',
    tag,
    summary: 'Makes an endpoint; its secret is in this answer and nowhere else',
    verb: createWebhook,
    body: createWebhook.input,
    input: ({ body }) => body,
    answer: newWebhook,
    status: 201,
    shownOnce: ['secret'],
  }),
  route({
    method: 'get',
    path: '/webhooks/{id}',
    tag,
    summary: 'One endpoint',
    verb: getWebhook,
    input: ({ id }) => ({ id }),
    answer: webhookDetail,
  }),
  route({
    method: 'patch',
    path: '/webhooks/{id}',
    tag,
    summary: 'Changes an endpoint, or switches it on or off; fields that are left out stay',
    verb: updateWebhook,
    ifMatch: true,
    body: updateWebhook.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: webhook,
  }),
  route({
    method: 'delete',
    path: '/webhooks/{id}',
    tag,
    summary: 'Removes an endpoint with its log',
    verb: removeWebhook,
    ifMatch: true,
    input: ({ id, version }) => ({ id, version }),
    output: ({ id }) => ({ id, deleted: true }),
    answer: removed,
  }),
  route({
    method: 'post',
    path: '/webhooks/{id}/rotate',
    tag,
    summary: 'Makes a new secret; the old one signs as well until the overlap ends',
    verb: rotateWebhook,
    ifMatch: true,
    body: rotateWebhook.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: newWebhook,
    shownOnce: ['secret'],
  }),
  route({
    method: 'post',
    path: '/webhooks/{id}/test',
    tag,
    summary: 'Sends a test event to this endpoint: webhook.test, or the sample of another type',
    verb: testWebhook,
    body: testWebhook.input.omit({ id: true }).optional(),
    input: ({ id, body }) => ({ id, ...body }),
    answer: testSent,
    status: 201,
  }),
  route({
    method: 'post',
    path: '/webhooks/{id}/check',
    tag,
    summary: 'Sends a test event at once, also while the endpoint is off, and answers how it went',
    verb: checkWebhook,
    input: ({ id }) => ({ id }),
    answer: checked,
  }),
  route({
    method: 'get',
    path: '/webhooks/{id}/deliveries',
    tag,
    summary: 'What was and will be sent to an endpoint, newest first',
    verb: listDeliveries,
    query: z.strictObject({
      ...paged,
      state: z.enum(deliveryStates).optional(),
      type: z.string().max(80).optional(),
      eventId: idFilter,
      code: listDeliveries.input.shape.code,
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
      objectId: idFilter.openapi({ description: 'an id that stands in the event, or the number of an order' }),
    }),
    input: ({ id, query }) => ({ ...query, endpointId: id }),
    output: asPage,
    answer: pageOf(delivery),
  }),
  route({
    method: 'get',
    path: '/webhooks/{id}/replay',
    tag,
    summary: 'How many events a replay of a range would send',
    verb: previewReplay,
    query: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime(), missedOnly: flag }),
    input: ({ id, query }) => ({ ...asBoolean(query, 'missedOnly'), endpointId: id }),
    answer: replayCount,
  }),
  route({
    method: 'post',
    path: '/webhooks/{id}/replay',
    tag,
    summary: 'Sends the events of a range again, in their order; count is what the GET of the same range answered',
    verb: replayEvents,
    body: replayEvents.input.omit({ endpointId: true }),
    input: ({ id, body }) => ({ ...body, endpointId: id }),
    answer: replayed,
  }),
  route({
    method: 'get',
    path: '/webhooks/{id}/replays',
    tag,
    summary: 'Replays of an endpoint, newest first, each with how far it is',
    verb: listReplays,
    query: z.strictObject(paged),
    input: ({ id, query }) => ({ ...query, endpointId: id }),
    output: asPage,
    answer: pageOf(replay),
  }),
  route({
    method: 'post',
    path: '/replays/{id}/stop',
    tag,
    summary: 'Stops a replay; what of it was not sent stays unsent',
    verb: stopReplay,
    input: ({ id }) => ({ id }),
    answer: replay,
  }),
  route({
    method: 'get',
    path: '/deliveries/{id}',
    tag,
    summary: 'One delivery with what was sent and how each attempt went',
    verb: getDelivery,
    input: ({ id }) => ({ id }),
    answer: deliveryDetail,
  }),
  route({
    method: 'post',
    path: '/deliveries/{id}/resend',
    tag,
    summary: 'Sends the event of a delivery once more, with the same webhook-id',
    verb: resendDelivery,
    input: ({ id }) => ({ id }),
    answer: sent,
    status: 201,
  }),
];
