import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import { formatAmount } from '../../money.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { rangeInput, readPeriod } from './period.ts';
import { BY_RESELLER_DAY } from './sources.ts';
import { subjectReseller } from './subject.ts';

export const interval = z.enum(['day', 'week', 'month']);

/** SQL for the first day of the interval that `day` falls in; weeks begin on Monday (ISO 8601). */
export const bucket = (of: z.infer<typeof interval>): string => `date_trunc('${of}', day::timestamp)::date::text`;

/**
 * A reseller's revenue over time, by day, week or month of the provider's zone and by currency, with the period before.
 * Intervals without revenue are left out.
 */
export const seriesOfRevenue = verb({
  procedure: 'revenue.series',
  permission: 'orders:read',
  mode: 'read',
  input: rangeInput.extend({
    interval: interval.default('day'),
    currency: currencyCode.optional(),
    resellerId: z.string().max(60).optional(),
  }),
  run: async (ctx, input) => {
    const resellerId = await subjectReseller(ctx, input.resellerId);
    const period = await readPeriod(ctx, input);
    const digits = await digitsOf(ctx.em);
    const read = async (from: string, until: string) => {
      const rows = await ctx.em.execute<{ start: string; currency: string; amount: string }[]>(
        `select ${bucket(input.interval)} as start, currency, sum(amount)::text as amount from ${BY_RESELLER_DAY} f
          where reseller_id = ? and day between ?::date and ?::date ${input.currency ? 'and currency = ?' : ''}
          group by 1, 2 order by 1, 2`,
        [resellerId, from, until, ...(input.currency ? [input.currency] : [])],
      );
      return rows.map((row) => ({ ...row, amount: formatAmount(BigInt(row.amount), digits(row.currency)) }));
    };
    return {
      ...period,
      interval: input.interval,
      points: await read(period.from, period.until),
      before: period.previous ? await read(period.previous.from, period.previous.until) : [],
    };
  },
});
