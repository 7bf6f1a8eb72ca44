import { z } from 'zod';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Outbox } from '../outbox/entity.ts';
import { findEndpoint, requireActive } from './find.ts';

/** Sends an event of the type webhook.test to this endpoint alone. @throws not_found, conflict (switched off) */
export const testWebhook = verb({
  procedure: 'webhooks.test',
  permission: 'webhooks:manage',
  mode: 'write',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { em, now } = ctx;
    const endpoint = await findEndpoint(ctx, id);
    requireActive(endpoint);
    const event = em.create(Outbox, {
      id: newId('evt'),
      type: 'webhook.test',
      resellerId: endpoint.resellerId ?? null,
      payload: { endpointId: id },
      createdAt: now,
      // It goes to nobody else, and has no place among the events.
      publishedAt: now,
    });
    record(ctx, {
      action: 'webhook_endpoint.tested',
      subject: { type: 'webhook_endpoint', id },
      resellerId: endpoint.resellerId ?? null,
    });
    await em.flush();
    const deliveryId = newId('whd');
    await em.execute(
      `insert into webhook_delivery (id, endpoint_id, event_id, event_type, object_key, origin, state, next_at, created_at)
       values (?, ?, ?, 'webhook.test', ?, 'test', 'waiting', ?, ?)`,
      [deliveryId, id, event.id, event.id, now, now],
    );
    return { deliveryId, eventId: event.id };
  },
});
