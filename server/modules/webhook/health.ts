import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceContext } from '../../context.ts';
import type { WebhookEndpoint } from './entity.ts';
import { endpointRow } from './row.ts';

/** Deliveries of an endpoint that are looked at, the newest first: replays make thousands at once. */
const NEWEST = 250;
const DAY_MS = 86_400_000;

/** How an endpoint fared in the last 24 hours, of its newest 250 deliveries. */
export interface EndpointHealth {
  /** Deliveries that were tried. */
  tried: number;
  /** Those of them that arrived. */
  arrived: number;
  /** 95 of 100 attempts took at most so many milliseconds; null without any. Of each delivery the last one counts. */
  p95Milliseconds: number | null;
  /** When the last attempt of all began, also earlier, UTC. */
  lastAt: string | null;
}

/** Endpoints as their owner sees them, with how they fare: one statement for all of them. */
export async function withHealth({ em, now }: ServiceContext, endpoints: readonly WebhookEndpoint[]) {
  const healthOf = await readHealth(
    em,
    endpoints.map(({ id }) => id),
    now,
  );
  return endpoints.map((endpoint) => ({ ...endpointRow(endpoint, now), health: healthOf.get(endpoint.id)! }));
}

async function readHealth(em: EntityManager, ids: string[], now: Date): Promise<Map<string, EndpointHealth>> {
  const rows = await em.execute<
    { id: string; tried: number; arrived: number; p95: number | null; last_at: string | Date | null }[]
  >(
    `select e.id, h.* from unnest(?::text[]) e (id) cross join lateral (
       select count(*) filter (where recent and attempts > 0)::int as tried,
              count(*) filter (where recent and state = 'delivered')::int as arrived,
              percentile_disc(0.95) within group (order by last_milliseconds) filter (where recent) as p95,
              max(coalesce(last_at, finished_at)) as last_at
         from (select d.*, d.created_at >= ? as recent from webhook_delivery d
                where d.endpoint_id = e.id order by d.position desc limit ${NEWEST}) newest
     ) h`,
    [`{${ids.join(',')}}`, new Date(now.getTime() - DAY_MS)],
  );
  return new Map(
    rows.map(({ id, tried, arrived, p95, last_at: lastAt }) => [
      id,
      { tried, arrived, p95Milliseconds: p95, lastAt: lastAt === null ? null : new Date(lastAt).toISOString() },
    ]),
  );
}
