-- The host's catalogue as last read, the rules, and the price lists compiled from both.
create table catalogue (
  id smallint primary key default 1 check (id = 1),
  catalogue_tax text not null,
  setup_per_quantity boolean not null,
  currencies jsonb not null,
  groups jsonb not null,
  read_at timestamptz not null
);

create table catalogue_product (
  id text primary key,
  group_id text not null,
  offered boolean not null,
  -- The product as catalogue/1 has it, and the words for screens.
  product jsonb not null,
  display jsonb,
  hash text not null,
  position integer not null,
  removed_at timestamptz
);

create table price_discount (
  id text primary key,
  reseller_id text references reseller (id),
  tier_id text references tier (id),
  product text,
  group_id text,
  bp integer not null check (bp between 0 and 10000),
  kinds jsonb,
  valid_from timestamptz,
  valid_until timestamptz,
  check (num_nonnulls(reseller_id, tier_id) = 1),
  check (num_nonnulls(product, group_id) = 1)
);

create table price_book_cell (
  id text primary key,
  reseller_id text references reseller (id),
  tier_id text references tier (id),
  product text not null,
  component text not null,
  term text not null,
  currency text not null,
  price text,
  setup text,
  valid_from timestamptz,
  valid_until timestamptz,
  check (num_nonnulls(reseller_id, tier_id) = 1)
);

create table price_floor (
  id text primary key,
  product text,
  group_id text,
  component text,
  term text,
  currency text not null,
  min_price text,
  min_setup text,
  over_cost_bp integer check (over_cost_bp >= 0),
  check (num_nonnulls(product, group_id) <= 1)
);

-- Everything below is immutable and named by its content; a change inserts, it never updates.
create table price_chunk (
  hash text primary key,
  product text not null,
  body bytea not null,
  created_at timestamptz not null default now()
);
-- Which chunk a product compiles to under which values: spares the compiler what it did before.
create table price_chunk_source (
  source_key text primary key,
  hash text not null references price_chunk (hash)
);
create table price_page (
  hash text primary key,
  entries jsonb not null
);
create table price_list (
  hash text primary key,
  pages jsonb not null
);
-- A normalised rule set, by value. Resellers whose rules have equal values share it.
create table rule_set (
  hash text primary key,
  first_used_at timestamptz not null default now()
);
-- Which list a rule set stood for since when; the newest is the current one.
create table price_list_version (
  rule_set text not null references rule_set (hash),
  current_from timestamptz not null,
  list_hash text not null references price_list (hash),
  primary key (rule_set, current_from)
);
-- Which rule set holds for a reseller in [valid_from, valid_until).
create table price_assignment (
  id bigint generated always as identity primary key,
  reseller_id text not null references reseller (id),
  rule_set text not null references rule_set (hash),
  valid_from timestamptz not null,
  valid_until timestamptz,
  -- Set when a later decision replaced this assignment before its end.
  replaced_at timestamptz
);
create index price_assignment_current on price_assignment (reseller_id, valid_from) where replaced_at is null;
