import { verb } from '../../verb.ts';
import { formatAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { daysOf, FIGURES, figureValues } from './figures.ts';
import { customerConditions, customerFilter, figureCondition } from './filter.ts';

interface Found {
  customers: number;
  running: number;
  revenue: { currency: string; amount: string }[] | null;
  outstanding: { currency: string; amount: string }[] | null;
}

/** What the customers of a filter come to together, by currency. For one reseller. @throws bad_input without one */
export const totalCustomers = verb({
  procedure: 'customers.totals',
  permission: 'customers:read',
  mode: 'read',
  input: customerFilter,
  run: async (ctx, filter) => {
    const { em, now } = ctx;
    const { resellerId, conditions } = customerConditions(ctx, filter);
    const condition = figureCondition(filter, resellerId, true) ?? 'true';
    const [found] = await em.execute<Found[]>(
      `with c as materialized (select c.* from customer c where ${conditions.text}),
            f as (select s.running, e.revenue, u.outstanding from c ${FIGURES} where ${condition})
       select count(*)::int as customers, coalesce(sum(running), 0)::int as running,
              (select json_agg(json_build_object('currency', currency, 'amount', amount) order by currency)
                 from (select x.currency, sum(x.range::bigint)::text as amount
                         from f cross join lateral json_to_recordset(f.revenue) x(currency text, range text)
                        group by 1) m) as revenue,
              (select json_agg(json_build_object('currency', currency, 'amount', amount) order by currency)
                 from (select x.currency, sum(x.amount::numeric)::text as amount
                         from f cross join lateral json_to_recordset(f.outstanding) x(currency text, amount text)
                        group by 1) m) as outstanding
         from f`,
      [...conditions.values, ...figureValues(await daysOf(em, now, filter.days))],
    );
    const digits = await digitsOf(em);
    const { customers = 0, running = 0, revenue, outstanding } = found ?? {};
    return {
      customers,
      running,
      revenue: (revenue ?? []).map(({ currency, amount }) => ({
        currency,
        amount: formatAmount(BigInt(amount), digits(currency)),
      })),
      outstanding: outstanding ?? [],
    };
  },
});
