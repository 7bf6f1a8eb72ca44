-- Orders, services, locks, invoices and revenue, as the host reports them.
create table reseller_order (
  id text primary key,
  reseller_id text not null references reseller (id),
  customer_id text references customer (id),
  number bigint generated always as identity,
  status text not null check (status in ('placing', 'pending', 'paid', 'not_accepted', 'cancelled', 'refunded', 'part_refunded')),
  via text not null check (via in ('portal', 'shop', 'api', 'staff')),
  currency text not null,
  digits smallint not null,
  tax text not null,
  due_now text not null,
  lines jsonb not null,
  list_hash text,
  priced_at timestamptz,
  -- The quote this order used up: a quote is single use.
  quote_id text unique,
  idempotency_key text,
  request_hash text,
  payment_method text,
  note text,
  host_order_id text unique,
  host_invoice_id text,
  refusal text,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  placed_at timestamptz not null,
  host_version bigint not null default 0,
  version integer not null default 1
);
create unique index reseller_order_idempotency on reseller_order (reseller_id, idempotency_key) where idempotency_key is not null;
create index reseller_order_list on reseller_order (reseller_id, placed_at desc, id);
create index reseller_order_placing on reseller_order (next_attempt_at) where status = 'placing';

-- What was tried at the host, before and after each step: what a restart reads first.
create table order_journal (
  id bigint generated always as identity primary key,
  order_id text not null references reseller_order (id),
  step text not null,
  phase text not null check (phase in ('begin', 'done', 'failed')),
  detail jsonb,
  at timestamptz not null
);
create index order_journal_order on order_journal (order_id, id);

create table service (
  id text primary key,
  reseller_id text not null references reseller (id),
  customer_id text references customer (id),
  order_id text references reseller_order (id),
  host_service_id text not null unique,
  product text not null,
  title text not null,
  domain text,
  status text not null,
  term text not null,
  currency text not null,
  quantity integer not null,
  recurring text,
  next_due_on date,
  host_version bigint not null default 0,
  created_at timestamptz not null
);
create index service_reseller on service (reseller_id, created_at);

create table price_lock (
  id text primary key,
  reseller_id text not null references reseller (id),
  host_service_id text not null,
  product text not null,
  term text not null,
  currency text not null,
  quantity integer not null,
  unit_price text not null,
  components jsonb not null,
  list_hash text,
  status text not null check (status in ('pending', 'active', 'replaced', 'ended')),
  locked_at timestamptz not null
);
create unique index price_lock_current on price_lock (host_service_id) where status in ('pending', 'active');

create table invoice (
  host_invoice_id text primary key,
  reseller_id text not null references reseller (id),
  number text not null,
  host_order_id text,
  status text not null,
  currency text not null,
  total text not null,
  due_on date,
  issued_at timestamptz,
  paid_at timestamptz,
  lines jsonb not null,
  host_version bigint not null default 0
);
create index invoice_reseller on invoice (reseller_id, issued_at);

-- Append-only. amount in minor units, net; negative for refunds. One row per fact (pricing.md rule 29).
create table ledger (
  id text primary key,
  reseller_id text not null,
  kind text not null check (kind in ('paid', 'refunded')),
  host_invoice_id text not null,
  host_line_id text not null,
  payment_id text not null,
  host_service_id text,
  product text,
  occasion text not null,
  currency text not null,
  amount bigint not null,
  day date not null,
  occurred_at timestamptz not null,
  booked_at timestamptz not null,
  unique (host_line_id, kind, payment_id)
);
create index ledger_reseller on ledger (reseller_id, day);
create index ledger_invoice on ledger (host_invoice_id);

create table revenue_rollup (
  reseller_id text not null,
  day date not null,
  currency text not null,
  amount bigint not null default 0,
  lines integer not null default 0,
  primary key (reseller_id, day, currency)
);

-- Events already applied: their id, and per object the newest version seen, so that old states are dropped.
create table inbox (
  event_id text primary key,
  type text not null,
  aggregate_type text not null,
  aggregate_id text not null,
  aggregate_version bigint not null,
  outcome text not null check (outcome in ('applied', 'stale', 'ignored', 'parked')),
  reason text,
  body jsonb,
  received_at timestamptz not null
);
create index inbox_parked on inbox (received_at) where outcome = 'parked';

create table aggregate_version (
  aggregate_type text not null,
  aggregate_id text not null,
  version bigint not null,
  primary key (aggregate_type, aggregate_id)
);

create table reconcile_run (
  id text primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  error text
);
create table difference (
  id text primary key,
  run_id text not null references reconcile_run (id),
  reseller_id text not null,
  kind text not null,
  subject_type text not null,
  subject_id text not null,
  currency text,
  expected text,
  actual text,
  amount text,
  detail jsonb not null,
  status text not null default 'open' check (status in ('open', 'repaired', 'gone')),
  found_at timestamptz not null,
  closed_at timestamptz
);
create unique index difference_open on difference (kind, subject_type, subject_id) where status = 'open';

create table problem (
  key text primary key,
  message text not null,
  severity text not null check (severity in ('info', 'warning', 'danger')),
  count integer not null default 1,
  first_at timestamptz not null,
  last_at timestamptz not null
);

-- How far changes.read was followed.
create table change_cursor (
  name text primary key,
  cursor text not null
);
