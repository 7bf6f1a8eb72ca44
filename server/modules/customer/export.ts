import { z } from 'zod';
import { writeCsvPart } from '../../csv-file.ts';
import { cursorPage } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { daysOf } from './figures.ts';
import { customerFilter } from './filter.ts';
import { customerSort, findCustomerRows } from './find-rows.ts';
import { exportOnlyColumns, importColumns } from './import-rows.ts';

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
    const rows = page.rows.map(({ row, note }) => ({
      name: row.name,
      company: row.company,
      email: row.email,
      external_reference: row.externalReference,
      phone: row.phone,
      country: row.country,
      language: row.language,
      note,
      id: row.id,
      status: row.status,
      since: row.createdAt,
      running_services: row.services.running,
      services: row.services.all,
      orders: row.orders,
      revenue: inWords(row.revenue),
      outstanding: inWords(row.outstanding),
    }));
    return {
      fileName: `customers-${days.today}.csv`,
      csv: writeCsvPart([...importColumns, ...exportOnlyColumns], rows, { first: cursor === undefined }),
      rows: rows.length,
      cursor: page.cursor,
    };
  },
});

/** Amounts in one cell: never two currencies in one sum. */
function inWords(amounts: { currency: string; amount: string }[]): string {
  return amounts.map(({ currency, amount }) => `${currency} ${amount}`).join('; ');
}
