-- Events get a position when they are handed out, in the order in which they became visible: numbers of the identity
-- column are given before the commit, so a reader by them could skip an event of a slower transaction.
alter table outbox add column position bigint unique;
update outbox set published_at = created_at where published_at is null;
update outbox set position = sequence;
create index outbox_reseller_position on outbox (reseller_id, position);

-- Where events are delivered to. reseller_id null: an endpoint of the provider, which gets the events of all.
create table webhook_endpoint (
  id text primary key,
  reseller_id text references reseller (id),
  url text not null,
  description text not null,
  -- Types ("order.paid"), groups ("order.*") or "*".
  events text[] not null,
  active boolean not null,
  -- Sealed; the one before signs beside it until old_secret_until.
  secret text not null,
  old_secret text,
  old_secret_until timestamptz,
  -- Since when no delivery succeeded; null = the last one did.
  failing_since timestamptz,
  -- The receiver asked for a pause (Retry-After).
  hold_until timestamptz,
  off_reason text check (off_reason in ('failing', 'gone')),
  created_at timestamptz not null,
  version integer not null default 1
);
create index webhook_endpoint_owner on webhook_endpoint (reseller_id, created_at desc, id desc);
create index webhook_endpoint_newest on webhook_endpoint (created_at desc, id desc);

create table webhook_delivery (
  -- The order in which deliveries of one object are sent.
  position bigint generated always as identity primary key,
  id text not null unique,
  endpoint_id text not null references webhook_endpoint (id) on delete cascade,
  event_id text not null,
  event_type text not null,
  object_key text not null,
  origin text not null check (origin in ('event', 'test', 'resend', 'replay')),
  state text not null check (state in ('waiting', 'delivered', 'failed', 'stopped')),
  attempts integer not null default 0,
  next_at timestamptz,
  -- A worker is sending it; when it dies, another takes over from then on.
  lease_until timestamptz,
  last_status integer,
  last_error text,
  created_at timestamptz not null,
  finished_at timestamptz
) with (fillfactor = 80);
create index webhook_delivery_due on webhook_delivery (endpoint_id, next_at) where state = 'waiting';
create index webhook_delivery_object on webhook_delivery (endpoint_id, object_key, position) where state = 'waiting';
create index webhook_delivery_list on webhook_delivery (endpoint_id, position desc);
create index webhook_delivery_state on webhook_delivery (endpoint_id, state, position desc);
create index webhook_delivery_finished on webhook_delivery (finished_at) where finished_at is not null;

create table webhook_attempt (
  delivery_id text not null references webhook_delivery (id) on delete cascade,
  number integer not null,
  at timestamptz not null,
  milliseconds integer not null,
  status integer,
  error text,
  -- The first 2 kB of what the receiver said.
  answer text not null,
  primary key (delivery_id, number)
);
