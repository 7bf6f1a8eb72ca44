import { formatAmount, parseAmount } from '../../money.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { filterSql, resellerFilter } from './filter.ts';
import { RESELLER_TABLES } from './find-rows.ts';
import { catchUp } from '../figures/catch-up.ts';

type Sums = Record<'currency' | 'revenue' | 'recent' | 'previous' | 'unpaid' | 'overdue', string>;

const OF_CHOSEN = `revenue as (
    select z.currency, sum(z.revenue) as revenue, sum(z.recent) as recent, sum(z.previous) as previous
      from reseller_total z join chosen c on c.id = z.reseller_id group by 1
  ), unpaid as (
    select i.currency, sum(i.total::numeric) as unpaid,
           coalesce(sum(i.total::numeric) filter (where i.due_on < (select billing_day(now()))), 0) as overdue
      from invoice i join chosen c on c.id = i.reseller_id where i.status = 'unpaid' group by 1
  )`;
/** The same of everybody, from rollups that do not grow with the network: days, and due days of what is unpaid. */
const OF_NETWORK = `revenue as (
    select d.currency, sum(d.amount) as revenue, sum(d.amount) filter (where d.day > w.until - 30) as recent,
           sum(d.amount) filter (where d.day > w.until - 60 and d.day <= w.until - 30) as previous
      from revenue_network d cross join figure_window w group by 1
  ), unpaid as (
    select currency, sum(amount) as unpaid, coalesce(sum(amount) filter (where due_on < (select billing_day(now()))), 0) as overdue
      from network_unpaid group by 1 having sum(amount) <> 0
  )`;

/** Sums over all resellers that a filter means, not only a page of them; each currency by itself. */
export const totalResellers = verb({
  procedure: 'resellers.totals',
  permission: 'resellers:read',
  mode: 'read',
  input: resellerFilter,
  run: async ({ em }, filter) => {
    await catchUp(em);
    const { where, parameters } = filterSql(filter);
    const chosen = `chosen as (select r.id, coalesce(n.customers, 0) as customers,
        coalesce(n.services_running, 0) as services from ${RESELLER_TABLES} where ${where})`;
    const [counts] = await em.execute<{ resellers: number; customers: number; services: number }[]>(
      `with ${chosen} select count(*)::int as resellers, coalesce(sum(customers), 0)::int as customers,
                        coalesce(sum(services), 0)::int as services from chosen`,
      parameters,
    );
    const everybody = parameters.length === 0;
    const money = await em.execute<Sums[]>(
      `with ${everybody ? OF_NETWORK : `${chosen}, ${OF_CHOSEN}`}
       select currency, coalesce(revenue, 0)::text as revenue, coalesce(recent, 0)::text as recent,
              coalesce(previous, 0)::text as previous, coalesce(unpaid, 0)::text as unpaid, coalesce(overdue, 0)::text as overdue
         from revenue full join unpaid using (currency) order by currency`,
      parameters,
    );
    const digits = await digitsOf(em);
    return {
      ...counts!,
      money: money.map(({ currency, ...row }) => {
        const booked = (amount: string) => formatAmount(BigInt(amount), digits(currency));
        const invoiced = (amount: string) => formatAmount(parseAmount(amount, digits(currency)), digits(currency));
        return {
          currency,
          revenue: booked(row.revenue),
          recent: booked(row.recent),
          previous: booked(row.previous),
          outstanding: invoiced(row.unpaid),
          overdue: invoiced(row.overdue),
        };
      }),
    };
  },
});
