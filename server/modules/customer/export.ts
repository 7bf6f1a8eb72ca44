import { z } from 'zod';
import { writeCsv } from '../../csv/write.ts';
import { cursorPage } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { daysOf } from './figures.ts';
import { customerFilter, customerSort, findCustomerRows } from './find-rows.ts';
import { importColumns } from './import-rows.ts';

/** Rows in one part of an export: a file is fetched part by part, so that any number of them is a short call each. */
const PART = 2000;

/**
 * The customers of a filter as CSV, in the columns that an import takes and then their figures. `cursor` fetches the next
 * part, which is appended as it is; null: that was the last.
 */
export const exportCustomers = verb({
  procedure: 'customers.export',
  permission: 'customers:read',
  mode: 'read',
  input: customerFilter.extend({ sort: customerSort.default('name'), cursor: z.string().max(600).optional() }),
  run: async (ctx, { sort, cursor, ...filter }) => {
    const days = await daysOf(ctx.em, ctx.now, filter.days);
    const found = await findCustomerRows(ctx, filter, { sort, cursor, limit: PART, days });
    const page = cursorPage(found, PART, 0, ({ sortKey, row }) => ({ key: sortKey, id: row.id }));
    const columns = [...importColumns, 'id', 'status', 'since', 'running_services', 'services', 'orders', 'revenue'];
    const money = (amounts: { currency: string; amount: string }[]) =>
      amounts.map(({ currency, amount }) => `${currency} ${amount}`).join('; ');
    const rows = page.rows.map(({ row, note }) => [
      row.name,
      row.company,
      row.email,
      row.externalReference,
      row.phone,
      row.country,
      row.language,
      note,
      row.id,
      row.status,
      row.createdAt,
      row.services.running,
      row.services.all,
      row.orders,
      money(row.revenue),
      money(row.outstanding),
    ]);
    return {
      fileName: `customers-${days.today}.csv`,
      csv: writeCsv([...columns, 'outstanding'], rows, { header: cursor === undefined }),
      rows: rows.length,
      cursor: page.cursor,
    };
  },
});
