import { z } from 'zod';
import { countRows, cursorPage } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { serviceConditions, serviceFilter } from './filter.ts';
import { findServiceRows, serviceSort } from './find-rows.ts';

/** Services of the acting reseller (for an admin: of all), those due next first, with lock, retail and wholesale. */
export const listServices = verb({
  procedure: 'services.list',
  permission: 'services:read',
  mode: 'read',
  input: serviceFilter.extend({
    sort: serviceSort.default('nextDue'),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { sort, cursor, limit, ...filter }) => {
    const { conditions } = await serviceConditions(ctx, filter);
    const found = await findServiceRows(ctx, filter, { sort, cursor, limit });
    const count = await countRows(ctx.em, `service s where ${conditions.text}`, conditions.values);
    const page = cursorPage(found, limit, count.total, ({ sortKey, row }) => ({ key: sortKey, id: row.id }));
    return { ...page, rows: page.rows.map(({ row }) => row), totalIsExact: count.totalIsExact };
  },
});
