import { z } from 'zod';
import { verb } from '../../verb.ts';
import { catchUp } from '../figures/catch-up.ts';
import { readPeriod, shiftMonth } from '../revenue/period.ts';
import { subjectReseller } from '../revenue/subject.ts';

/**
 * How many services of a reseller were active at the end of each of the last twelve months, in the provider's zone; of the
 * running month those of now. From the differences per day that are kept anyway. @throws not_found, bad_input (resellerId)
 */
export const servicesByMonth = verb({
  procedure: 'services.byMonth',
  permission: 'services:read',
  mode: 'read',
  input: z.object({ resellerId: z.string().max(60).optional() }),
  run: async (ctx, input) => {
    const resellerId = await subjectReseller(ctx, input.resellerId);
    await catchUp(ctx.em);
    const { from: month } = await readPeriod(ctx, { range: 'this_month' });
    const months = await ctx.em.execute<{ start: string; active: number }[]>(
      `select m::date::text as start,
              coalesce((select sum(d.services) from reseller_day d
                         where d.reseller_id = ? and d.day < m + interval '1 month'), 0)::int as active
         from generate_series(?::timestamp, ?::timestamp, interval '1 month') m order by m`,
      [resellerId, shiftMonth(month, -11), month],
    );
    return { months };
  },
});
