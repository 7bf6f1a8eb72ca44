-- What lists sort by and tiers are measured by is no longer written while a payment is booked: each booking leaves its
-- ledger rows in revenue_tail, each changed count a row in count_tail, and one fold adds both to the figures. Whoever
-- reads a figure has what is left folded first, so it is exact at any moment and booking costs a third.
create table count_tail (
  id bigint generated always as identity primary key,
  reseller_id text not null,
  day date not null,
  active integer not null,
  running integer not null,
  customers integer not null,
  paid integer not null
);

drop trigger ledger_count on ledger;
drop function count_ledger();
drop trigger service_count_new on service;
drop trigger service_count on service;
drop trigger customer_count_new on customer;
drop trigger customer_count on customer;
drop trigger order_count_new on reseller_order;
drop trigger order_count on reseller_order;
drop function count_new_services();
drop function count_new_customers();
drop function count_new_orders();
drop function count_change(text, date, integer, integer, integer, integer);

create or replace function count_service() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    insert into count_tail (reseller_id, day, active, running, customers, paid)
    select x.reseller, (now() at time zone g.billing_zone)::date, x.sign * (x.status = 'active')::integer, x.sign * is_running(x.status), 0, 0
      from programme g cross join (values (old.reseller_id, old.status, -1), (new.reseller_id, new.status, 1)) x(reseller, status, sign)
     where x.status = 'active' or is_running(x.status) = 1;
  else
    insert into count_tail (reseller_id, day, active, running, customers, paid)
    select new.reseller_id, (new.created_at at time zone billing_zone)::date, (new.status = 'active')::integer, is_running(new.status), 0, 0
      from programme;
  end if;
  return null;
end $$;
create trigger service_count_new after insert on service for each row
  when (is_running(new.status) = 1) execute function count_service();
create trigger service_count after update on service for each row
  when (old.status is distinct from new.status or old.reseller_id <> new.reseller_id) execute function count_service();

create or replace function count_customer() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    insert into count_tail (reseller_id, day, active, running, customers, paid)
    select x.reseller, (now() at time zone g.billing_zone)::date, 0, 0, x.sign, 0
      from programme g cross join (values (old.reseller_id, old.status, -1), (new.reseller_id, new.status, 1)) x(reseller, status, sign)
     where x.status = 'active';
  else
    insert into count_tail (reseller_id, day, active, running, customers, paid)
    select new.reseller_id, (new.created_at at time zone billing_zone)::date, 0, 0, 1, 0 from programme;
  end if;
  return null;
end $$;
create trigger customer_count_new after insert on customer for each row
  when (new.status = 'active') execute function count_customer();
create trigger customer_count after update on customer for each row
  when (old.status is distinct from new.status or old.reseller_id <> new.reseller_id) execute function count_customer();

-- An order counts on the day it was placed, once it is paid, and no more when all of it was given back.
create or replace function count_order() returns trigger language plpgsql as $$
begin
  insert into count_tail (reseller_id, day, active, running, customers, paid)
  select new.reseller_id, (new.placed_at at time zone billing_zone)::date, 0, 0, 0, case when is_paid(new.status) = 1 then 1 else -1 end
    from programme;
  return null;
end $$;
create trigger order_count_new after insert on reseller_order for each row
  when (is_paid(new.status) = 1) execute function count_order();
create trigger order_count after update on reseller_order for each row
  when (is_paid(old.status) <> is_paid(new.status)) execute function count_order();

-- The account follows its invoice as before, but a statement is only spent on what can have changed.
drop trigger invoice_account_new on invoice;
drop trigger invoice_account_changed on invoice;
drop function invoice_to_account();
create function invoice_to_account() returns trigger language plpgsql as $$
declare
  zone text;
  total numeric := new.total::numeric;
  billed numeric := total;
