-- What lists of resellers are sorted by, and the sums below them, is kept as the other figures are: rows in a tail, folded
-- before anybody reads. What is unpaid was added up from all invoices before, the last order looked up for each reseller.
alter table count_tail add column ordered_at timestamptz;
alter table reseller_count add column last_order_at timestamptz not null default '-infinity';
create index reseller_count_services on reseller_count (services_running, reseller_id);
create index reseller_count_customers on reseller_count (customers, reseller_id);
create index reseller_count_last_order on reseller_count (last_order_at, reseller_id);

-- Each reseller has its row from the beginning: none has to be looked for that has none.
insert into reseller_count (reseller_id) select id from reseller on conflict do nothing;
create function count_reseller() returns trigger language plpgsql as $$
begin
  insert into reseller_count (reseller_id) values (new.id) on conflict do nothing;
  return null;
end $$;
create trigger reseller_count_new after insert on reseller for each row execute function count_reseller();

-- Unpaid invoices, in decimal units as they are billed, tax included.
create table reseller_unpaid (
  reseller_id text not null,
  currency text not null,
  amount numeric not null,
  primary key (reseller_id, currency)
);
create index reseller_unpaid_amount on reseller_unpaid (currency, amount, reseller_id);
-- By due day, so that what is overdue today needs no invoice to be looked at. Without a due day: infinity.
create table network_unpaid (
  currency text not null,
  due_on date not null,
  amount numeric not null,
  primary key (currency, due_on)
);
create table unpaid_tail (
  id bigint generated always as identity primary key,
  reseller_id text not null,
  currency text not null,
  due_on date not null,
  amount numeric not null
);

create function count_unpaid() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.status = 'unpaid' then
    insert into unpaid_tail (reseller_id, currency, due_on, amount)
    values (old.reseller_id, old.currency, coalesce(old.due_on, 'infinity'), -old.total::numeric);
  end if;
  if new.status = 'unpaid' then
    insert into unpaid_tail (reseller_id, currency, due_on, amount)
    values (new.reseller_id, new.currency, coalesce(new.due_on, 'infinity'), new.total::numeric);
  end if;
  return null;
end $$;
create trigger invoice_unpaid_new after insert on invoice for each row
  when (new.status = 'unpaid') execute function count_unpaid();
create trigger invoice_unpaid_changed after update on invoice for each row
  when ((old.status = 'unpaid' or new.status = 'unpaid')
        and (old.status, old.reseller_id, old.currency, old.total, old.due_on)
            is distinct from (new.status, new.reseller_id, new.currency, new.total, new.due_on))
  execute function count_unpaid();

-- Any order is the last one, paid or not; it counts as paid as before.
create or replace function count_order() returns trigger language plpgsql as $$
begin
  insert into count_tail (reseller_id, day, active, running, customers, paid, ordered_at)
  select new.reseller_id, (new.placed_at at time zone billing_zone)::date, 0, 0, 0,
         case when is_paid(new.status) = 1 then 1 when tg_op = 'INSERT' then 0 else -1 end,
         case when tg_op = 'INSERT' then new.placed_at end
    from programme;
  return null;
end $$;
drop trigger order_count_new on reseller_order;
create trigger order_count_new after insert on reseller_order for each row execute function count_order();

alter function rebuild_figures() rename to rebuild_booked_figures;
create function rebuild_figures() returns void language plpgsql as $$
begin
  lock table unpaid_tail in share row exclusive mode;
  truncate unpaid_tail, reseller_unpaid, network_unpaid;
  perform rebuild_booked_figures();
  insert into reseller_unpaid (reseller_id, currency, amount)
    select reseller_id, currency, sum(total::numeric) from invoice where status = 'unpaid' group by 1, 2;
  insert into network_unpaid (currency, due_on, amount)
    select currency, coalesce(due_on, 'infinity'), sum(total::numeric) from invoice where status = 'unpaid' group by 1, 2;
  update reseller_count c set last_order_at = o.at
    from (select reseller_id, max(placed_at) as at from reseller_order group by 1) o where o.reseller_id = c.reseller_id;
end $$;
select rebuild_figures();
