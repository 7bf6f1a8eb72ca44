-- Resellers in full (profile, notes, status in time, figures) and tiers that are reached, kept and lost by rules.

alter table reseller add column status_since timestamptz;
update reseller set status_since = created_at;
-- Terminated: the day from which renewals cost retail; null = locks hold for as long as the services run.
alter table reseller add column locks_end_on date;
alter table reseller add column anonymised_at timestamptz;
create index reseller_created on reseller (created_at, id);
create index reseller_status on reseller (status, lower(company), id);
create index reseller_tier on reseller (tier_id);
create index reseller_order_open on reseller_order (reseller_id) where status in ('placing', 'pending');
-- What is outstanding is read from here: unpaid invoices are few, whatever there was before.
create index invoice_unpaid on invoice (reseller_id, currency, due_on) include (total) where status = 'unpaid';

create table reseller_profile (
  reseller_id text primary key references reseller (id),
  registration_number text,
  tax_id text,
  country text check (country ~ '^[A-Z]{2}$'),
  address text,
  phone text,
  website text,
  billing_email text,
  language text,
  -- [{name, role, email, phone}]
  contacts jsonb not null default '[]',
  payment_method text,
  -- Who looks after it on the provider's side.
  manager text,
  tags jsonb not null default '[]',
  -- Of any company data, the name included, which is in another table: each change moves the version.
  edited_at timestamptz,
  version integer not null default 1
);
create index reseller_profile_tags on reseller_profile using gin (tags);

-- What a reseller wants changed of the fields that are checked; at most one waits.
create table profile_change (
  id text primary key,
  reseller_id text not null references reseller (id),
  fields jsonb not null,
  status text not null default 'pending' check (status in ('pending', 'approved', 'rejected', 'withdrawn')),
  asked_by text not null,
  asked_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  -- Shown to the reseller.
  reason text,
  version integer not null default 1
);
create unique index profile_change_pending on profile_change (reseller_id) where status = 'pending';
create index profile_change_list on profile_change (status, asked_at, id);

-- The provider's own words about a reseller, which it never sees.
create table reseller_note (
  id text primary key,
  reseller_id text not null references reseller (id),
  text text not null,
  author text not null,
  pinned boolean not null default false,
  created_at timestamptz not null,
  edited_at timestamptz,
  version integer not null default 1
);
create index reseller_note_list on reseller_note (reseller_id, pinned desc, created_at desc, id desc);

create table reseller_policy (
  id smallint primary key default 1 check (id = 1),
  -- Null = nobody becomes inactive by itself.
  inactive_after_days integer check (inactive_after_days between 30 and 3650),
  -- False: whoever has running services stays active.
  inactive_with_services boolean not null default false,
  checked_fields jsonb not null default '["company","registrationNumber","taxId","country"]',
  version integer not null default 1
);
insert into reseller_policy (id) values (1);

-- Long work with progress that can be left and found again.
create table task (
  id text primary key,
  kind text not null,
  status text not null default 'queued' check (status in ('queued', 'running', 'ready', 'failed')),
  -- What an actor must hold to see it; its reseller too when it belongs to one.
  permission text not null,
  reseller_id text references reseller (id),
  input jsonb not null,
  done integer not null default 0,
  total integer,
  result jsonb,
  error text,
  created_by jsonb not null,
  created_at timestamptz not null,
  finished_at timestamptz
);
-- What a task says about each object, written with what it did to it: a task that starts again goes on where it was.
create table task_row (
  task_id text not null references task (id) on delete cascade,
  position integer not null,
  subject_id text not null,
  detail jsonb not null,
  outcome text check (outcome in ('would_change', 'changed', 'unchanged', 'refused')),
  message text,
  primary key (task_id, position)
);
create index task_list on task (kind, created_at desc, id desc);

-- ------------------------------------------------------------------ tiers
-- Thresholds; a tier without any is never reached or lost by rules. Revenue in minor units of the programme's currency.
alter table tier add column min_revenue bigint check (min_revenue > 0);
alter table tier add column min_services integer check (min_services > 0);
alter table tier add column min_orders integer check (min_orders > 0);
alter table tier add column match text not null default 'all' check (match in ('all', 'any'));
-- Reordering passes through states that are only valid as a whole.
alter table tier drop constraint tier_position_key;
alter table tier add constraint tier_position_key unique (position) deferrable initially immediate;

