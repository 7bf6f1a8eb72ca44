import { z } from 'zod';
import { countEntities, cursorPage, momentOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { Reseller } from '../reseller/entity.ts';
import { ProfileChange } from './entity.ts';
import { changeRow } from './load.ts';

/** Changes of checked company data, the oldest first: what waits, or what was decided. */
export const listProfileChanges = verb({
  procedure: 'profileChanges.list',
  permission: 'resellers:read',
  mode: 'read',
  input: z.object({
    status: z.enum(['pending', 'approved', 'rejected', 'withdrawn']).default('pending'),
    resellerId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em }, { status, resellerId, cursor, limit }) => {
    const filters: object[] = [{ status }, ...(resellerId === undefined ? [] : [{ resellerId }])];
    const total = await countEntities(em, ProfileChange, { $and: filters });
    const after = readCursor(cursor);
    if (after) {
      const askedAt = momentOf(after);
      filters.push({ $or: [{ askedAt: { $gt: askedAt } }, { askedAt, id: { $gt: after.id } }] });
    }
    const found = await em.find(
      ProfileChange,
      { $and: filters },
      { orderBy: { askedAt: 'asc', id: 'asc' }, limit: limit + 1 },
    );
    const resellers = await em.find(Reseller, { id: { $in: found.map((change) => change.resellerId) } });
    const names = new Map(resellers.map(({ id, company }) => [id, company]));
    return cursorPage(
      found.map((change) => ({ ...changeRow(change), company: names.get(change.resellerId) ?? '' })),
      limit,
      total,
      (row) => ({ key: row.askedAt, id: row.id }),
    );
  },
});
