-- Changes of prices as versions: draft, preview, scheduled, live, history. What a draft changes is one row a rule.
create table price_version (
  id text primary key,
  -- Given when it is published; 0 is what held before the first version.
  number integer unique,
  name text not null,
  state text not null check (state in ('draft', 'scheduled', 'live', 'replaced', 'withdrawn', 'discarded')),
  running text not null default 'keep' check (running in ('keep', 'next_renewal')),
  notice_days integer not null default 30 check (notice_days between 0 and 365),
  effective_at timestamptz,
  -- From when running services may be billed more.
  services_from timestamptz,
  -- For the activity log and other admins; never shown to resellers.
  reason text,
  reverts_to integer,
  created_by text not null,
  created_at timestamptz not null,
  updated_by text not null,
  updated_at timestamptz not null,
  published_by text,
  published_at timestamptz,
  announced_at timestamptz,
  applied_at timestamptz,
  services_moved_at timestamptz,
  ended_at timestamptz,
  -- All rules (rules/1) as they stood once this version was live.
  rules jsonb,
  version integer not null default 1
);
create index price_version_newest on price_version (created_at desc, id desc);
create index price_version_state on price_version (state, effective_at);
create unique index price_version_live on price_version (state) where state = 'live';

create table price_change (
  version_id text not null references price_version (id),
  kind text not null check (kind in ('discount', 'book', 'floor', 'tier', 'programme')),
  rule_id text not null,
  -- The rule as it stood when it was changed here, and as it is to be; null = there is none.
  before jsonb,
  after jsonb,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (version_id, kind, rule_id)
);

-- What a version would do: made by a job, kept with what it was made of, so that it can be left and found again.
create table price_preview (
  id text primary key,
  version_id text not null references price_version (id),
  -- Names what was looked at: draft, published rules, catalogue.
  basis text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  steps_done integer not null default 0,
  steps integer,
  summary jsonb,
  error text,
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz
);
create index price_preview_version on price_preview (version_id, started_at desc);

-- Resellers whose prices change alike are one group; its products are worked out once.
create table price_preview_product (
  preview_id text not null references price_preview (id) on delete cascade,
  group_number integer not null,
  product text not null,
  lines_up integer not null,
  lines_down integer not null,
  lines_same integer not null,
  below_floor integer not null,
  below_cost integer not null,
  at_floor integer not null,
  -- Basis points of the price before, the largest change by size, with its line.
  largest_bp integer not null,
  largest jsonb,
  resellers integer not null,
  primary key (preview_id, group_number, product)
);
create index price_preview_product_size on price_preview_product (preview_id, abs(largest_bp) desc, group_number, product);

create table price_preview_reseller (
  preview_id text not null references price_preview (id) on delete cascade,
  reseller_id text not null references reseller (id),
  group_number integer not null,
  company text not null,
  has_email boolean not null,
  lines_up integer not null,
  lines_down integer not null,
  below_floor integer not null,
  below_cost integer not null,
  at_floor integer not null,
  largest_bp integer not null,
  services integer not null,
  -- Minor units a month by currency: what running services cost before, and what the change does to it.
  monthly jsonb not null,
  primary key (preview_id, reseller_id)
);
create index price_preview_reseller_size on price_preview_reseller (preview_id, abs(largest_bp) desc, reseller_id);

create table price_preview_service (
  preview_id text not null references price_preview (id) on delete cascade,
  service_id text not null,
  reseller_id text not null,
  title text not null,
  product text not null,
  term text not null,
  currency text not null,
  quantity integer not null,
  old_price text not null,
  new_price text not null,
  change_bp integer not null,
  primary key (preview_id, service_id)
);
create index price_preview_service_size on price_preview_service (preview_id, abs(change_bp) desc, service_id);

-- From which list to which a version took a reseller: running services move by the difference.
create table price_version_move (
  version_id text not null references price_version (id),
  reseller_id text not null references reseller (id),
  before_list text not null,
  after_list text not null,
  primary key (version_id, reseller_id)
);

-- True while the list of a rule set may have missed a change of the catalogue.
alter table rule_set add column behind boolean not null default false;

-- Limits beyond which publishing asks a second time. Basis points.
create table price_guard (
  id smallint primary key default 1 check (id = 1),
  line_bp integer not null default 2000 check (line_bp between 1 and 1000000),
  lines_bp integer not null default 5000 check (lines_bp between 1 and 10000),
  monthly_bp integer not null default 1000 check (monthly_bp between 1 and 1000000),
  version integer not null default 1
);
insert into price_guard (id) values (1);

-- Retail at the moment a fixed price was set: a price book that retail left behind is found by it.
alter table price_book_cell add column retail_price text, add column retail_setup text;
create index price_book_cell_product on price_book_cell (product);

-- A reseller's own prices towards its customers: the closest rule wins, nothing compounds.
create table own_price_rule (
  id text primary key,
  reseller_id text not null references reseller (id),
  product text,
  component text,
  group_id text,
  -- Null for what holds in every currency.
  currency text,
  term text,
  method text not null check (method in ('markup', 'margin', 'retail', 'difference', 'fixed')),
  bp integer,
  amount text,
  setup text,
  ending text,
  changed_at timestamptz not null,
  check (num_nonnulls(product, group_id) <= 1)
);
create index own_price_rule_reseller on own_price_rule (reseller_id, id);
-- One version a reseller, raised by every change of its own prices.
create table own_price_list (
  reseller_id text primary key references reseller (id),
  -- Name above the printed list; null = the company.
  heading text,
  note text,
  updated_at timestamptz not null,
  version integer not null default 1
);
create table own_price_cost (
  reseller_id text not null references reseller (id),
  product text not null,
  currency text not null,
  -- What the product costs the reseller a month whoever buys it: for break-even.
  monthly text not null,
  primary key (reseller_id, product, currency)
);

create index service_reseller_product on service (reseller_id, product, id);
create index service_product on service (product);
create index catalogue_product_position on catalogue_product (position, id);