create table tier_rules (
  id smallint primary key default 1 check (id = 1),
  -- Off: tiers move by hand alone.
  automatic boolean not null default false,
  period text not null default 'rolling12' check (period in ('rolling12', 'lifetime')),
  counts jsonb not null default '{"newOrders":true,"renewals":true,"setup":true,"refundsDeducted":true}',
  upgrade text not null default 'at_once' check (upgrade in ('at_once', 'at_review')),
  review_every text not null default 'month' check (review_every in ('month', 'quarter', 'year')),
  grace_days integer not null default 30 check (grace_days between 0 and 730),
  -- The programme's currency: the host's own. Null until the catalogue was read.
  currency text,
  last_review_on date,
  version integer not null default 1,
  updated_at timestamptz not null default now()
);
insert into tier_rules (id) values (1);

create table tier_standing (
  reseller_id text primary key references reseller (id),
  standing text not null default 'holding' check (standing in ('holding', 'upgrade_ready', 'at_risk', 'pinned')),
  target_tier text,
  below_since date,
  -- The review that may move it.
  due_on date,
  -- The review it was last part of.
  reviewed_on date,
  measures jsonb,
  measured_at timestamptz,
  -- Revenue as measured, minor units of the programme's currency: what the list sorts by.
  revenue bigint not null default 0,
  pinned_at timestamptz,
  pinned_by text,
  pin_reason text,
  version integer not null default 1
);
create index tier_standing_view on tier_standing (standing, (-revenue), reseller_id);
create index tier_standing_revenue on tier_standing ((-revenue), reseller_id);

-- Each decision with what it was made from. Tiers are named by id without a reference: they may be deleted.
create table tier_decision (
  id text primary key,
  reseller_id text not null references reseller (id),
  at timestamptz not null,
  cause text not null check (cause in ('threshold', 'review', 'manual', 'pin', 'tier_deleted')),
  outcome text not null check (outcome in ('up', 'down', 'hold', 'upgrade_ready', 'at_risk', 'moved', 'pinned', 'unpinned')),
  from_tier text not null,
  to_tier text not null,
  inputs jsonb not null,
  -- For the provider alone.
  note text,
  actor jsonb not null
);
create index tier_decision_reseller on tier_decision (reseller_id, at desc, id desc);
create index tier_decision_list on tier_decision (at desc, id desc);

-- Units of `currency` for one unit of `base` as the host used them from then on.
create table currency_rate (
  currency text not null,
  base text not null,
  rate numeric not null check (rate > 0),
  valid_from timestamptz not null,
  primary key (currency, base, valid_from)
);

-- ------------------------------------------------------------------ figures, kept in the transaction of what they count
-- Which kind of line a fact came from; null where nobody knows any more.
alter table ledger add column line_kind text;
update ledger l set line_kind = x.line ->> 'kind'
  from invoice i cross join lateral jsonb_array_elements(i.lines) as x(line)
 where i.host_invoice_id = l.host_invoice_id and x.line ->> 'id' = l.host_line_id;

-- What thresholds are measured by: revenue per day, currency and what it was for.
create table measure_rollup (
  reseller_id text not null,
  day date not null,
  currency text not null,
  occasion text not null,
  setup boolean not null,
  refund boolean not null,
  amount bigint not null,
  -- In the programme's currency at the rate of the payment, in whole units with six digits.
  converted numeric not null,
  -- The part of amount for which no rate was known when it was paid.
  unconverted bigint not null,
  primary key (reseller_id, day, currency, occasion, setup, refund)
);

-- Revenue per reseller and currency: all time, and in the two windows of 30 days that lists compare.
create table reseller_total (
  reseller_id text not null,
  currency text not null,
  revenue bigint not null default 0,
  recent bigint not null default 0,
  previous bigint not null default 0,
  primary key (reseller_id, currency)
);
-- The last day of the recent window.
create table figure_window (
  id smallint primary key default 1 check (id = 1),
  until date not null
);

create table reseller_count (
  reseller_id text primary key,
  -- Active services alone; running ones may be suspended.
  services_active integer not null default 0,
  services_running integer not null default 0,
  customers integer not null default 0,
  -- Paid and not given back as a whole.
  orders_paid integer not null default 0
);
-- The same per day as differences, for figures as of an earlier day.
create table reseller_day (
  reseller_id text not null,
  day date not null,
  services integer not null default 0,
  customers integer not null default 0,
  orders integer not null default 0,
  primary key (reseller_id, day)
);
-- Whose measures changed since their tier was looked at.
create table tier_dirty (reseller_id text primary key);

