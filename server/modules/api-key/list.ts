import { z } from 'zod';
import { countRows, cursorPage, readCursor } from '../../paging.ts';
import { Conditions } from '../../platform/database/conditions.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { ApiKey } from './entity.ts';
import { keyRow } from './row.ts';

/** Keys, newest first: a reseller's own, for an admin all, those of one reseller, or the provider's own. */
export const listKeys = verb({
  procedure: 'keys.list',
  permission: 'keys:manage',
  mode: 'read',
  input: z.object({
    /** For an admin: keys of this reseller; null = the provider's own. */
    resellerId: z.string().max(60).nullable().optional(),
    /** usable: neither revoked nor run out. */
    view: z.enum(['usable', 'all']).default('all'),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, input) => {
    const { em, now } = ctx;
    const wanted = ownRows(ctx).resellerId ?? input.resellerId;
    const conditions = new Conditions();
    if (wanted === null) conditions.add('k.reseller_id is null');
    else conditions.add('k.reseller_id = ?', wanted);
    if (input.view === 'usable')
      conditions.add('k.revoked_at is null and (k.expires_at is null or k.expires_at > ?)', now);
    const count = await countRows(em, `api_key k where ${conditions.text}`, conditions.values);
    const after = readCursor(input.cursor);
    if (after) conditions.add('(k.created_at, k.id) < (?::timestamptz, ?)', after.key, after.id);
    const found = await em.execute<{ id: string; key: string }[]>(
      `select k.id, k.created_at::text as key from api_key k where ${conditions.text}
        order by k.created_at desc, k.id desc limit ?`,
      [...conditions.values, input.limit + 1],
    );
    const page = cursorPage(found, input.limit, count.total, ({ key, id }) => ({ key, id }));
    const keys = await em.find(ApiKey, { id: { $in: page.rows.map(({ id }) => id) } });
    const byId = new Map(keys.map((key) => [key.id, keyRow(key, now)]));
    return { ...page, rows: page.rows.flatMap(({ id }) => byId.get(id) ?? []), totalIsExact: count.totalIsExact };
  },
});
