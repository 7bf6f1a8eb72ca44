-- A difference may be let be until a day, with a reason; a comparison from that day on opens it again.
alter table difference drop constraint difference_status_check;
alter table difference
  add constraint difference_status_check check (status in ('open', 'ignored', 'repaired', 'gone')),
  add column ignored_until date check ((ignored_until is not null) = (status = 'ignored')),
  add column reason text;
create unique index difference_ignored on difference (kind, subject_type, subject_id) where status = 'ignored';
create index difference_let_be on difference (found_at desc, id desc) where status = 'ignored';
create index difference_kind on difference (kind, found_at desc, id desc) where status = 'open';
create index reconcile_run_newest on reconcile_run (started_at desc, id desc);