create function billing_day(at timestamptz) returns date language sql stable as $$
  select (at at time zone (select billing_zone from programme where id = 1))::date
$$;
create function currency_unit(code text) returns numeric language sql stable as $$
  select power(10::numeric, coalesce((select (c ->> 'digits')::integer from catalogue, jsonb_array_elements(currencies) c
                                       where c ->> 'code' = code limit 1), 2))
$$;
-- Units of a currency for one of the programme's at a moment; null when the host never told.
create function rate_at(code text, moment timestamptz) returns numeric language sql stable as $$
  select case when code = t.currency then 1
              else (select rate from currency_rate r where r.currency = code and r.base = t.currency and r.valid_from <= moment
                     order by r.valid_from desc limit 1) end
    from tier_rules t where t.id = 1
$$;

-- A refund is taken back at the rate of its payment, so that money given back as a whole leaves nothing.
create function measure_facts(facts ledger[]) returns void language sql as $$
  insert into measure_rollup as m (reseller_id, day, currency, occasion, setup, refund, amount, converted, unconverted)
  select f.reseller_id, f.day, f.currency, f.occasion, f.line_kind is not distinct from 'setup', f.kind = 'refunded',
         sum(f.amount), coalesce(sum(round(f.amount / currency_unit(f.currency) / x.rate, 6)), 0),
         coalesce(sum(f.amount) filter (where x.rate is null), 0)
    from unnest(facts) f
   cross join lateral (select rate_at(f.currency, coalesce(
           (select p.occurred_at from ledger p where f.kind = 'refunded' and p.host_line_id = f.host_line_id and p.kind = 'paid'
             order by p.occurred_at limit 1), f.occurred_at)) as rate) x
   group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (reseller_id, day, currency, occasion, setup, refund) do update
     set amount = m.amount + excluded.amount, converted = m.converted + excluded.converted,
         unconverted = m.unconverted + excluded.unconverted
$$;

create function count_ledger() returns trigger language plpgsql as $$
begin
  perform measure_facts(array_agg(row(f.*)::ledger)) from fact f;
  insert into reseller_total as t (reseller_id, currency, revenue, recent, previous)
  select f.reseller_id, f.currency, sum(f.amount),
         coalesce(sum(f.amount) filter (where f.day > w.until - 30), 0),
         coalesce(sum(f.amount) filter (where f.day <= w.until - 30 and f.day > w.until - 60), 0)
    from fact f cross join figure_window w group by 1, 2 order by 1, 2
  on conflict (reseller_id, currency) do update
     set revenue = t.revenue + excluded.revenue, recent = t.recent + excluded.recent, previous = t.previous + excluded.previous;
  insert into tier_dirty select distinct reseller_id from fact order by 1 on conflict do nothing;
  return null;
end $$;

create function count_change(reseller text, on_day date, active integer, running integer, customer integer, paid integer)
returns void language sql as $$
  insert into reseller_count as c values (reseller, active, running, customer, paid)
  on conflict (reseller_id) do update
     set services_active = c.services_active + excluded.services_active,
         services_running = c.services_running + excluded.services_running,
         customers = c.customers + excluded.customers, orders_paid = c.orders_paid + excluded.orders_paid;
  insert into reseller_day as d (reseller_id, day, services, customers, orders)
  select reseller, on_day, active, customer, paid where active <> 0 or customer <> 0 or paid <> 0
  on conflict (reseller_id, day) do update
     set services = d.services + excluded.services, customers = d.customers + excluded.customers,
         orders = d.orders + excluded.orders;
  insert into tier_dirty select reseller where active <> 0 or paid <> 0 on conflict do nothing
$$;
create function is_paid(status text) returns integer language sql immutable as $$
  select (status in ('paid', 'part_refunded'))::integer
$$;
create function is_running(status text) returns integer language sql immutable as $$
  select (status in ('active', 'suspended'))::integer
$$;

create function count_new_services() returns trigger language plpgsql as $$
begin
  perform count_change(reseller_id, day, active, running, 0, 0)
    from (select reseller_id, billing_day(created_at) as day, sum((status = 'active')::integer)::integer as active,
                 sum(is_running(status))::integer as running
            from fact where is_running(status) = 1 group by 1, 2 order by 1, 2) n;
  return null;
end $$;
create function count_service() returns trigger language plpgsql as $$
begin
  perform count_change(old.reseller_id, billing_day(now()), -(old.status = 'active')::integer, -is_running(old.status), 0, 0);
  perform count_change(new.reseller_id, billing_day(now()), (new.status = 'active')::integer, is_running(new.status), 0, 0);
  return null;
