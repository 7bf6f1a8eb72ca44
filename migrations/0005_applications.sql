-- Applications, and settings in versioned sections.
-- Like names are found by trigrams (a contrib module that every PostgreSQL package and managed service brings).
create extension if not exists pg_trgm;

-- One row per section of the settings; values left out have their default. Columns of `programme` that prices and orders
-- read stay there and are shown in their section.
create table settings (
  section text primary key,
  version integer not null default 1,
  "values" jsonb not null default '{}',
  changed_at timestamptz not null default now(),
  changed_by jsonb not null default '{"kind":"system","id":"system","name":"installation"}'
);
-- Every version a section ever had, complete: what an old application was asked, and what a revert goes back to.
create table settings_version (
  section text not null references settings (section),
  version integer not null,
  "values" jsonb not null,
  at timestamptz not null default now(),
  by jsonb not null,
  -- The version whose values this one took over, when it is a revert.
  reverts integer,
  primary key (section, version)
);
insert into settings (section) values ('programme'), ('applications'), ('prices'), ('api'), ('notices'), ('retention');
insert into settings (section, "values") values ('form', '{"fields":[
  {"id":"businessName","type":"text","label":{"en":"Business name","de":"Firmenname"},"required":true},
  {"id":"registrationNumber","type":"text","label":{"en":"Registration number","de":"Handelsregisternummer"},"required":false},
  {"id":"taxId","type":"tax_id","label":{"en":"Tax ID","de":"Steuernummer oder USt-IdNr."},"required":true},
  {"id":"description","type":"long_text","label":{"en":"What do you sell, and to whom?","de":"Was verkaufen Sie, und an wen?"},"required":true}
]}');
insert into settings_version (section, version, "values", at, by)
  select s.section, 1, s."values" || case s.section
    when 'programme' then (select jsonb_build_object('enabled', enabled) from programme)
    when 'prices' then (select jsonb_build_object('discountBp', discount_bp, 'applyTo', apply_to, 'capAtRetail', cap_at_retail,
      'floorLiftsBooks', floor_lifts_books, 'coupons', coupons, 'quoteHoldsSeconds', quote_holds_seconds,
      'refuseStaleSeconds', refuse_stale_seconds) from programme)
    else '{}' end, s.changed_at, s.changed_by from settings s;

-- Null: days are cut in the zone that the host names; else an admin's choice, which no reading of the host undoes.
alter table programme add column own_billing_zone text;
-- Off: no key of any reseller opens anything.
alter table programme add column api_enabled boolean not null default true;

create table application (
  id text primary key,
  host_client_id text not null,
  applicant_name text not null,
  applicant_email text not null,
  status text not null check (status in
    ('draft', 'submitted', 'info_requested', 'answered', 'approved', 'rejected', 'withdrawn', 'expired')),
  -- The version of the form it answers: an old application keeps its own.
  form_version integer not null,
  answers jsonb not null,
  business_name text not null default '',
  country text,
  answered integer not null default 0,
  asked integer not null default 0,
  tax_id_check text not null default 'unchecked' check (tax_id_check in ('ok', 'wrong', 'unchecked')),
  -- What like applications are found by: compact, lower case; null = not given.
  tax_key text,
  registration_key text,
  phone_key text,
  name_key text,
  domain_keys text[] not null default '{}',
  -- What the host knew of the client when it was submitted; null when the host could not be asked.
  facts jsonb,
  request jsonb,
  assigned_to text,
  assigned_name text,
  decision jsonb,
  reseller_id text references reseller (id),
  last_change jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_at timestamptz,
  -- Since when somebody waits: the admin for a submitted or answered one, the applicant for a request.
  waiting_since timestamptz not null,
  reminded_at timestamptz,
  decided_at timestamptz,
  reapply_at timestamptz,
  version integer not null default 1
);
-- A client has one application under way.
create unique index application_open on application (host_client_id)
  where status in ('draft', 'submitted', 'info_requested', 'answered');
create index application_client on application (host_client_id, created_at desc);
create index application_status on application (status, waiting_since, id);
create index application_waiting on application (waiting_since, id) where status <> 'draft';
create index application_name on application (lower(business_name), id) where status <> 'draft';
create index application_decided on application (decided_at, id) where decided_at is not null;
create index application_submitted on application (submitted_at) where submitted_at is not null;
create index application_assigned on application (assigned_to, waiting_since, id) where assigned_to is not null;
create index application_tax_key on application (tax_key) where tax_key is not null;
create index application_registration_key on application (registration_key) where registration_key is not null;
create index application_phone_key on application (phone_key) where phone_key is not null;
create index application_domain_keys on application using gin (domain_keys);
create index application_name_key on application using gin (name_key gin_trgm_ops);
create index application_search on application using gin (lower(business_name || ' ' || applicant_name || ' ' || applicant_email) gin_trgm_ops);
create index application_reseller on application (reseller_id) where reseller_id is not null;
create index reseller_mail_domain on reseller (lower(split_part(email, '@', 2)));
create index reseller_company_like on reseller using gin (lower(company) gin_trgm_ops);

-- What was sent, each time: the first submission and every answer to a request.
create table application_submission (
  application_id text not null references application (id) on delete cascade,
  number integer not null,
  at timestamptz not null,
  answers jsonb not null,
  primary key (application_id, number)
);

-- The thread: messages to and from the applicant, and notes that only the team sees.
create table application_message (
  id text primary key,
  application_id text not null references application (id) on delete cascade,
  at timestamptz not null,
  kind text not null check (kind in ('message', 'note')),
  author jsonb not null,
  body text not null
);
create index application_message_thread on application_message (application_id, at, id);

-- Why an application looks like another record. "Not a duplicate" is remembered.
create table application_match (
  application_id text not null references application (id) on delete cascade,
  other_type text not null check (other_type in ('application', 'reseller')),
  other_id text not null,
  reason text not null check (reason in ('tax_id', 'registration_number', 'domain', 'phone', 'name', 'earlier')),
  found_at timestamptz not null,
  dismissed_by jsonb,
  dismissed_at timestamptz,
  primary key (application_id, other_type, other_id, reason)
);
