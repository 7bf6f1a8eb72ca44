-- The programme: one row of settings, the tiers, the resellers.
create table programme (
  id smallint primary key default 1 check (id = 1),
  enabled boolean not null default true,
  discount_bp integer not null default 1000 check (discount_bp between 0 and 10000),
  apply_to jsonb not null default '{"base":true,"option":true,"addon":true,"domain":false,"setup":false}',
  cap_at_retail boolean not null default true,
  floor_lifts_books boolean not null default true,
  coupons text not null default 'refuse' check (coupons in ('refuse', 'allow')),
  quote_holds_seconds integer not null default 900 check (quote_holds_seconds between 60 and 86400),
  refuse_stale_seconds integer not null default 604800 check (refuse_stale_seconds >= 60),
  billing_zone text not null default 'UTC',
  version integer not null default 1,
  updated_at timestamptz not null default now()
);
insert into programme (id) values (1);

create table tier (
  id text primary key,
  name text not null unique,
  position integer not null unique,
  discount_bp integer check (discount_bp between 0 and 10000),
  version integer not null default 1
);
-- pricing.md rule 8: Bronze ships empty, so the programme's rate is what a new reseller gets.
insert into tier (id, name, position, discount_bp) values
  ('bronze', 'Bronze', 1, null), ('silver', 'Silver', 2, 1500), ('gold', 'Gold', 3, 2000),
  ('platinum', 'Platinum', 4, 2500), ('diamond', 'Diamond', 5, 3000);

create table reseller (
  id text primary key,
  host_client_id text not null unique,
  company text not null,
  email text not null,
  currency text not null,
  tier_id text not null references tier (id),
  own_discount_bp integer check (own_discount_bp between 0 and 10000),
  status text not null default 'active' check (status in ('active', 'suspended', 'inactive', 'terminated')),
  public_reason text,
  api_enabled boolean not null default true,
  created_at timestamptz not null,
  version integer not null default 1
);
create index reseller_company on reseller (lower(company), id);

create table customer (
  id text primary key,
  reseller_id text not null references reseller (id),
  name text not null,
  company text,
  email text not null,
  external_reference text,
  status text not null default 'active' check (status in ('active', 'archived')),
  created_at timestamptz not null,
  version integer not null default 1
);
create unique index customer_email on customer (reseller_id, lower(email));
create unique index customer_reference on customer (reseller_id, external_reference) where external_reference is not null;

create table api_key (
  id text primary key,
  reseller_id text references reseller (id),
  name text not null,
  -- SHA-256 of the whole key; the key itself is shown once and never stored.
  digest bytea not null unique,
  prefix text not null,
  scopes jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index api_key_reseller on api_key (reseller_id);

-- Append-only: who did what to which object, with before and after.
create table activity (
  id text primary key,
  at timestamptz not null,
  actor jsonb not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  reseller_id text,
  before jsonb,
  after jsonb
);
create index activity_subject on activity (subject_type, subject_id, at);
create index activity_reseller on activity (reseller_id, at);
create function activity_is_append_only() returns trigger language plpgsql as $$
begin raise exception 'activity entries are never changed'; end $$;
create trigger activity_append_only before update or delete on activity
  for each row execute function activity_is_append_only();

-- Events for the outside (webhooks, notices), written in the transaction of their cause.
create table outbox (
  sequence bigint generated always as identity primary key,
  id text not null unique,
  type text not null,
  reseller_id text,
  payload jsonb not null,
  created_at timestamptz not null,
  published_at timestamptz
);
create index outbox_unpublished on outbox (sequence) where published_at is null;
