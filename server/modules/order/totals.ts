import { requireOneReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { orderConditions, orderFilter } from './filter.ts';
import type { OrderStatus } from './schemas.ts';

/**
 * What the orders of a filter come to: how many of each status, and the wholesale total due at ordering by currency and
 * status, never two currencies in one sum. For one reseller. @throws bad_input without one
 */
export const totalOrders = verb({
  procedure: 'orders.totals',
  permission: 'orders:read',
  mode: 'read',
  input: orderFilter,
  run: async (ctx, filter) => {
    const { resellerId, conditions } = orderConditions(ctx, filter);
    requireOneReseller(resellerId);
    const rows = await ctx.em.execute<{ status: OrderStatus; currency: string; orders: number; amount: string }[]>(
      `select o.status, o.currency, count(*)::int as orders, sum(o.due_now::numeric)::text as amount
         from reseller_order o where ${conditions.text} group by 1, 2 order by 2, 1`,
      conditions.values,
    );
    const counts: Partial<Record<OrderStatus, number>> = {};
    for (const { status, orders } of rows) counts[status] = (counts[status] ?? 0) + orders;
    return { counts, totals: rows };
  },
});
