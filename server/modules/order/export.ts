import { z } from 'zod';
import { writeCsvPart } from '../../csv-file.ts';
import { cursorPage } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { orderFilter } from './filter.ts';
import { findOrderRows, orderSort } from './find-rows.ts';

/** Rows in one part: a file is fetched part by part. */
const PART = 2000;

const COLUMNS = [
  'number',
  'id',
  'placed_at',
  'reseller',
  'customer',
  'product',
  'lines',
  'currency',
  'wholesale_total',
  'retail_total',
  'tax',
  'status',
  'invoice',
  'invoice_status',
  'via',
  'host_order',
  'timezone',
] as const;

/** The orders of a filter as CSV. `cursor` fetches the next part, which is appended as it is; null: that was the last. */
export const exportOrders = verb({
  procedure: 'orders.export',
  permission: 'orders:read',
  mode: 'read',
  input: orderFilter.extend({ sort: orderSort.default('-placedAt'), cursor: z.string().max(400).optional() }),
  run: async (ctx, { sort, cursor, ...filter }) => {
    const found = await findOrderRows(ctx, filter, { sort, cursor, limit: PART });
    const page = cursorPage(found, PART, 0, ({ sortKey, row }) => ({ key: sortKey, id: row.id }));
    const rows = page.rows.map(({ row }) => ({
      number: row.number,
      id: row.id,
      placed_at: row.placedAt,
      reseller: row.reseller,
      customer: row.customer?.name ?? null,
      product: row.title,
      lines: row.lines,
      currency: row.currency,
      wholesale_total: row.total,
      retail_total: row.retailTotal,
      tax: row.taxMode,
      status: row.status,
      invoice: row.invoice?.number ?? null,
      invoice_status: row.invoice?.status ?? null,
      via: row.via,
      host_order: row.hostOrderId,
      timezone: 'UTC',
    }));
    return {
      fileName: `orders-${ctx.now.toISOString().slice(0, 10)}.csv`,
      csv: writeCsvPart(COLUMNS, rows, { first: cursor === undefined }),
      rows: rows.length,
      cursor: page.cursor,
    };
  },
});
