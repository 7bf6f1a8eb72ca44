import { z } from 'zod';
import { deliveryStates } from '../../modules/webhook/row.ts';
import { id, moment } from './schemas.ts';

/** Webhook endpoints, what was sent to them, and the same events to pull. Moments RFC 3339 in UTC. */

export const webhook = z.object({
  id,
  /** Null for the provider's own. */
  resellerId: id.nullable(),
  url: z.string(),
  description: z.string(),
  events: z.array(z.string()),
  active: z.boolean(),
  /** Why the service switched it off. */
  offReason: z.enum(['failing', 'gone']).nullable(),
  failingSince: moment.nullable(),
  /** Most deliveries a second; null for no limit of its own. */
  perSecond: z.int().nullable(),
  /** Until when messages bear a signature with the secret before as well. */
  oldSecretUntil: moment.nullable(),
  createdAt: moment,
  version: z.int(),
});
/** An endpoint with how it fared in the last 24 hours, of its newest 250 deliveries. */
export const webhookDetail = webhook.extend({
  health: z.object({
    tried: z.int(),
    arrived: z.int(),
    p95Milliseconds: z.int().nullable(),
    lastAt: moment.nullable(),
  }),
});
/** `secret` is shown once: null in the answer to a repeated request. */
export const newWebhook = webhook.extend({ secret: z.string().nullable() });

export const event = z.object({
  id,
  type: z.string(),
  timestamp: moment,
  /** Rises with every event; null for a test event. */
  sequence: z.int().nullable(),
  /** False for what test keys did, and for test events. */
  livemode: z.boolean(),
  resellerId: id.nullable(),
  data: z.record(z.string(), z.unknown()),
});
/** `nextCursor` may be kept and used at any later time; `more`: there are events behind it already. */
export const eventPage = z.object({ data: z.array(event), nextCursor: z.string().nullable(), more: z.boolean() });

export const delivery = z.object({
  id,
  endpointId: id,
  eventId: id,
  type: z.string(),
  origin: z.enum(['event', 'test', 'resend', 'replay']),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  nextAt: moment.nullable(),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  createdAt: moment,
  finishedAt: moment.nullable(),
});
export const deliveryDetail = delivery.extend({
  /** What is sent, without its signature. */
  body: event,
  /** Each attempt with the first 2 kB of the answer. */
  log: z.array(
    z.object({
      number: z.int(),
      at: moment,
      milliseconds: z.int(),
      status: z.int().nullable(),
      error: z.string().nullable(),
      answer: z.string(),
      /** webhook-id, webhook-timestamp and webhook-signature, signed with the secrets that hold now. */
      headers: z.record(z.string(), z.string()),
    }),
  ),
});
/** A type of event, with a sample of it and the JSON schema of its `data`. */
export const eventType = z.object({
  type: z.string(),
  group: z.string(),
  meaning: z.string(),
  sample: event,
  schema: z.record(z.string(), z.unknown()),
});
export const eventTypes = z.object({ data: z.array(eventType) });
/** How one message went, sent at once. */
export const checked = z.object({
  status: z.int().nullable(),
  error: z.string().nullable(),
  answer: z.string(),
  milliseconds: z.int(),
});
export const sent = z.object({ deliveryId: id });
export const testSent = sent.extend({ eventId: id });
export const removed = z.object({ id, deleted: z.literal(true) });
export const replayCount = z.object({ count: z.int(), tooMany: z.boolean() });
export const replayed = z.object({ count: z.int(), replayId: id });
/** How far a replay is: `waiting` of its `count` events are still to be sent. */
export const replay = z.object({
  id,
  from: moment,
  to: moment,
  missedOnly: z.boolean(),
  count: z.int(),
  waiting: z.int(),
  createdAt: moment,
  stoppedAt: moment.nullable(),
  /** How many were not sent since it was stopped. */
  leftOut: z.int().nullable(),
});
