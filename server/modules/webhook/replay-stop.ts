import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { findEndpoint } from './find.ts';
import { readReplays } from './replays.ts';

const unknown = () => new ServiceError('not_found', 'There is no replay with this id.');

/**
 * Stops a replay: what of it was not sent stays unsent, and is missed as before. One event that is on its way at that
 * moment may still arrive. @throws not_found, conflict (nothing is left of it)
 */
export const stopReplay = verb({
  procedure: 'webhooks.stopReplay',
  permission: 'webhooks:manage',
  mode: 'write',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const [found] = await ctx.em.execute<{ endpoint_id: string }[]>(
      'select endpoint_id from webhook_replay where id = ?',
      [id],
    );
    if (!found) throw unknown();
    const endpoint = await findEndpoint(ctx, found.endpoint_id, true).catch(() => {
      throw unknown();
    });
    const [leftOut] = await stopReplays(ctx.em, ctx.now, 'id = ?', id);
    if (!leftOut) throw new ServiceError('conflict', 'This replay has ended: nothing of it is left to send.');
    record(ctx, {
      action: 'webhook_endpoint.replay_stopped',
      subject: { type: 'webhook_endpoint', id: endpoint.id },
      resellerId: endpoint.resellerId ?? null,
      after: { replayId: id, leftOut },
    });
    await ctx.em.flush();
    const [row] = await readReplays(ctx, 'r.id = ?', [id], 1);
    return row!;
  },
});

/** Ends what still waits of the replays that a condition names. Answers how many events of each were left out. */
export async function stopReplays(em: EntityManager, now: Date, where: string, value: string): Promise<number[]> {
  const rows = await em.execute<{ left_out: number }[]>(
    `with stopped as (
       update webhook_delivery d set state = 'stopped', finished_at = ?, lease_until = null from webhook_replay r
        where r.${where} and d.endpoint_id = r.endpoint_id and d.object_key = 'replay:' || r.id and d.state = 'waiting'
       returning r.id
     ), counted as (select id, count(*)::int as n from stopped group by id)
     update webhook_replay r set stopped_at = ?, left_out = c.n from counted c where r.id = c.id returning r.left_out`,
    [now, value, now],
  );
  return rows.map(({ left_out: leftOut }) => leftOut);
}
