-- What the doctor found last, one row for each of its checks, and when the check was last in order.
create table health_check (
  id text primary key,
  status text not null check (status in ('ok', 'warn', 'fail', 'skip')),
  what text not null,
  mend text,
  looked_at timestamptz not null,
  good_at timestamptz
);
-- When the host was last heard.
create index inbox_received on inbox (received_at);
