import { z } from 'zod';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { findDelivery } from './delivery.ts';
import { requireActive } from './find.ts';

/**
 * Sends an event once more to the endpoint of a delivery, as a delivery of its own with the same webhook-id: a receiver
 * that has it already will know. @throws not_found, conflict (switched off)
 */
export const resendDelivery = verb({
  procedure: 'webhooks.resend',
  permission: 'webhooks:manage',
  mode: 'write',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { em, now } = ctx;
    const { row, endpoint } = await findDelivery(ctx, id);
    requireActive(endpoint);
    const deliveryId = newId('whd');
    await em.execute(
      `insert into webhook_delivery (id, endpoint_id, event_id, event_type, object_key, origin, state, next_at, created_at)
       values (?, ?, ?, ?, ?, 'resend', 'waiting', ?, ?)`,
      [deliveryId, endpoint.id, row.event_id, row.event_type, deliveryId, now, now],
    );
    record(ctx, {
      action: 'webhook_endpoint.event_resent',
      subject: { type: 'webhook_endpoint', id: endpoint.id },
      resellerId: endpoint.resellerId ?? null,
      after: { eventId: row.event_id },
    });
    await em.flush();
    return { deliveryId };
  },
});
