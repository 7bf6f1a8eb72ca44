-- Keys that may have leaked are refused from that moment until the host is paired again, and end with that pairing.
alter table host_pairing add column refused_at timestamptz;
-- True when the keys before this pairing are not accepted for a while longer.
alter table host_pairing add column old_keys_end boolean not null default false;
