import { z } from 'zod';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { countEntities, cursorPage, momentOf, readCursor } from '../../paging.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { WebhookEndpoint } from './entity.ts';
import { withHealth } from './health.ts';

/** Webhook endpoints with how they fare, newest first: a reseller's own; for an admin all, or those of one owner. */
export const listWebhooks = verb({
  procedure: 'webhooks.list',
  permission: 'webhooks:manage',
  mode: 'read',
  input: z.object({
    /** For an admin: a reseller's id, or null for the provider's own. */
    resellerId: z.string().max(60).nullable().optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { resellerId, cursor, limit }) => {
    const where: FilterQuery<WebhookEndpoint>[] = [ownRows(ctx)];
    if (resellerId !== undefined) where.push({ resellerId });
    const total = await countEntities(ctx.em, WebhookEndpoint, { $and: where });
    const after = readCursor(cursor);
    if (after) {
      const createdAt = momentOf(after);
      where.push({ $or: [{ createdAt: { $lt: createdAt } }, { createdAt, id: { $lt: after.id } }] });
    }
    const found = await ctx.em.find(
      WebhookEndpoint,
      { $and: where },
      { orderBy: { createdAt: 'desc', id: 'desc' }, limit: limit + 1 },
    );
    return cursorPage(await withHealth(ctx, found), limit, total, ({ createdAt, id }) => ({ key: createdAt, id }));
  },
});
