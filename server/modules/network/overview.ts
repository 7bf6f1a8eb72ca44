import { currencyCode } from '../../../hooks/contract/index.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { amounts } from '../revenue/amounts.ts';
import { completeDays, rangeInput, readPeriod } from '../revenue/period.ts';
import { BY_NETWORK_DAY } from '../revenue/sources.ts';
import { converted } from './converted.ts';
import { readFigure } from './figure.ts';

/**
 * The network's figures: revenue of all resellers in a range and the one before, exact at this moment; resellers,
 * customers, services and what is outstanding as of `asOf`. One sum per currency; `convertTo` adds one that says its rates.
 */
export const overviewOfNetwork = verb({
  procedure: 'network.overview',
  permission: 'network:read',
  mode: 'read',
  input: rangeInput.extend({ convertTo: currencyCode.optional() }),
  run: async (ctx, input) => {
    const period = await readPeriod(ctx, input);
    const digits = await digitsOf(ctx.em);
    const sums = async (from: string, until: string) =>
      ctx.em.execute<{ currency: string; amount: string; lines: number }[]>(
        `select currency, sum(amount)::text as amount, sum(lines)::int as lines from ${BY_NETWORK_DAY} f
          where day between ?::date and ?::date group by currency`,
        [from, until],
      );
    const now = await sums(period.from, period.until);
    const before = period.previous ? await sums(period.previous.from, period.previous.until) : [];
    const complete = completeDays(period);
    const counts = await readFigure(ctx, 'counts');
    const { body: arrivals } = await readFigure(ctx, 'arrivals');
    const { body: outstanding } = await readFigure(ctx, 'outstanding');
    return {
      ...period,
      revenue: amounts(now, digits),
      before: amounts(before, digits),
      /** Complete days and as many before: a change is told of these, since the running day is not over. */
      complete: complete && {
        ...complete.now,
        revenue: amounts(await sums(complete.now.from, complete.now.until), digits),
        before: amounts(await sums(complete.before.from, complete.before.until), digits),
      },
      converted: input.convertTo ? await converted(ctx, amounts(now, digits), input.convertTo) : null,
      asOf: counts.asOf,
      ...counts.body,
      /** What came day by day within 30 days. */
      arrivals,
      outstanding: outstanding.totals.map(({ currency, amount, overdue, invoices }) => ({
        currency,
        amount,
        overdue,
        invoices,
      })),
    };
  },
});
