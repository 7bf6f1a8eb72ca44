import { z } from 'zod';
import { writeTable } from '../../csv-file.ts';
import { verb } from '../../verb.ts';
import { monthsOf, productColumns, resellerColumns, serviceColumns } from './preview-columns.ts';
import { previewFilter, readProducts, readResellers, readServices } from './preview-tables.ts';

/** Rows in one part of a file: it is fetched part by part, so that any number of them is a short call each. */
const PART = 2000;

/**
 * One of the lists of a preview as CSV, by the same filters: changes in basis points, amounts as decimal text, what moving
 * does to a month in a line for each currency. `cursor` fetches the next part, which is appended as it is; null: that was
 * the last. @throws not_found
 */
export const exportPreview = verb({
  procedure: 'prices.exportPreview',
  permission: 'prices:write',
  mode: 'read',
  input: previewFilter.extend({ of: z.enum(['resellers', 'products', 'services']) }),
  run: async (ctx, { of, ...filter }) => {
    const request = { ...filter, limit: PART };
    const first = filter.cursor === undefined;
    if (of === 'resellers') {
      const { rows, cursor } = await readResellers(ctx, request);
      return { cursor, csv: writeTable(resellerColumns, rows.flatMap(monthsOf), { first }) };
    }
    if (of === 'products') {
      const { rows, cursor } = await readProducts(ctx, request);
      return { cursor, csv: writeTable(productColumns, rows, { first }) };
    }
    const { rows, cursor } = await readServices(ctx, request);
    return { cursor, csv: writeTable(serviceColumns, rows, { first }) };
  },
});
