import type { FilterQuery } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { countEntities, cursorPage, momentOf, readCursor } from '../../paging.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { deliveryStates, Notice } from './entity.ts';
import { noticeKindNames } from './kinds.ts';
import { noticeRow } from './row.ts';

/** Notices, newest first, with cursor paging: a reseller's own inbox, for an admin all with how delivery went. */
export const listNotices = verb({
  procedure: 'notices.list',
  permission: 'profile:read',
  mode: 'read',
  input: z.object({
    kind: z.enum(noticeKindNames).optional(),
    state: z.enum([...deliveryStates, 'read', 'unread']).optional(),
    resellerId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { kind, state, resellerId, cursor, limit }) => {
    const { em } = ctx;
    const where: FilterQuery<Notice>[] = [ownRows(ctx)];
    if (resellerId) where.push({ resellerId });
    if (kind) where.push({ kind });
    if (state === 'read') where.push({ readAt: { $ne: null } });
    else if (state === 'unread') where.push({ readAt: null });
    else if (state) where.push({ state, readAt: null });
    const total = await countEntities(em, Notice, { $and: where });
    const unread = await countEntities(em, Notice, { ...ownRows(ctx), readAt: null });
    const after = readCursor(cursor);
    if (after) {
      const createdAt = momentOf(after);
      where.push({ $or: [{ createdAt: { $lt: createdAt } }, { createdAt, id: { $lt: after.id } }] });
    }
    const found = await em.find(
      Notice,
      { $and: where },
      { orderBy: { createdAt: 'desc', id: 'desc' }, limit: limit + 1 },
    );
    const page = cursorPage(
      found.map((notice) => noticeRow(ctx, notice)),
      limit,
      total,
      ({ createdAt, id }) => ({ key: createdAt, id }),
    );
    return { ...page, unread };
  },
});
