-- What grows with the network: figures rebuilt in bulk, and lists of resellers sorted by index.

-- As before, but rates are looked up once for each moment indeed: PostgreSQL had put the look-up back beside each fact.
create or replace function measure_facts(facts ledger[]) returns void language sql as $$
  with fact as (
    select f.*, case when f.currency = (select currency from tier_rules where id = 1) then '-infinity'
                     else coalesce((select p.occurred_at from ledger p
                                     where f.kind = 'refunded' and p.host_line_id = f.host_line_id and p.kind = 'paid'
                                     order by p.occurred_at limit 1), f.occurred_at) end as moment
      from unnest(facts) f
  ), rates as materialized (
    select d.currency, d.moment, currency_unit(d.currency) as one, rate_at(d.currency, d.moment) as rate
      from (select distinct currency, moment from fact) d
  )
  insert into measure_rollup as m (reseller_id, day, currency, occasion, setup, refund, amount, converted, unconverted)
  select f.reseller_id, f.day, f.currency, f.occasion, f.line_kind is not distinct from 'setup', f.kind = 'refunded',
         sum(f.amount), coalesce(sum(round(f.amount / x.one / x.rate, 6)), 0),
         coalesce(sum(f.amount) filter (where x.rate is null), 0)
    from fact f join rates x on x.currency = f.currency and x.moment = f.moment
   group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (reseller_id, day, currency, occasion, setup, refund) do update
     set amount = m.amount + excluded.amount, converted = m.converted + excluded.converted,
         unconverted = m.unconverted + excluded.unconverted
$$;

-- All figures from nothing, for a hundred resellers at a time: their facts share the look-up of rates, and rows are put
-- on days without a call for each.
create or replace function rebuild_figures() returns void language plpgsql set enable_nestloop = off as $$
declare
  batch record;
  zone text;
begin
  select billing_zone into zone from programme where id = 1;
  truncate measure_rollup, reseller_total, reseller_count, reseller_day;
  for batch in
    select min(id) as first, max(id) as last
      from (select id, (row_number() over (order by id) - 1) / 100 as part from (select distinct reseller_id as id from revenue_rollup) r) p
     group by part
  loop
    perform measure_facts(array_agg(l)) from ledger l where l.reseller_id between batch.first and batch.last;
  end loop;
  insert into reseller_total (reseller_id, currency, revenue)
    select reseller_id, currency, sum(amount) from revenue_rollup group by 1, 2;
  perform roll_figures(billing_day(now()));
  insert into reseller_count (reseller_id, services_active, services_running, customers, orders_paid)
    select r.id, coalesce(s.active, 0), coalesce(s.running, 0), coalesce(c.n, 0), coalesce(o.n, 0)
      from reseller r
      left join (select reseller_id, count(*) filter (where status = 'active') as active,
                        count(*) filter (where is_running(status) = 1) as running from service group by 1) s on s.reseller_id = r.id
      left join (select reseller_id, count(*) as n from customer where status = 'active' group by 1) c on c.reseller_id = r.id
      left join (select reseller_id, count(*) as n from reseller_order where is_paid(status) = 1 group by 1) o on o.reseller_id = r.id;
  insert into reseller_day (reseller_id, day, services, customers, orders)
    select reseller_id, day, sum(services), sum(customers), sum(orders)
      from (select reseller_id, (created_at at time zone zone)::date as day, 1 as services, 0 as customers, 0 as orders
              from service where status = 'active'
            union all select reseller_id, (created_at at time zone zone)::date, 0, 1, 0 from customer where status = 'active'
            union all select reseller_id, (placed_at at time zone zone)::date, 0, 0, 1 from reseller_order where is_paid(status) = 1) x
     group by 1, 2;
  insert into tier_dirty select id from reseller on conflict do nothing;
end $$;

-- Resellers sorted by money of one currency: a page is read from the index.
create index reseller_total_revenue on reseller_total (currency, revenue, reseller_id);
create index reseller_total_recent on reseller_total (currency, recent, reseller_id);
create index reseller_total_change on reseller_total (currency, (recent - previous), reseller_id);

-- Open differences, newest first: of all, and of one reseller.
create index difference_newest on difference (found_at desc, id desc) where status = 'open';
create index difference_reseller on difference (reseller_id, found_at desc, id desc) where status = 'open';
