import { z } from 'zod';
import { verb } from '../../verb.ts';
import { shiftDay } from '../revenue/period.ts';
import { findEndpoint } from './find.ts';

/** Deliveries that are counted at most, the newest first: more are made by replays alone. */
const MOST = 10_000;

/**
 * How deliveries of an endpoint went, by the day (UTC) on which they were made: how many arrived, how many of these only
 * after another try, how many were given up or stopped, how many wait. Days without any are left out. @throws not_found
 */
export const getWebhookUsage = verb({
  procedure: 'webhooks.usage',
  permission: 'webhooks:manage',
  mode: 'read',
  input: z.object({ id: z.string().max(60), days: z.int().min(1).max(30).default(14) }),
  run: async (ctx, { id, days }) => {
    const endpoint = await findEndpoint(ctx, id);
    const from = shiftDay(ctx.now.toISOString().slice(0, 10), 1 - days);
    const byDay = await ctx.em.execute<
      { day: string; delivered: number; retried: number; failed: number; waiting: number }[]
    >(
      `select (created_at at time zone 'UTC')::date::text as day,
              count(*) filter (where state = 'delivered')::int as delivered,
              count(*) filter (where state = 'delivered' and attempts > 1)::int as retried,
              count(*) filter (where state in ('failed', 'stopped'))::int as failed,
              count(*) filter (where state = 'waiting')::int as waiting
         from (select created_at, state, attempts from webhook_delivery where endpoint_id = ? order by position desc limit ?) newest
        where created_at >= ?::timestamptz group by 1 order by 1`,
      [endpoint.id, MOST, `${from}T00:00:00Z`],
    );
    return { id: endpoint.id, from, byDay };
  },
});
