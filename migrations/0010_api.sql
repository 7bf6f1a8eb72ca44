alter table api_key
  add column mode text not null default 'live' check (mode in ('live', 'test')),
  -- Addresses and CIDR ranges that calls may come from; empty = from anywhere.
  add column allowlist jsonb not null default '[]',
  -- The key that takes this one's place; until expires_at both are good.
  add column replaced_by text references api_key (id),
  add column replaced_at timestamptz,
  -- Written at most once a minute, off the request's path.
  add column last_used_at timestamptz,
  add column last_used_from text;
create index api_key_newest on api_key (created_at desc, id desc);
create index api_key_replaced_by on api_key (replaced_by) where replaced_by is not null;

-- Calls of the current minute per key and per reseller, by their ids. Unlogged: a limit is not worth waiting for the
-- disk, and after a crash all begin anew.
create unlogged table api_rate (
  name text primary key,
  started_at timestamptz not null,
  used integer not null,
  -- What the minute before left over, as far as the programme's burst allows.
  carried integer not null
) with (fillfactor = 50);

-- Calls per key and day (UTC) by how they ended: ok, or the stable code of the refusal.
create table api_usage (
  key_id text not null references api_key (id),
  day date not null,
  outcome text not null,
  calls bigint not null,
  primary key (key_id, day, outcome)
);

-- What keys called, kept for as long as the settings say.
create table api_call (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  key_id text not null,
  reseller_id text,
  method text not null,
  path text not null,
  status smallint not null,
  outcome text not null,
  duration_ms integer not null,
  request_id text not null,
  source_address text
);
create index api_call_key on api_call (key_id, id);
create index api_call_reseller on api_call (reseller_id, id);
create index api_call_at on api_call using brin (at);

-- Answers to requests that carried an Idempotency-Key: the same request again gets the same answer.
create table api_idempotency (
  -- The API key, or whoever acted, that sent it.
  owner text not null,
  key text not null,
  -- SHA-256 over method, path and body.
  request_hash text not null,
  -- Null while a request of several steps is under way, and where the action itself is safe to repeat.
  answer jsonb,
  created_at timestamptz not null,
  primary key (owner, key)
);
create index api_idempotency_created on api_idempotency (created_at);
