import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { findEndpoint, requireActive } from './find.ts';
import { countEvents, eventsOfRange, REPLAY_MOST, replayRange } from './replay-range.ts';

/**
 * Sends the events of a range again, in their order, with their own webhook-ids; how far it is, `webhooks.replays`
 * tells. `count` is what the preview said: if
 * it is another number by now, nothing is sent. @throws not_found, conflict (count, switched off), bad_input
 */
export const replayEvents = verb({
  procedure: 'webhooks.replay',
  permission: 'webhooks:manage',
  mode: 'write',
  input: replayRange.extend({ count: z.int().min(1, 'there is nothing to send').max(REPLAY_MOST) }),
  run: async (ctx, { count, ...range }) => {
    const { em, now } = ctx;
    const endpoint = await findEndpoint(ctx, range.endpointId, true);
    requireActive(endpoint);
    const events = eventsOfRange(ctx, endpoint, range);
    const found = await countEvents(ctx, events);
    if (found !== count)
      throw new ServiceError(
        'conflict',
        `This range holds ${found} events by now, not ${count}. Look at it again first.`,
      );
    const replayId = newId('rpl');
    await em.execute(
      `insert into webhook_replay (id, endpoint_id, range_from, range_to, missed_only, count, created_at)
       values (?, ?, ?, ?, ?, ?, ?)`,
      [replayId, endpoint.id, range.from, range.to, range.missedOnly, count, now],
    );
    await em.execute(
      `insert into webhook_delivery (id, endpoint_id, event_id, event_type, object_key, origin, state, next_at, created_at)
       select 'whd_' || replace(gen_random_uuid()::text, '-', ''), ?, o.id, o.type, ?, 'replay', 'waiting', ?, ?
         from ${events.sql} order by o.position`,
      [endpoint.id, `replay:${replayId}`, now, now, ...events.values],
    );
    record(ctx, {
      action: 'webhook_endpoint.replayed',
      subject: { type: 'webhook_endpoint', id: endpoint.id },
      resellerId: endpoint.resellerId ?? null,
      after: { from: range.from, to: range.to, missedOnly: range.missedOnly, count },
    });
    await em.flush();
    return { count, replayId };
  },
});
