-- One-time codes that pair a host: a digest, never the code. Several may be open, one for each process that printed one.
create table pairing_code (
  digest bytea primary key,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Wrong codes count against every open one, since they name none.
  tries integer not null default 0,
  -- While a pairing with this code is under way; it may be tried again when that did not end well.
  claimed_until timestamptz,
  used_at timestamptz
);

-- The host that was paired. Secrets are in files of DATA_DIR; the id of the newest key tells a process that its file is
-- older than what the others use.
create table host_pairing (
  id smallint primary key default 1 check (id = 1),
  installation text not null,
  key_id text not null,
  host_kind text not null,
  host_version text not null,
  host_url text not null,
  module_version text not null,
  paired_at timestamptz not null
);

-- A comparison that reads the host by lists, so that it goes on where the hourly number of calls was used up.
create table reconcile_reading (
  id smallint primary key default 1 check (id = 1),
  run_id text not null references reconcile_run (id),
  -- When it last got on.
  touched_at timestamptz not null,
  -- The last reseller whose comparison is done; those after it follow in the order of their ids.
  done_through text not null default '',
  -- Where the reading of the resellers after it stands.
  client_ids jsonb,
  part text not null default 'orders' check (part in ('orders', 'services', 'invoices', 'end')),
  cursor text not null default ''
);
create table reconcile_page (
  id bigint generated always as identity primary key,
  part text not null check (part in ('orders', 'services', 'invoices')),
  entries jsonb not null
);

-- A customer that was a client of the host before; each client is one reseller's customer at most.
alter table customer add column host_client_id text;
create unique index customer_host_client on customer (host_client_id) where host_client_id is not null;
