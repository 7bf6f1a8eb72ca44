-- How an endpoint fares is read from its newest deliveries alone: when the last attempt of each began, and how long it took.
alter table webhook_delivery add column last_at timestamptz;
alter table webhook_delivery add column last_milliseconds integer;

-- Most deliveries a second that its receiver takes; null: no more than the places it has.
alter table webhook_endpoint add column per_second smallint check (per_second between 1 and 100);
-- When the deliveries of the last second began, by the clock of the database: whichever process sends counts with it.
alter table webhook_endpoint add column begun timestamptz[] not null default '{}';

-- Events of a range that are sent again: how far it is can be found again, and it can be stopped.
create table webhook_replay (
  -- Its deliveries have 'replay:' and this as their object.
  id text primary key,
  endpoint_id text not null references webhook_endpoint (id) on delete cascade,
  range_from timestamptz not null,
  range_to timestamptz not null,
  missed_only boolean not null,
  count integer not null,
  created_at timestamptz not null,
  stopped_at timestamptz,
  -- How many were not sent because of that.
  left_out integer
);
create index webhook_replay_newest on webhook_replay (endpoint_id, created_at desc, id desc);
