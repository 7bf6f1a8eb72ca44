import { z } from 'zod';
import { countEntities, cursorPage, momentOf, readCursor } from '../../paging.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { TierDecision } from './decision-entity.ts';

/**
 * Decisions about tiers with what they were made from, newest first. A reseller sees its own, without the provider's
 * notes and without who decided.
 */
export const listTierDecisions = verb({
  procedure: 'tiers.decisions',
  permission: 'tiers:read',
  mode: 'read',
  input: z.object({
    resellerId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { resellerId, cursor, limit }) => {
    const own = ownRows(ctx);
    const filters: object[] = [own, ...(resellerId === undefined ? [] : [{ resellerId }])];
    const total = await countEntities(ctx.em, TierDecision, { $and: filters });
    const after = readCursor(cursor);
    if (after) {
      const at = momentOf(after);
      filters.push({ $or: [{ at: { $lt: at } }, { at, id: { $lt: after.id } }] });
    }
    const found = await ctx.em.find(
      TierDecision,
      { $and: filters },
      { orderBy: { at: 'desc', id: 'desc' }, limit: limit + 1 },
    );
    const isAdmin = own.resellerId === undefined;
    const rows = found.map(({ id, at, cause, outcome, fromTier, toTier, inputs, note, actor, ...row }) => ({
      id,
      resellerId: row.resellerId,
      at: at.toISOString(),
      cause,
      outcome,
      fromTier,
      toTier,
      inputs,
      ...(isAdmin ? { note: note ?? null, actor } : {}),
    }));
    return cursorPage(rows, limit, total, (row) => ({ key: row.at, id: row.id }));
  },
});
