import { z } from 'zod';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { readSales } from './sales.ts';

/**
 * What the acting reseller's paid orders brought at its own prices and what it kept, of one customer or of all, per
 * currency. Orders with a line without an own price are counted and left out of the sums; so are refunded ones.
 */
export const summariseMargins = verb({
  procedure: 'ownPrices.margins',
  permission: 'prices:read',
  mode: 'read',
  input: z.object({
    customerId: z.string().max(60).optional(),
    /** Moments of placing, UTC: from inclusive, until exclusive. */
    from: z.iso.datetime().optional(),
    until: z.iso.datetime().optional(),
  }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const filters = ['o.reseller_id = ?'];
    const parameters: unknown[] = [actingReseller(ctx)];
    for (const [value, condition] of [
      [input.customerId, 'o.customer_id = ?'],
      [input.from, 'o.placed_at >= ?'],
      [input.until, 'o.placed_at < ?'],
    ] as const) {
      if (value === undefined) continue;
      filters.push(condition);
      parameters.push(value);
    }
    return { rows: await readSales(em, await digitsOf(em), filters, parameters) };
  },
});
