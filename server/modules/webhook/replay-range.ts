import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { eventGroups, providerGroups } from '../outbox/event-types.ts';
import type { WebhookEndpoint } from './entity.ts';

/** Most events of one replay: a range with more is split by its owner. */
export const REPLAY_MOST = 10_000;

export const replayRange = z.object({
  endpointId: z.string().max(60),
  /** From this moment on, UTC. */
  from: z.iso.datetime(),
  /** Before this moment, UTC; the present at the latest, so that the count holds. */
  to: z.iso.datetime(),
  /** True leaves out what was delivered to this endpoint before. */
  missedOnly: z.boolean().default(true),
});
export type ReplayRange = z.output<typeof replayRange>;

/** SQL from "outbox o" on, with its values: the events of a range that the endpoint chose and may see. @throws bad_input */
export function eventsOfRange(
  { now }: ServiceContext,
  endpoint: WebhookEndpoint,
  { from, to, missedOnly }: ReplayRange,
): { sql: string; values: unknown[] } {
  if (new Date(from) >= new Date(to)) throw new ServiceError('bad_input', '/to: choose a moment after "from"', '/to');
  if (new Date(to) > now) throw new ServiceError('bad_input', '/to: choose a moment that has passed', '/to');
  const resellerId = endpoint.resellerId ?? null;
  const groups = eventGroups.filter((group) => resellerId === null || !providerGroups.includes(group));
  const missed = `and not exists (select from webhook_delivery d where d.endpoint_id = ? and d.event_id = o.id
                     and d.state in ('delivered', 'waiting'))`;
  return {
    sql: `outbox o where o.position is not null and o.created_at >= ? and o.created_at < ?
            and split_part(o.type, '.', 1) = any(?::text[])
            and ?::text[] && array['*', split_part(o.type, '.', 1) || '.*', o.type]
            ${resellerId === null ? '' : 'and o.reseller_id = ?'} ${missedOnly ? missed : ''}`,
    values: [
      new Date(from),
      new Date(to),
      `{${groups.join(',')}}`,
      `{${endpoint.events.join(',')}}`,
      ...(resellerId === null ? [] : [resellerId]),
      ...(missedOnly ? [endpoint.id] : []),
    ],
  };
}

/** How many events a range holds, counted to one more than may be replayed. */
export async function countEvents({ em }: ServiceContext, range: { sql: string; values: unknown[] }): Promise<number> {
  const [row] = await em.execute<{ n: number }[]>(
    `select count(*)::int as n from (select 1 from ${range.sql} limit ${REPLAY_MOST + 1}) counted`,
    range.values,
  );
  return row?.n ?? 0;
}
