import { z } from 'zod';
import { countRows, cursorPage } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { orderConditions, orderFilter } from './filter.ts';
import { findOrderRows, orderSort } from './find-rows.ts';

/** Orders of the acting reseller (for an admin: of all), newest first unless said otherwise, with cursor paging. */
export const listOrders = verb({
  procedure: 'orders.list',
  permission: 'orders:read',
  mode: 'read',
  input: orderFilter.extend({
    sort: orderSort.default('-placedAt'),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { sort, cursor, limit, ...filter }) => {
    const { conditions } = orderConditions(ctx, filter);
    const found = await findOrderRows(ctx, filter, { sort, cursor, limit });
    const count = await countRows(ctx.em, `reseller_order o where ${conditions.text}`, conditions.values);
    const page = cursorPage(found, limit, count.total, ({ sortKey, row }) => ({ key: sortKey, id: row.id }));
    return { ...page, rows: page.rows.map(({ row }) => row), totalIsExact: count.totalIsExact };
  },
});
