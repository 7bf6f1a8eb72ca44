import type { EntityManager } from '@mikro-orm/postgresql';
import { DAYS_TO_PAY } from '../revenue/sources.ts';

const BATCH = 5000;
/** Only one at a time folds: the figures have no other writer. */
const LOCK = 7_203_010;

/**
 * Folds what was booked and counted since the last time into the figures: rollups by network day, reseller month and
 * product, service, and days to pay; what tiers are measured by; totals, counts and unpaid sums of each reseller. Each row leaves its
 * tail in the transaction that adds it, so it counts exactly once. `em` must be outside of a transaction. Returns how many
 * rows were folded.
 */
export async function foldFigures(em: EntityManager): Promise<number> {
  let folded = 0;
  for (;;) {
    const batch = await em.fork().transactional(async (tx) => {
      await lockFigures(tx);
      return foldBatch(tx);
    });
    folded += batch;
    if (batch < BATCH) return folded;
  }
}

/** Until its end no other transaction folds. */
export async function lockFigures(tx: EntityManager): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock(?)', [LOCK]);
}

/** One batch, under the lock: fewer than BATCH rows say that nothing of what was committed before is left. */
export async function foldBatch(tx: EntityManager): Promise<number> {
  const [facts] = await tx.execute<{ folded: number }[]>(FACTS);
  const [counts] = await tx.execute<{ folded: number }[]>(COUNTS);
  const [unpaid] = await tx.execute<{ folded: number }[]>(UNPAID);
  return Math.max(facts?.folded ?? 0, counts?.folded ?? 0, unpaid?.folded ?? 0);
}

const FACTS = `
  with taken as (
    delete from revenue_tail where ledger_id in (select ledger_id from revenue_tail limit ${BATCH}) returning *
  ), fact as materialized (
    select l.*, t.opens, date_trunc('month', l.day)::date as month from taken t join ledger l on l.id = t.ledger_id
  ), network as (
    insert into revenue_network as n (day, currency, amount, lines)
    select day, currency, sum(amount), count(*) from fact group by 1, 2
    on conflict (day, currency) do update set amount = n.amount + excluded.amount, lines = n.lines + excluded.lines
  ), months as (
    insert into revenue_month as m (reseller_id, month, currency, product, amount, lines)
    select reseller_id, month, currency, coalesce(product, ''), sum(amount), count(*) from fact group by 1, 2, 3, 4
    on conflict (reseller_id, month, currency, product)
      do update set amount = m.amount + excluded.amount, lines = m.lines + excluded.lines
  ), sources as (
    insert into revenue_source as s (reseller_id, month, currency, host_service_id, host_invoice_id, amount)
    select reseller_id, month, currency, coalesce(host_service_id, ''),
           case when host_service_id is null then host_invoice_id else '' end, sum(amount)
      from fact group by 1, 2, 3, 4, 5
    on conflict (reseller_id, month, currency, host_service_id, host_invoice_id)
      do update set amount = s.amount + excluded.amount
  ), patterns as (
    insert into payment_pattern as p (reseller_id, month, days, invoices, late)
    select l.reseller_id, l.month, ${DAYS_TO_PAY}, count(*), count(*) filter (where i.due_on < l.day)
      from fact l join invoice i on i.host_invoice_id = l.host_invoice_id
     where l.opens and l.kind = 'paid' and i.issued_at is not null group by 1, 2, 3
    on conflict (reseller_id, month, days)
      do update set invoices = p.invoices + excluded.invoices, late = p.late + excluded.late
  ), totals as (
    insert into reseller_total as t (reseller_id, currency, revenue, recent, previous)
    select f.reseller_id, f.currency, sum(f.amount),
           coalesce(sum(f.amount) filter (where f.day > w.until - 30), 0),
           coalesce(sum(f.amount) filter (where f.day <= w.until - 30 and f.day > w.until - 60), 0)
      from fact f cross join figure_window w group by 1, 2
    on conflict (reseller_id, currency) do update
       set revenue = t.revenue + excluded.revenue, recent = t.recent + excluded.recent, previous = t.previous + excluded.previous
  ), dirty as (
    insert into tier_dirty select distinct reseller_id from fact order by 1 on conflict do nothing
  ), measured as (
    select measure_facts(array_agg(l)) from taken t join ledger l on l.id = t.ledger_id
  )
  select count(*)::int as folded, (select count(*) from measured) as measured from taken`;

const COUNTS = `
  with taken as (
    delete from count_tail where id in (select id from count_tail limit ${BATCH}) returning *
  ), counts as (
    insert into reseller_count as c (reseller_id, services_active, services_running, customers, orders_paid, last_order_at)
    select reseller_id, sum(active), sum(running), sum(customers), sum(paid), coalesce(max(ordered_at), '-infinity')
      from taken group by 1
    on conflict (reseller_id) do update
       set services_active = c.services_active + excluded.services_active,
           services_running = c.services_running + excluded.services_running,
           customers = c.customers + excluded.customers, orders_paid = c.orders_paid + excluded.orders_paid,
           last_order_at = greatest(c.last_order_at, excluded.last_order_at)
  ), days as (
    insert into reseller_day as d (reseller_id, day, services, customers, orders)
    select reseller_id, day, sum(active), sum(customers), sum(paid) from taken group by 1, 2
    having sum(active) <> 0 or sum(customers) <> 0 or sum(paid) <> 0
    on conflict (reseller_id, day) do update
       set services = d.services + excluded.services, customers = d.customers + excluded.customers,
           orders = d.orders + excluded.orders
  ), dirty as (
    insert into tier_dirty select distinct reseller_id from taken where active <> 0 or paid <> 0 order by 1
    on conflict do nothing
  )
  select count(*)::int as folded from taken`;

const UNPAID = `
  with taken as (
    delete from unpaid_tail where id in (select id from unpaid_tail limit ${BATCH}) returning *
  ), resellers as (
    insert into reseller_unpaid as u (reseller_id, currency, amount)
    select reseller_id, currency, sum(amount) from taken group by 1, 2
    on conflict (reseller_id, currency) do update set amount = u.amount + excluded.amount
  ), days as (
    insert into network_unpaid as n (currency, due_on, amount)
    select currency, due_on, sum(amount) from taken group by 1, 2
    on conflict (currency, due_on) do update set amount = n.amount + excluded.amount
  )
  select count(*)::int as folded from taken`;
