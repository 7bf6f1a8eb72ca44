import { z } from 'zod';
import { cursorPage, readCursor } from '../../paging.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { OrderDraft } from './entity.ts';
import { draftRows } from './row.ts';

/** Drafts to go on with, the last touched first. One that was ordered is none any more, unless the host refused it. */
export const listDrafts = verb({
  procedure: 'drafts.list',
  permission: 'orders:write',
  mode: 'read',
  input: z.object({ cursor: z.string().max(400).optional(), limit: z.int().min(1).max(100).default(25) }),
  run: async (ctx, { cursor, limit }) => {
    const { em } = ctx;
    const resellerId = actingReseller(ctx);
    const after = readCursor(cursor);
    const found = await em.execute<{ id: string; key: string; total: number }[]>(
      `select d.id, d.updated_at::text as key, (count(*) over ())::int as total from order_draft d
        where d.reseller_id = ? and not exists (
              select from reseller_order o where o.reseller_id = d.reseller_id
                 and o.idempotency_key = d.idempotency_key and o.status <> 'not_accepted')
          ${after ? 'and (d.updated_at, d.id) < (?::timestamptz, ?)' : ''}
        order by d.updated_at desc, d.id desc limit ?`,
      [resellerId, ...(after ? [after.key, after.id] : []), limit + 1],
    );
    const page = cursorPage(found, limit, found[0]?.total ?? 0, ({ key, id }) => ({ key, id }));
    const drafts = new Map(
      (await em.find(OrderDraft, { id: { $in: page.rows.map(({ id }) => id) } })).map((draft) => [draft.id, draft]),
    );
    return {
      ...page,
      rows: await draftRows(
        em,
        page.rows.flatMap(({ id }) => drafts.get(id) ?? []),
      ),
    };
  },
});
