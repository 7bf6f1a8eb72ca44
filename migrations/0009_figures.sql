-- Activity: context of each entry, its order, and the chain that seals it.
alter table activity add column sequence bigint generated always as identity unique;
alter table activity add column reason text;
alter table activity add column request_id text;
alter table activity add column source_address text;
-- True for what only the provider's side may see.
alter table activity add column internal boolean not null default false;
create index activity_newest on activity (at desc, id desc);
create index activity_reseller_newest on activity (reseller_id, at desc, id desc) where not internal;
create index activity_action on activity (action, at desc, id desc);
create index activity_actor on activity ((actor ->> 'id'), at desc, id desc);
create index activity_on_behalf on activity ((actor ->> 'actingAdmin'), at desc, id desc) where actor ->> 'actingAdmin' is not null;
-- What changed last of each kind: every open screen asks it every 30 seconds.
create index activity_pulse on activity (subject_type, id);
create index activity_reseller_pulse on activity (reseller_id, subject_type, id);
create index activity_request on activity (request_id) where request_id is not null;
create trigger activity_never_emptied before truncate on activity for each statement execute function activity_is_append_only();

-- One link of the chain per entry, in the order of sealing. hash covers the entry and the hash before it.
create table activity_seal (
  position bigint primary key,
  activity_id text not null unique,
  sequence bigint not null,
  hash bytea not null,
  sealed_at timestamptz not null
);
create index activity_seal_time on activity_seal (sealed_at, sequence);
create trigger activity_seal_append_only before update or delete on activity_seal
  for each row execute function activity_is_append_only();
create trigger activity_seal_never_emptied before truncate on activity_seal
  for each statement execute function activity_is_append_only();

-- An admin who looks at a portal as its reseller, once per session of the host.
create table portal_view (
  session text not null,
  admin text not null,
  reseller_id text not null references reseller (id),
  first_at timestamptz not null,
  primary key (session, admin, reseller_id)
);

-- Revenue. The rows of the ledger that the rollups below do not hold yet: a job folds them in. So nothing that all
-- resellers share is written while a payment is booked, and reading rollup and tail together is exact at any moment.
create table revenue_tail (
  ledger_id text primary key,
  -- One row of each booking: it stands for the payment where payments are counted.
  opens boolean not null
);
create table revenue_network (
  day date not null,
  currency text not null,
  amount numeric not null,
  lines bigint not null,
  primary key (day, currency)
);
create table revenue_month (
  reseller_id text not null,
  month date not null,
  currency text not null,
  product text not null,
  amount bigint not null,
  lines integer not null,
  primary key (reseller_id, month, currency, product)
);
create index revenue_month_month on revenue_month (month, currency);
-- By service, or by invoice where a line names no service: whose customer that is may change later.
create table revenue_source (
  reseller_id text not null,
  month date not null,
  currency text not null,
  host_service_id text not null,
  host_invoice_id text not null,
  amount bigint not null,
  primary key (reseller_id, month, currency, host_service_id, host_invoice_id)
);
-- How many days from issue to payment, and how many of them were after the due date.
create table payment_pattern (
  reseller_id text not null,
  month date not null,
  days smallint not null,
  invoices integer not null,
  late integer not null,
  primary key (reseller_id, month, days)
);
-- Rankings and distributions of the whole network, made by a job; each says as of when.
create table network_figure (
  key text primary key,
  as_of timestamptz not null,
  body jsonb not null
);
insert into revenue_network (day, currency, amount, lines)
  select day, currency, sum(amount), sum(lines) from revenue_rollup group by 1, 2;
insert into revenue_month (reseller_id, month, currency, product, amount, lines)
  select reseller_id, date_trunc('month', day)::date, currency, coalesce(product, ''), sum(amount), count(*) from ledger group by 1, 2, 3, 4;
insert into revenue_source (reseller_id, month, currency, host_service_id, host_invoice_id, amount)
  select reseller_id, date_trunc('month', day)::date, currency, coalesce(host_service_id, ''),
         case when host_service_id is null then host_invoice_id else '' end, sum(amount)
    from ledger group by 1, 2, 3, 4, 5;
insert into payment_pattern (reseller_id, month, days, invoices, late)
  select i.reseller_id, date_trunc('month', l.day)::date, least(greatest((l.occurred_at::date - i.issued_at::date), 0), 3650),
         count(*), count(*) filter (where i.due_on < l.day)
    from (select distinct on (host_invoice_id) host_invoice_id, day, occurred_at from ledger where kind = 'paid' order by host_invoice_id, occurred_at) l
    join invoice i using (host_invoice_id) where i.issued_at is not null group by 1, 2, 3;
