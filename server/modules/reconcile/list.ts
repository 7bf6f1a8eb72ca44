import type { FilterQuery } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { countEntities, cursorPage, momentOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { Difference } from './entity.ts';
import { differenceRow } from './row.ts';

/** Open differences, newest first, with cursor paging; of one reseller where it is named. */
export const listDifferences = verb({
  procedure: 'reconcile.list',
  permission: 'problems:read',
  mode: 'read',
  input: z.object({
    resellerId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  run: async ({ em }, { resellerId, cursor, limit }) => {
    const where: FilterQuery<Difference>[] = [{ status: 'open' }, resellerId === undefined ? {} : { resellerId }];
    const total = await countEntities(em, Difference, { $and: where });
    const after = readCursor(cursor);
    if (after) {
      const foundAt = momentOf(after);
      where.push({ $or: [{ foundAt: { $lt: foundAt } }, { foundAt, id: { $lt: after.id } }] });
    }
    const found = await em.find(
      Difference,
      { $and: where },
      { orderBy: { foundAt: 'desc', id: 'desc' }, limit: limit + 1 },
    );
    const page = cursorPage(found, limit, total, ({ foundAt, id }) => ({ key: foundAt.toISOString(), id }));
    return { ...page, rows: page.rows.map(differenceRow) };
  },
});
