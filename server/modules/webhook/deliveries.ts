import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { countRows, cursorPage, readCursor } from '../../paging.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import type { WebhookEndpoint } from './entity.ts';
import { findEndpoint } from './find.ts';
import { type DeliveryRow, deliveryRow, deliveryStates } from './row.ts';

/** Whatever stands in the event: ids of other kinds of objects do not look alike. */
const ABOUT = `exists (select from outbox o cross join jsonb_each_text(o.payload) told
                 where o.id = event_id and told.value = any(?::text[]))`;
const quoted = (id: string): string => JSON.stringify(id);

/** An id as it is, and the ids of the owner's orders that have it as their number. */
async function namesOf(
  { em }: ServiceContext,
  { resellerId = null }: Pick<WebhookEndpoint, 'resellerId'>,
  objectId: string,
): Promise<string[]> {
  if (!/^\d{1,18}$/.test(objectId)) return [objectId];
  const orders = await em.execute<{ id: string }[]>(
    'select id from reseller_order where number = ?::bigint and (?::text is null or reseller_id = ?) limit 20',
    [objectId, resellerId, resellerId],
  );
  return [objectId, ...orders.map(({ id }) => id)];
}

/** What was and will be sent to an endpoint, the newest first. @throws not_found */
export const listDeliveries = verb({
  procedure: 'webhooks.deliveries',
  permission: 'webhooks:manage',
  mode: 'read',
  input: z.object({
    endpointId: z.string().max(60),
    state: z.enum(deliveryStates).optional(),
    type: z.string().max(80).optional(),
    eventId: z.string().max(60).optional(),
    /** Class of the last answer; none: nobody answered. */
    code: z.enum(['2xx', '3xx', '4xx', '5xx', 'none']).optional(),
    /** Made from this moment on, and before that one, UTC. */
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
    /** What the event is about: an id that stands in it, or the number of an order. */
    objectId: z.string().trim().min(1).max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { endpointId, state, type, eventId, code, from: since, to: until, objectId, cursor, limit }) => {
    const endpoint = await findEndpoint(ctx, endpointId);
    const filters = {
      'endpoint_id = ?': endpointId,
      'state = ?': state,
      'event_type = ?': type,
      'event_id = ?': eventId,
      'last_status / 100 = ?': code === undefined || code === 'none' ? undefined : Number(code[0]),
      "last_error is not null and coalesce(last_status::text, 'none') = ?": code === 'none' ? code : undefined,
      'created_at >= ?': since && new Date(since),
      'created_at < ?': until && new Date(until),
      [ABOUT]:
        objectId === undefined ? undefined : `{${(await namesOf(ctx, endpoint, objectId)).map(quoted).join(',')}}`,
    };
    const set = Object.entries(filters).filter(([, value]) => value !== undefined);
    const from = `webhook_delivery where ${set.map(([condition]) => condition).join(' and ')}`;
    const values = set.map(([, value]) => value);
    const count = await countRows(ctx.em, from, values);
    const after = readCursor(cursor);
    if (after && !/^\d{1,18}$/.test(after.key))
      throw new ServiceError('bad_input', 'This cursor is unknown. Start again without one.', '/cursor');
    const found = await ctx.em.execute<DeliveryRow[]>(
      `select * from ${from} ${after ? 'and position < ?::bigint' : ''} order by position desc limit ?`,
      [...values, ...(after ? [after.key] : []), limit + 1],
    );
    const page = cursorPage(found, limit, count.total, ({ position, id }) => ({ key: String(position), id }));
    return { ...page, totalIsExact: count.totalIsExact, rows: page.rows.map(deliveryRow) };
  },
});
