import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Outbox } from '../outbox/entity.ts';
import { eventCatalogue, sampleOf } from '../outbox/event-catalogue.ts';
import { type EventGroup, providerGroups } from '../outbox/event-types.ts';
import type { WebhookEndpoint } from './entity.ts';
import { findEndpoint, requireActive } from './find.ts';

/** What a test event is called unless it imitates one of the catalogue. */
export const TEST_TYPE = 'webhook.test';

/**
 * Sends a test event to this endpoint alone: webhook.test, or the sample of another type. It says livemode false and has
 * no sequence, whatever its type, so that no receiver takes it for something that happened.
 * @throws not_found, conflict (switched off), bad_input (type)
 */
export const testWebhook = verb({
  procedure: 'webhooks.test',
  permission: 'webhooks:manage',
  mode: 'write',
  input: z.object({ id: z.string().max(60), type: z.string().max(80).default(TEST_TYPE) }),
  run: async (ctx, { id, type }) => {
    const { em, now } = ctx;
    const endpoint = await findEndpoint(ctx, id);
    requireActive(endpoint);
    const event = em.create(Outbox, {
      id: newId('evt'),
      type,
      resellerId: endpoint.resellerId ?? null,
      payload: payloadOf(endpoint, type),
      createdAt: now,
      // It goes to nobody else, and has no place among the events.
      publishedAt: now,
    });
    record(ctx, {
      action: 'webhook_endpoint.tested',
      subject: { type: 'webhook_endpoint', id },
      resellerId: endpoint.resellerId ?? null,
      after: { type },
    });
    await em.flush();
    const deliveryId = newId('whd');
    await em.execute(
      `insert into webhook_delivery (id, endpoint_id, event_id, event_type, object_key, origin, state, next_at, created_at)
       values (?, ?, ?, ?, ?, 'test', 'waiting', ?, ?)`,
      [deliveryId, id, event.id, type, event.id, now, now],
    );
    return { deliveryId, eventId: event.id };
  },
});

function payloadOf({ id, resellerId }: WebhookEndpoint, type: string): Record<string, unknown> {
  if (type === TEST_TYPE) return { endpointId: id };
  const known = eventCatalogue[type];
  const hidden = resellerId && providerGroups.includes(type.split('.')[0] as EventGroup);
  if (!known || hidden)
    throw new ServiceError('bad_input', '/type: choose one that GET /event-types lists, or webhook.test', '/type');
  return sampleOf(known);
}
