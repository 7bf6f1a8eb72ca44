import { z } from 'zod';
import { countRows, cursorPage } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { daysOf, FIGURES, figureValues } from './figures.ts';
import { customerConditions, customerFilter, figureCondition } from './filter.ts';
import { customerSort, findCustomerRows } from './find-rows.ts';

/**
 * Customers of the acting reseller (for an admin: of all) with services, orders, revenue, growth and what is unpaid.
 * Sorting by figures, and the views that choose by them, need one reseller.
 */
export const listCustomers = verb({
  procedure: 'customers.list',
  permission: 'customers:read',
  mode: 'read',
  input: customerFilter.extend({
    sort: customerSort.default('name'),
    cursor: z.string().max(600).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { sort, cursor, limit, ...filter }) => {
    const { em, now } = ctx;
    const days = await daysOf(em, now, filter.days);
    const found = await findCustomerRows(ctx, filter, { sort, cursor, limit, days });
    const { resellerId, conditions } = customerConditions(ctx, filter);
    const byFigures = figureCondition(filter, resellerId);
    const count =
      byFigures === null
        ? await countRows(em, `customer c where ${conditions.text}`, conditions.values)
        : await countRows(
            em,
            `(with c as materialized (select c.* from customer c where ${conditions.text})
              select 1 from c ${FIGURES} where ${byFigures}) counted_by_figures`,
            [...conditions.values, ...figureValues(days)],
          );
    const page = cursorPage(found, limit, count.total, ({ sortKey, row }) => ({ key: sortKey, id: row.id }));
    return { ...page, rows: page.rows.map(({ row }) => row), totalIsExact: count.totalIsExact };
  },
});
