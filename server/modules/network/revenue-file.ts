import type { ServiceContext } from '../../context.ts';
import { writeTable } from '../../csv-file.ts';
import { formatAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { readPeriod } from '../revenue/period.ts';
import { BY_NETWORK_DAY } from '../revenue/sources.ts';
import type { RankedRange } from './ranking-figures.ts';

interface Day {
  day: string;
  currency: string;
  /** Minor units. */
  amount: string;
}

/** What the network paid day by day, in the provider's billing zone. */
export async function revenueFile(ctx: ServiceContext, range: RankedRange) {
  const { from, until } = await readPeriod(ctx, { range });
  const digits = await digitsOf(ctx.em);
  const days = await ctx.em.execute<Day[]>(
    `select day::text as day, currency, sum(amount)::text as amount from ${BY_NETWORK_DAY} f
      where day between ?::date and ?::date group by 1, 2 order by 1, 2`,
    [from, until],
  );
  const columns = {
    day: (row: Day) => row.day,
    currency: (row: Day) => row.currency,
    amount: (row: Day) => formatAmount(BigInt(row.amount), digits(row.currency)),
  };
  return { csv: writeTable(columns, days), asOf: ctx.now.toISOString() };
}
