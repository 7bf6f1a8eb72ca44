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

-- What a reading of the host by lists has so far, when its hourly number of calls was used up in the middle.
create table host_reading (
  name text primary key,
  started_at timestamptz not null,
  client_ids jsonb not null,
  part text not null check (part in ('orders', 'services', 'invoices')),
  cursor text not null
);
create table host_reading_page (
  name text not null references host_reading (name) on delete cascade,
  part text not null,
  position integer not null,
  entries jsonb not null,
  primary key (name, part, position)
);