end $$;
create function count_new_customers() returns trigger language plpgsql as $$
begin
  perform count_change(reseller_id, day, 0, 0, n, 0)
    from (select reseller_id, billing_day(created_at) as day, count(*)::integer as n from fact where status = 'active'
           group by 1, 2 order by 1, 2) s;
  return null;
end $$;
create function count_customer() returns trigger language plpgsql as $$
begin
  perform count_change(old.reseller_id, billing_day(now()), 0, 0, -(old.status = 'active')::integer, 0);
  perform count_change(new.reseller_id, billing_day(now()), 0, 0, (new.status = 'active')::integer, 0);
  return null;
end $$;
create function count_new_orders() returns trigger language plpgsql as $$
begin
  perform count_change(reseller_id, day, 0, 0, 0, n)
    from (select reseller_id, billing_day(placed_at) as day, count(*)::integer as n from fact where is_paid(status) = 1
           group by 1, 2 order by 1, 2) s;
  return null;
end $$;
-- An order counts on the day it was placed, once it is paid, and no more when all of it was given back.
create function count_order() returns trigger language plpgsql as $$
begin
  perform count_change(new.reseller_id, billing_day(new.placed_at), 0, 0, 0, is_paid(new.status) - is_paid(old.status));
  return null;
end $$;

create trigger ledger_count after insert on ledger
  referencing new table as fact for each statement execute function count_ledger();
create trigger service_count_new after insert on service
  referencing new table as fact for each statement execute function count_new_services();
create trigger service_count after update on service for each row
  when (old.status is distinct from new.status or old.reseller_id <> new.reseller_id) execute function count_service();
create trigger customer_count_new after insert on customer
  referencing new table as fact for each statement execute function count_new_customers();
create trigger customer_count after update on customer for each row
  when (old.status is distinct from new.status or old.reseller_id <> new.reseller_id) execute function count_customer();
create trigger order_count_new after insert on reseller_order
  referencing new table as fact for each statement execute function count_new_orders();
create trigger order_count after update on reseller_order for each row
  when (is_paid(old.status) <> is_paid(new.status)) execute function count_order();

-- The windows of 30 days as of a day; the same from nothing, for what was booked before this migration.
create function roll_figures(new_until date) returns void language sql as $$
  insert into figure_window (until) values (new_until) on conflict (id) do update set until = excluded.until;
  insert into reseller_total as t (reseller_id, currency, revenue, recent, previous)
  select reseller_id, currency, 0, coalesce(sum(amount) filter (where day > new_until - 30), 0),
         coalesce(sum(amount) filter (where day <= new_until - 30), 0)
    from revenue_rollup where day > new_until - 60 group by 1, 2 order by 1, 2
  on conflict (reseller_id, currency) do update set recent = excluded.recent, previous = excluded.previous;
  update reseller_total t set recent = 0, previous = 0
   where (recent <> 0 or previous <> 0)
     and not exists (select from revenue_rollup r where r.reseller_id = t.reseller_id and r.currency = t.currency
                        and r.day > new_until - 60)
$$;
create index revenue_rollup_day on revenue_rollup (day, reseller_id, currency);

select measure_facts(array_agg(l)) from ledger l group by l.reseller_id;
insert into reseller_total (reseller_id, currency, revenue)
  select reseller_id, currency, sum(amount) from revenue_rollup group by 1, 2;
select roll_figures(billing_day(now()));
insert into reseller_count (reseller_id, services_active, services_running, customers, orders_paid)
  select r.id, (select count(*) from service s where s.reseller_id = r.id and s.status = 'active'),
         (select count(*) from service s where s.reseller_id = r.id and is_running(s.status) = 1),
         (select count(*) from customer c where c.reseller_id = r.id and c.status = 'active'),
         (select count(*) from reseller_order o where o.reseller_id = r.id and is_paid(o.status) = 1)
    from reseller r;
insert into reseller_day (reseller_id, day, services, customers, orders)
  select reseller_id, day, sum(services), sum(customers), sum(orders)
    from (select reseller_id, billing_day(created_at) as day, 1 as services, 0 as customers, 0 as orders
            from service where status = 'active'
          union all select reseller_id, billing_day(created_at), 0, 1, 0 from customer where status = 'active'
          union all select reseller_id, billing_day(placed_at), 0, 0, 1 from reseller_order where is_paid(status) = 1) x
   group by 1, 2;
