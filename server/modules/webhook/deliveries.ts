import { z } from 'zod';
import { countRows, cursorPage, readCursor } from '../../paging.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { findEndpoint } from './find.ts';
import { type DeliveryRow, deliveryRow, deliveryStates } from './row.ts';

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
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { endpointId, state, type, eventId, cursor, limit }) => {
    await findEndpoint(ctx, endpointId);
    const filters = {
      'endpoint_id = ?': endpointId,
      'state = ?': state,
      'event_type = ?': type,
      'event_id = ?': eventId,
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
