import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';
import { cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { ServiceError } from '../../errors.ts';
import { eventBody } from './event-body.ts';
import { type EventGroup, eventGroups, providerGroups } from './event-types.ts';

interface Row {
  id: string;
  type: string;
  position: string;
  reseller_id: string | null;
  payload: Record<string, unknown>;
  created_at: string | Date;
}

/** Receivers that pull ask over and over: the statement is planned once for each connection. */
const statement = (name: string, whose: string) =>
  prepared(
    name,
    `select id, type, position::text, reseller_id, payload, created_at from outbox
      where position > ?::bigint and split_part(type, '.', 1) = any(?::text[]) ${whose} order by outbox.position limit ?`,
  );
const OWN = statement('events-own', 'and reseller_id = ?');
const ALL = statement('events-all', '');

/**
 * Events in the order in which webhooks get them, for receivers that pull. The cursor of the last page may be kept and
 * used again at any time: what came since stands behind it, and nothing is skipped. A reseller sees its own events only.
 */
export const listEvents = verb({
  procedure: 'events.list',
  permission: 'webhooks:manage',
  mode: 'read',
  input: z.object({
    groups: z.array(z.enum(eventGroups)).max(eventGroups.length).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em, actor, livemode }, { groups, cursor, limit }) => {
    const resellerId = tenantOf(actor);
    const after = readCursor(cursor)?.key ?? '0';
    if (!/^\d{1,18}$/.test(after))
      throw new ServiceError('bad_input', 'This cursor is unknown. Start again without one.', '/cursor');
    const asked: readonly EventGroup[] = groups ?? eventGroups;
    const seen = asked.filter((group) => resellerId === null || !providerGroups.includes(group));
    const found = await executePrepared<Row>(em, resellerId === null ? ALL : OWN, [
      after,
      seen,
      ...(resellerId === null ? [] : [resellerId]),
      limit + 1,
    ]);
    const { rows } = cursorPage(found, limit, 0, ({ position, id }) => ({ key: position, id }));
    const last = rows.at(-1);
    const next = last && Buffer.from(JSON.stringify({ key: last.position, id: last.id })).toString('base64url');
    return {
      rows: rows.map((row) =>
        eventBody({
          ...row,
          position: Number(row.position),
          resellerId: row.reseller_id,
          createdAt: new Date(row.created_at),
          livemode,
        }),
      ),
      more: found.length > limit,
      cursor: next ?? cursor ?? null,
    };
  },
});
