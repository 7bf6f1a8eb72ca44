import { z } from 'zod';
import { writeCsv } from '../../csv.ts';
import { verb } from '../../verb.ts';
import { readFigure } from './figure.ts';
import { rankedRanges } from './ranking-figures.ts';

const blocks = ['resellers', 'movers', 'outstanding', 'distribution'] as const;

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
