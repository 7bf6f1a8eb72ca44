import type { FilterQuery } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { cursorPage, likePattern, readCursor } from '../../paging.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { Order } from './entity.ts';
import { orderRows } from './row.ts';
import { orderStatus } from './schemas.ts';

/** Orders of the acting reseller (for an admin: of all), newest first, with cursor paging. */
export const listOrders = verb({
  procedure: 'orders.list',
  permission: 'orders:read',
  mode: 'read',
  input: z.object({
    search: z.string().trim().max(100).optional(),
    status: orderStatus.optional(),
    customerId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const filters: FilterQuery<Order>[] = [ownRows(ctx)];
    if (input.status) filters.push({ status: input.status });
    if (input.customerId) filters.push({ customerId: input.customerId });
    if (input.search) filters.push(await found(em, input.search));
    const total = await em.count(Order, { $and: filters });
    const after = readCursor(input.cursor);
    if (after) {
      const placedAt = new Date(after.key);
      filters.push({ $or: [{ placedAt: { $lt: placedAt } }, { placedAt, id: { $lt: after.id } }] });
    }
    const rows = await orderRows(em, { $and: filters }, { limit: input.limit + 1 });
    return cursorPage(rows, input.limit, total, ({ placedAt, id }) => ({ key: placedAt, id }));
  },
});

/** By order number, id, host order or invoice, customer, or product title. */
async function found(em: Parameters<typeof listOrders>[0]['em'], search: string): Promise<FilterQuery<Order>> {
  const rows = await em.execute<{ id: string }[]>(
    `select o.id from reseller_order o left join customer c on c.id = o.customer_id
      where o.id = ? or o.number::text = ? or o.host_order_id = ? or o.host_invoice_id = ?
         or c.name ilike ? or c.company ilike ? or o.lines->0->>'title' ilike ? limit 1000`,
    [search, search, search, search, likePattern(search), likePattern(search), likePattern(search)],
  );
  return { id: { $in: rows.map(({ id }) => id) } };
}