begin
  select billing_zone into zone from programme where id = 1;
  if tg_op = 'INSERT' then
    billed := null;
  elsif old.status = 'draft' or old.total <> new.total or old.issued_at is distinct from new.issued_at then
    select sum(amount) into billed from account_entry
     where host_invoice_id = new.host_invoice_id and kind in ('invoice', 'correction');
  end if;
  if billed is null then
    insert into account_entry (reseller_id, currency, kind, host_invoice_id, reference, number, amount, at, day)
    values (new.reseller_id, new.currency, 'invoice', new.host_invoice_id, '', new.number, total, new.issued_at,
            (new.issued_at at time zone zone)::date)
    on conflict do nothing;
  elsif billed <> total then
    insert into account_entry (reseller_id, currency, kind, host_invoice_id, reference, number, amount, at, day)
    values (new.reseller_id, new.currency, 'correction', new.host_invoice_id, new.host_version || ':' || new.total, new.number,
            total - billed, now(), (now() at time zone zone)::date)
    on conflict do nothing;
  end if;
  if new.status in ('paid', 'part_refunded', 'refunded') then
    insert into account_entry (reseller_id, currency, kind, host_invoice_id, reference, number, amount, at, day)
    values (new.reseller_id, new.currency, 'payment', new.host_invoice_id, '', new.number, -total,
            coalesce(new.paid_at, now()), (coalesce(new.paid_at, now()) at time zone zone)::date)
    on conflict do nothing;
  elsif new.status = 'cancelled' then
    insert into account_entry (reseller_id, currency, kind, host_invoice_id, reference, number, amount, at, day)
    values (new.reseller_id, new.currency, 'cancelled', new.host_invoice_id, '', new.number, -total, now(),
            (now() at time zone zone)::date)
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger invoice_account_new after insert on invoice for each row
  when (new.status <> 'draft' and new.issued_at is not null) execute function invoice_to_account();
create trigger invoice_account_changed after update on invoice for each row
  when (new.status <> 'draft' and new.issued_at is not null
        and (old.status <> new.status or old.total <> new.total or old.issued_at is distinct from new.issued_at))
  execute function invoice_to_account();

-- The journal is written with its order and read by it alone: a look-up of the order for each line, and a second index,
-- were a tenth of what placing costs the database.
alter table order_journal drop constraint order_journal_order_id_fkey;
drop index order_journal_order;
alter table order_journal drop constraint order_journal_pkey;
alter table order_journal add primary key (order_id, id);
-- Resellers are never deleted, and whoever writes these rows has just read theirs: the look-ups would only make all that is
-- placed for one reseller at a time share a lock on its row.
alter table reseller_order drop constraint reseller_order_reseller_id_fkey;
alter table invoice drop constraint invoice_reseller_id_fkey;
alter table price_lock drop constraint price_lock_reseller_id_fkey;
drop index activity_reseller;
drop index activity_reseller_newest;
create index activity_reseller_newest on activity (reseller_id, at desc, id desc);
drop index reseller_order_customer;
create index reseller_order_customer on reseller_order (customer_id, placed_at desc, id desc) where customer_id is not null;

-- All figures from nothing, for a hundred resellers at a time: their facts share the look-up of rates, and rows are put
-- on days without a call for each. Both tails are empty then: what they named has been counted.
create or replace function rebuild_figures() returns void language plpgsql set enable_nestloop = off as $$
declare
  batch record;
  zone text;
begin
  select billing_zone into zone from programme where id = 1;
  lock table revenue_tail, count_tail in share row exclusive mode;
  truncate measure_rollup, reseller_total, reseller_count, reseller_day, revenue_network, revenue_month, revenue_source,
           payment_pattern, revenue_tail, count_tail;
  for batch in
    select min(id) as first, max(id) as last
      from (select id, (row_number() over (order by id) - 1) / 100 as part from (select distinct reseller_id as id from revenue_rollup) r) p
     group by part
  loop
    perform measure_facts(array_agg(l)) from ledger l where l.reseller_id between batch.first and batch.last;
    insert into revenue_month (reseller_id, month, currency, product, amount, lines)
      select reseller_id, date_trunc('month', day)::date, currency, coalesce(product, ''), sum(amount), count(*) from ledger
       where reseller_id between batch.first and batch.last group by 1, 2, 3, 4;
    insert into revenue_source (reseller_id, month, currency, host_service_id, host_invoice_id, amount)
      select reseller_id, date_trunc('month', day)::date, currency, coalesce(host_service_id, ''),
             case when host_service_id is null then host_invoice_id else '' end, sum(amount)
        from ledger where reseller_id between batch.first and batch.last group by 1, 2, 3, 4, 5;
    insert into payment_pattern (reseller_id, month, days, invoices, late)
      select l.reseller_id, date_trunc('month', l.day)::date, least(greatest(l.occurred_at::date - i.issued_at::date, 0), 3650),
             count(*), count(*) filter (where i.due_on < l.day)
        from (select distinct on (host_invoice_id, payment_id) * from ledger
               where reseller_id between batch.first and batch.last and kind = 'paid' order by host_invoice_id, payment_id) l
        join invoice i using (host_invoice_id) where i.issued_at is not null group by 1, 2, 3;
  end loop;
  insert into revenue_network (day, currency, amount, lines)
    select day, currency, sum(amount), sum(lines) from revenue_rollup group by 1, 2;
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
select rebuild_figures();
