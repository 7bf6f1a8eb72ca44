import { z } from 'zod';
import { cursorPage, readCursor } from '../../paging.ts';
import { tenantOf } from '../../context.ts';
import { verb } from '../../verb.ts';

interface Found {
  id: string;
  at: string;
  number: number;
  state: 'scheduled' | 'live' | 'replaced' | 'withdrawn';
  effective_at: string;
  told: { linesUp: number; linesDown: number; largestChangeBp: number; services: number; servicesFrom: string | null };
}

/**
 * What happens to a reseller's prices, newest first: coming changes with their dates, and those that were. Neither
 * other resellers nor the provider's reasons are in it.
 */
export const listPriceChanges = verb({
  procedure: 'ownPrices.changes',
  permission: 'prices:read',
  mode: 'read',
  input: z.object({
    /** For an admin: whose changes. */
    resellerId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { cursor, limit, ...input }) => {
    const resellerId = tenantOf(ctx.actor) ?? input.resellerId ?? '';
    const after = readCursor(cursor);
    const found = await ctx.em.execute<Found[]>(
      `select a.id, a.at, v.number, v.state, v.effective_at, a.after as told
         from activity a join price_version v on v.id = a.subject_id
        where a.reseller_id = ? and a.action = 'price_change.announced' ${after ? 'and (a.at, a.id) < (?, ?)' : ''}
        order by a.at desc, a.id desc limit ?`,
      [resellerId, ...(after ? [after.key, after.id] : []), limit + 1],
    );
    const [count] = await ctx.em.execute<{ n: number }[]>(
      "select count(*)::int as n from activity where reseller_id = ? and action = 'price_change.announced'",
      [resellerId],
    );
    const rows = found.map(({ id, at, number, state, effective_at, told }) => ({
      id,
      announcedAt: new Date(at).toISOString(),
      priceVersion: number,
      state,
      effectiveAt: new Date(effective_at).toISOString(),
      linesUp: told.linesUp,
      linesDown: told.linesDown,
      largestChangeBp: told.largestChangeBp,
      services: told.services,
      servicesFrom: told.servicesFrom,
    }));
    return cursorPage(rows, limit, count?.n ?? 0, (row) => ({ key: row.announcedAt, id: row.id }));
  },
});
