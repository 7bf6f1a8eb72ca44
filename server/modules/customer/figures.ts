import type { EntityManager } from '@mikro-orm/postgresql';
import { formatAmount } from '../../money.ts';
import { billingToday } from '../revenue/billing-today.ts';
import { shiftDay } from '../revenue/period.ts';

/** The days that figures of customers are cut at, in the provider's billing zone. */
export interface Days {
  today: string;
  /** First day of the range that revenue is shown for. */
  from: string;
  /** The last 30 complete days begin here, and the 30 before them there. */
  recent: string;
  before: string;
}

export async function daysOf(em: EntityManager, now: Date, range: number): Promise<Days> {
  const today = await billingToday(em, now);
  return { today, from: shiftDay(today, 1 - range), recent: shiftDay(today, -30), before: shiftDay(today, -60) };
}

/**
 * Figures of each customer of `c(id, reseller_id)`, as joins of our own SQL: services, orders, revenue (wholesale paid
 * less refunded, by the service it was paid for), and what is unpaid (by the service, else by the order: a service is known once it is set up). Values: `figureValues`.
 */
export const FIGURES = `
  join reseller r on r.id = c.reseller_id
  cross join lateral (
    select count(*) filter (where status in ('active', 'suspended'))::int as running, count(*)::int as services
      from service where customer_id = c.id) s
  cross join lateral (
    select count(*)::int as orders, max(placed_at) as last_order_at from reseller_order where customer_id = c.id) o
  cross join lateral (
    select json_agg(json_build_object('currency', currency, 'total', total::text, 'range', range::text)) as revenue,
           coalesce(sum(range) filter (where currency = r.currency), 0) as own,
           coalesce(sum(recent) filter (where currency = r.currency), 0) as recent,
           coalesce(sum(before) filter (where currency = r.currency), 0) as before
      from (select l.currency, sum(l.amount) as total, coalesce(sum(l.amount) filter (where l.day >= ?::date), 0) as range,
                   coalesce(sum(l.amount) filter (where l.day >= ?::date and l.day < ?::date), 0) as recent,
                   coalesce(sum(l.amount) filter (where l.day >= ?::date and l.day < ?::date), 0) as before
              from service v join ledger l on l.host_service_id = v.host_service_id
             where v.customer_id = c.id group by l.currency order by l.currency) m) e
  left join (
    select customer_id, json_agg(json_build_object('currency', currency, 'amount', amount)) as outstanding,
           bool_or(overdue) as overdue
      from (select coalesce(v.customer_id, w.customer_id) as customer_id, i.currency, sum((x ->> 'amount')::numeric)::text as amount,
                   bool_or(i.due_on < ?::date) as overdue
              from invoice i cross join lateral jsonb_array_elements(i.lines) x
              left join lateral (
                select customer_id from service
                 where host_service_id = x ->> 'serviceId' and reseller_id = i.reseller_id limit 1) v on true
              left join lateral (
                select customer_id from reseller_order
                 where host_order_id = i.host_order_id and reseller_id = i.reseller_id limit 1) w on true
             where i.status = 'unpaid' and i.reseller_id = any(array(select distinct reseller_id from c))
               and coalesce(v.customer_id, w.customer_id) is not null
             group by 1, 2 order by 2) unpaid
     group by customer_id) u on u.customer_id = c.id`;

export function figureValues({ today, from, recent, before }: Days): unknown[] {
  return [from, recent, today, before, recent, today];
}

/** Columns of FIGURES, for a select list. */
export const FIGURE_COLUMNS = `
  s.running, s.services, o.orders, o.last_order_at, e.revenue, e.own, e.recent, e.before, u.outstanding,
  coalesce(u.overdue, false) as overdue, r.currency as own_currency`;

export interface FoundFigures {
  running: number;
  services: number;
  orders: number;
  last_order_at: string | null;
  revenue: { currency: string; total: string; range: string }[] | null;
  /** Minor units in the reseller's own currency. */
  own: string;
  recent: string;
  before: string;
  outstanding: { currency: string; amount: string }[] | null;
  overdue: boolean;
  own_currency: string;
}

/** Figures as rows show them: decimal amounts, never two currencies in one. */
export function showFigures(found: FoundFigures, digits: (currency: string) => number) {
  const amountsOf = (key: 'total' | 'range') =>
    (found.revenue ?? []).map((part) => ({
      currency: part.currency,
      amount: formatAmount(BigInt(part[key]), digits(part.currency)),
    }));
  const own = (minor: string) => ({
    currency: found.own_currency,
    amount: formatAmount(BigInt(minor), digits(found.own_currency)),
  });
  return {
    services: { running: found.running, all: found.services },
    orders: found.orders,
    lastOrderAt: found.last_order_at === null ? null : new Date(found.last_order_at).toISOString(),
    revenue: amountsOf('range'),
    revenueAllTime: amountsOf('total'),
    growth: {
      recent: own(found.recent),
      before: own(found.before),
      /** Basis points of change; null when there was nothing before. */
      bp: growthBp(BigInt(found.recent), BigInt(found.before)),
    },
    outstanding: found.outstanding ?? [],
    overdue: found.overdue,
  };
}

function growthBp(recent: bigint, before: bigint): number | null {
  return before <= 0n ? null : Number(((recent - before) * 10_000n) / before);
}
