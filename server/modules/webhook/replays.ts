import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { cursorPage, momentOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { findEndpoint } from './find.ts';
import { moment } from './row.ts';

/** A replay as its owner follows it. */
export interface ReplayRow {
  id: string;
  /** The range, UTC. */
  from: string;
  to: string;
  missedOnly: boolean;
  /** Events of the range, when it was asked for. */
  count: number;
  /** Those that are still to be sent, or to be tried again. */
  waiting: number;
  createdAt: string;
  /** When it was stopped, or its endpoint switched off. */
  stoppedAt: string | null;
  /** How many were not sent because of that. */
  leftOut: number | null;
}

interface Columns {
  id: string;
  range_from: string | Date;
  range_to: string | Date;
  missed_only: boolean;
  count: number;
  waiting: number;
  created_at: string | Date;
  stopped_at: string | Date | null;
  left_out: number | null;
}

/** Replays of an endpoint by a condition on r, newest first. */
export async function readReplays(
  { em }: ServiceContext,
  where: string,
  values: unknown[],
  limit: number,
): Promise<ReplayRow[]> {
  const rows = await em.execute<Columns[]>(
    `select r.*, (select count(*)::int from webhook_delivery d where d.endpoint_id = r.endpoint_id
                     and d.object_key = 'replay:' || r.id and d.state = 'waiting') as waiting
       from webhook_replay r where ${where} order by r.created_at desc, r.id desc limit ?`,
    [...values, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    from: moment(row.range_from),
    to: moment(row.range_to),
    missedOnly: row.missed_only,
    count: row.count,
    waiting: row.waiting,
    createdAt: moment(row.created_at),
    stoppedAt: moment(row.stopped_at),
    leftOut: row.left_out,
  }));
}

/** Replays of an endpoint, the newest first, each with how far it is: they go on when nobody looks. @throws not_found */
export const listReplays = verb({
  procedure: 'webhooks.replays',
  permission: 'webhooks:manage',
  mode: 'read',
  input: z.object({
    endpointId: z.string().max(60),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { endpointId, cursor, limit }) => {
    await findEndpoint(ctx, endpointId);
    const [count] = await ctx.em.execute<{ total: number }[]>(
      'select count(*)::int as total from webhook_replay where endpoint_id = ?',
      [endpointId],
    );
    const after = readCursor(cursor);
    const found = await readReplays(
      ctx,
      `r.endpoint_id = ? ${after ? 'and (r.created_at, r.id) < (?::timestamptz, ?)' : ''}`,
      [endpointId, ...(after ? [momentOf(after), after.id] : [])],
      limit + 1,
    );
    return cursorPage(found, limit, count!.total, ({ createdAt, id }) => ({ key: createdAt, id }));
  },
});
