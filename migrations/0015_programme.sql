-- Customers are listed by what they are called: the company, else the name (customer/called.ts).
drop index customer_name;
drop index customer_all_name;
create index customer_called on customer (reseller_id, lower(coalesce(company, name)), id);
create index customer_all_called on customer (lower(coalesce(company, name)), id);
create index customer_company_prefix on customer (lower(company) text_pattern_ops);

-- Notices are forgotten after the days of the settings, and what was looked at after a week.
create index notice_seen_at on notice_seen (at);

-- Lists that no index served: tasks of everybody and of a reseller, services counted by product.
create index task_newest on task (created_at desc, id desc);
create index task_reseller on task (reseller_id, created_at desc, id desc) where reseller_id is not null;
drop index service_product;
create index service_product on service (product) include (status, reseller_id);
