import { z } from 'zod';
import { writeCsv } from '../../csv.ts';
import { verb } from '../../verb.ts';
import { formatAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { readPeriod } from '../revenue/period.ts';
import { BY_NETWORK_DAY } from '../revenue/sources.ts';
import { readFigure } from './figure.ts';
import { rankedRanges } from './ranking-figures.ts';

const blocks = ['revenue', 'resellers', 'movers', 'outstanding', 'distribution'] as const;

/** One block of the overview as CSV, every currency by itself, with the moment it holds for. */
export const exportNetwork = verb({
  procedure: 'network.export',
  permission: 'network:read',
  mode: 'read',
  input: z.object({ block: z.enum(blocks), range: z.enum(rankedRanges).default('30d') }),
  run: async (ctx, { block, range }) => {
    const file = (csv: string, asOf: string) => ({
      fileName: `${block}-${block === 'outstanding' || block === 'distribution' ? 'now' : range}-${asOf.slice(0, 10)}.csv`,
      csv,
      asOf,
    });
    if (block === 'revenue') {
      const { from, until } = await readPeriod(ctx, { range });
      const digits = await digitsOf(ctx.em);
      const days = await ctx.em.execute<{ day: string; currency: string; amount: string }[]>(
        `select day::text as day, currency, sum(amount)::text as amount from ${BY_NETWORK_DAY} f
          where day between ?::date and ?::date group by 1, 2 order by 1, 2`,
        [from, until],
      );
      const rows = days.map((row) => ({ ...row, amount: formatAmount(BigInt(row.amount), digits(row.currency)) }));
      return file(writeCsv(['day', 'currency', 'amount'], rows), ctx.now.toISOString());
    }
    if (block === 'outstanding') {
      const { asOf, body } = await readFigure(ctx, 'outstanding');
      return file(
        writeCsv(
          [
            'reseller',
            'reseller_id',
            'currency',
            'outstanding',
            'overdue',
            'oldest_days',
            'median_days_to_pay',
            'as_of',
          ],
          body.resellers.map((row) => ({
            reseller: row.reseller.company,
            reseller_id: row.reseller.id,
            currency: row.currency,
            outstanding: row.amount,
            overdue: row.overdue,
            oldest_days: row.oldestDays,
            median_days_to_pay: row.payments.medianDays,
            as_of: asOf,
          })),
        ),
        asOf,
      );
    }
    if (block === 'distribution') {
      const { asOf, body } = await readFigure(ctx, 'distribution');
      const sizes = (['services', 'customers'] as const).flatMap((of) =>
        body[of].classes.map(({ size, resellers }) => ({ of: `resellers by ${of}`, name: size, count: resellers })),
      );
      const products = body.products.map(({ product, services }) => ({
        of: 'services by product',
        name: product.title,
        count: services,
      }));
      const states = body.states.map(({ status, services }) => ({
        of: 'services by state',
        name: status,
        count: services,
      }));
      return file(writeCsv(['of', 'name', 'count'], [...sizes, ...products, ...states]), asOf);
    }
    const { asOf, body } = await readFigure(ctx, `ranking:${range}`);
    const rows = body.currencies.flatMap(({ currency, top, up, down }) =>
      (block === 'resellers' ? top : [...up, ...down]).map((row) => ({
        reseller: row.reseller.company,
        reseller_id: row.reseller.id,
        currency,
        amount: row.amount,
        complete_days: row.complete,
        previous: row.previous,
        change: row.change,
        from: body.from,
        until: body.until,
      })),
    );
    return file(
      writeCsv(
        ['reseller', 'reseller_id', 'currency', 'amount', 'complete_days', 'previous', 'change', 'from', 'until'],
        rows,
      ),
      asOf,
    );
  },
});
