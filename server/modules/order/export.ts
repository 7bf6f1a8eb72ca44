import { z } from 'zod';
import { writeTable, type CsvColumns } from '../../csv-file.ts';
import { cursorPage } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { orderFilter } from './filter.ts';
import { findOrderRows, orderSort } from './find-rows.ts';

/** Rows in one part: a file is fetched part by part. */
const PART = 2000;

const COLUMNS: CsvColumns<Awaited<ReturnType<typeof findOrderRows>>[number]['row']> = {
  number: (row) => row.number,
  id: (row) => row.id,
  placed_at: (row) => row.placedAt,
  reseller: (row) => row.reseller,
  customer: (row) => row.customer?.name ?? null,
  product: (row) => row.title,
  lines: (row) => row.lines,
  currency: (row) => row.currency,
  wholesale_total: (row) => row.total,
  retail_total: (row) => row.retailTotal,
  tax: (row) => row.taxMode,
  status: (row) => row.status,
  invoice: (row) => row.invoice?.number ?? null,
  invoice_status: (row) => row.invoice?.status ?? null,
  via: (row) => row.via,
  host_order: (row) => row.hostOrderId,
  timezone: () => 'UTC',
};

/** The orders of a filter as CSV. `cursor` fetches the next part, which is appended as it is; null: that was the last. */
export const exportOrders = verb({
  procedure: 'orders.export',
  permission: 'orders:read',
  mode: 'read',
  input: orderFilter.extend({ sort: orderSort.default('-placedAt'), cursor: z.string().max(400).optional() }),
  run: async (ctx, { sort, cursor, ...filter }) => {
    const found = await findOrderRows(ctx, filter, { sort, cursor, limit: PART });
    const page = cursorPage(found, PART, 0, ({ sortKey, row }) => ({ key: sortKey, id: row.id }));
    const rows = page.rows.map(({ row }) => row);
    return {
      fileName: `orders-${ctx.now.toISOString().slice(0, 10)}.csv`,
      csv: writeTable(COLUMNS, rows, { first: cursor === undefined }),
      rows: rows.length,
      cursor: page.cursor,
    };
  },
});
