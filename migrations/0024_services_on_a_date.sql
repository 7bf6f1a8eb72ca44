-- Running services may also move on a date of the provider's own: it stands in services_from from the draft on.
alter table price_version drop constraint price_version_running_check;
alter table price_version
  add constraint price_version_running_check check (running in ('keep', 'next_renewal', 'on_date')),
  add constraint price_version_services_date check (running <> 'on_date' or services_from is not null);
