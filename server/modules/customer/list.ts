import { z } from 'zod';
import { cursorPage, likePattern, readCursor } from '../../paging.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { Customer } from './entity.ts';
import { customerRow } from './row.ts';

/** Customers of the acting reseller (for an admin: of all), by name, with cursor paging. */
export const listCustomers = verb({
  procedure: 'customers.list',
  permission: 'customers:read',
  mode: 'read',
  input: z.object({
    search: z.string().max(100).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, input) => {
    const filters: object[] = [ownRows(ctx)];
    if (input.search) {
      const pattern = likePattern(input.search);
      filters.push({
        $or: ['name', 'company', 'email', 'externalReference'].map((field) => ({ [field]: { $ilike: pattern } })),
      });
    }
    const total = await ctx.em.count(Customer, { $and: filters });
    const after = readCursor(input.cursor);
    if (after) filters.push({ $or: [{ name: { $gt: after.key } }, { name: after.key, id: { $gt: after.id } }] });
    const found = await ctx.em.find(
      Customer,
      { $and: filters },
      { orderBy: { name: 'asc', id: 'asc' }, limit: input.limit + 1 },
    );
    const orders = await countOrders(
      ctx.em,
      found.map(({ id }) => id),
    );
    return cursorPage(
      found.map((customer) => customerRow(customer, orders.get(customer.id) ?? 0)),
      input.limit,
      total,
      (row) => ({ key: row.name, id: row.id }),
    );
  },
});

async function countOrders(em: Parameters<typeof listCustomers>[0]['em'], ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await em.execute<{ customer_id: string; n: number }[]>(
    'select customer_id, count(*)::int as n from reseller_order where customer_id in (?) group by customer_id',
    [ids],
  );
  return new Map(rows.map((row) => [row.customer_id, row.n]));
}
