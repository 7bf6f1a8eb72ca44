import { z } from 'zod';
import { verb } from '../../verb.ts';
import { formatAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { readPeriod } from './period.ts';
import { BY_RESELLER_MONTH } from './sources.ts';
import { subjectReseller } from './subject.ts';

/** Whole months: what the rollups by product and service are cut into. */
export const monthRange = z.enum(['this_month', 'last_month', '12m', 'all']);

/** A reseller's revenue per product and currency over whole months, the largest first within each currency. */
export const revenueByProduct = verb({
  procedure: 'revenue.byProduct',
  permission: 'orders:read',
  mode: 'read',
  input: z.object({ range: monthRange.default('this_month'), resellerId: z.string().max(60).optional() }),
  run: async (ctx, { range, resellerId: asked }) => {
    const resellerId = await subjectReseller(ctx, asked);
    const { from, until, zone } = await readPeriod(ctx, { range });
    const digits = await digitsOf(ctx.em);
    const rows = await ctx.em.execute<{ product: string; title: string | null; currency: string; amount: string }[]>(
      `select f.product, c.display ->> 'title' as title, f.currency, f.amount::text as amount
         from (select product, currency, sum(amount) as amount from ${BY_RESELLER_MONTH} f
                where reseller_id = ? and month between ?::date and ?::date group by 1, 2) f
         left join catalogue_product c on c.id = f.product
        order by f.currency, f.amount desc, f.product`,
      [resellerId, from, until],
    );
    return {
      from,
      until,
      zone,
      rows: rows.map(({ product, title, currency, amount }) => ({
        /** Null for lines that name no product, such as discounts. */
        product: product === '' ? null : { id: product, title: title ?? product },
        currency,
        amount: formatAmount(BigInt(amount), digits(currency)),
      })),
    };
  },
});
