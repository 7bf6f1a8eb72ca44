-- Customers with contact and own notes, drafts of orders, cancelling at the host, tickets, and what their lists need.

-- The host's client that a customer is as well; each client is one reseller's customer at most.
alter table customer add column if not exists host_client_id text;
create unique index if not exists customer_host_client on customer (host_client_id) where host_client_id is not null;
alter table customer
  add column phone text,
  add column country text,
  add column language text,
  -- The reseller's own words about the customer: neither the provider's staff nor the host sees them.
  add column note text;
create index customer_name on customer (reseller_id, lower(name), id);
create index customer_since on customer (reseller_id, created_at, id);
create index customer_all_name on customer (lower(name), id);
create index customer_prefix on customer (lower(name) text_pattern_ops);
create index customer_all_since on customer (created_at, id);

alter table reseller_order
  -- asked: the host is being asked to cancel; done: it did. An older report of the host does not undo it.
  add column cancel_state text check (cancel_state in ('asked', 'done')),
  add column cancel_reason text;
create index reseller_order_cancelling on reseller_order (next_attempt_at) where cancel_state = 'asked';
create index reseller_order_all on reseller_order (placed_at desc, id desc);
create index reseller_order_status on reseller_order (reseller_id, status, placed_at desc, id desc);
create index reseller_order_customer on reseller_order (customer_id, placed_at desc, id desc);
create index reseller_order_number on reseller_order (number);
create index reseller_order_invoice on reseller_order (host_invoice_id);
create index reseller_order_products on reseller_order using gin (jsonb_path_query_array(lines, '$[*].product'));

-- Services that never fall due come after all others.
create index service_due on service (reseller_id, coalesce(next_due_on, '9999-12-31'::date), id);
create index service_all_due on service (coalesce(next_due_on, '9999-12-31'::date), id);
create index service_since on service (reseller_id, created_at, id);
create index service_all_since on service (created_at, id);
create index service_customer on service (customer_id, created_at, id);
create index service_order on service (order_id);
create index service_domain on service (lower(domain) text_pattern_ops);
create index price_lock_history on price_lock (host_service_id, locked_at);

create index invoice_order on invoice (host_order_id);
create index invoice_number on invoice (number);
-- Drafts have no moment of issue yet: the newest of all.
create index invoice_list on invoice (reseller_id, coalesce(issued_at, 'infinity'::timestamptz), host_invoice_id);
create index invoice_all on invoice (coalesce(issued_at, 'infinity'::timestamptz), host_invoice_id);
create index ledger_service on ledger (host_service_id, day);

-- What a reseller is about to order: kept from the first choice on, so that a frame that dies loses nothing.
create table order_draft (
  id text primary key,
  reseller_id text not null references reseller (id),
  customer_id text references customer (id),
  content jsonb not null,
  -- The order placed with this key is what became of the draft; it is not offered for going on any more.
  idempotency_key text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1
);
create index order_draft_list on order_draft (reseller_id, updated_at desc, id desc);
create index order_draft_customer on order_draft (customer_id);

-- Which ticket of the host is about which order or service. Its content stays in the host.
create table ticket_link (
  host_ticket_id text not null,
  reseller_id text not null references reseller (id),
  order_id text references reseller_order (id),
  service_id text references service (id),
  linked_at timestamptz not null,
  primary key (reseller_id, host_ticket_id),
  check (num_nonnulls(order_id, service_id) = 1)
);
create index ticket_link_order on ticket_link (order_id);
create index ticket_link_service on ticket_link (service_id);

-- What the host reported of an order or invoice.
create index inbox_aggregate on inbox (aggregate_type, aggregate_id);