create index if not exists invoice_unpaid on invoice (reseller_id, currency, due_on) include (total) where status = 'unpaid';
create index service_created on service (created_at);
create index service_reseller_status on service (reseller_id, status);

-- The account of each reseller: what statements are made of. Positive raises what is owed.
create table account_entry (
  id bigint generated always as identity primary key,
  reseller_id text not null,
  currency text not null,
  kind text not null check (kind in ('invoice', 'correction', 'payment', 'cancelled', 'credit', 'payout')),
  host_invoice_id text not null,
  -- Makes an entry count once: payment or refund id, amount of a correction.
  reference text not null,
  number text not null,
  -- Decimal, tax included as the host invoices it.
  amount numeric not null,
  at timestamptz not null,
  -- Day in the provider's billing zone.
  day date not null,
  statement_id text,
  unique (host_invoice_id, kind, reference)
);
create index account_entry_open on account_entry (reseller_id, currency, day, id) where statement_id is null;
create index account_entry_statement on account_entry (statement_id, day, id) where statement_id is not null;
create table statement (
  id text primary key,
  reseller_id text not null references reseller (id),
  currency text not null,
  -- First day of the month.
  month date not null,
  opening numeric not null,
  closing numeric not null,
  totals jsonb not null,
  lines integer not null,
  closed_at timestamptz not null,
  unique (reseller_id, currency, month)
);
create index statement_list on statement (reseller_id, month desc, currency);
create index statement_month on statement (month desc, id desc);
create function statement_is_final() returns trigger language plpgsql as $$
begin raise exception 'a closed statement is never changed; corrections go into the next one'; end $$;
create trigger statement_final before update or delete on statement for each row execute function statement_is_final();
-- Closing a month puts an entry on its statement; nothing else about an entry ever changes.
create trigger account_entry_final before update or delete on account_entry for each row
  when (old.statement_id is not null) execute function statement_is_final();

-- A trigger, so that whichever way an invoice is kept, its account follows in the same transaction.
create function invoice_to_account() returns trigger language plpgsql as $$
declare
  zone text;
  total numeric;
  billed numeric;
begin
  if new.status = 'draft' or new.issued_at is null then return null; end if;
  select billing_zone into zone from programme;
  total := new.total::numeric;
  select sum(amount) into billed from account_entry
   where host_invoice_id = new.host_invoice_id and kind in ('invoice', 'correction');
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
create trigger invoice_account_new after insert on invoice for each row execute function invoice_to_account();
-- Invoices that were kept before there were accounts pass the trigger once.
create trigger invoice_account_backfill after update on invoice for each row execute function invoice_to_account();
update invoice set status = status;
drop trigger invoice_account_backfill on invoice;
create trigger invoice_account_changed after update on invoice for each row
  when (old.status <> new.status or old.total <> new.total or old.issued_at is distinct from new.issued_at)
  execute function invoice_to_account();

-- Problems: what is being done about them.
alter table problem add column id text unique;
update problem set id = 'prb_' || md5(key);
alter table problem alter column id set not null;
alter table problem add column state text not null default 'open' check (state in ('open', 'acknowledged', 'resolved'));
alter table problem add column reseller_id text;
alter table problem add column owner text;
alter table problem add column note text;
alter table problem add column changed_at timestamptz;
alter table problem add column version integer not null default 1;
create index problem_list on problem (state, last_at desc, id desc);
create index problem_newest on problem (last_at desc, id desc);

-- When the host was last seen doing something that must not stay away: rule 24's confirmation of price lists.
create table host_sign (
  name text primary key,
  at timestamptz not null
);

-- Notices to resellers, by mail where it is set up, and in the inbox of the portal.
create table notice (
  id text primary key,
  kind text not null,
  reseller_id text references reseller (id),
  -- For an applicant, who is no reseller yet.
  host_client_id text,
  -- The event it tells of, or another key: the same is told once.
  cause text not null,
  language text not null,
  recipient text not null,
  subject text not null,
  body text not null,
  state text not null check (state in ('queued', 'sent', 'inbox', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  read_at timestamptz,
  version integer not null default 1,
  unique (cause, kind)
);
-- Events that were looked at, whether they made a notice or not.
create table notice_seen (
  event_id text primary key,
  at timestamptz not null
);
create index notice_newest on notice (created_at desc, id desc);
create index notice_reseller on notice (reseller_id, created_at desc, id desc);
create index notice_queued on notice (next_attempt_at) where state = 'queued';
create index notice_unread on notice (reseller_id) where read_at is null;
create index outbox_type on outbox (type, created_at);
