-- Which products an order has, for the filter of lists. Its lines never change, but as an index on them it was written anew
-- with each step of an order: most of what an update of one cost.
create table order_product (
  order_id text not null,
  product text not null,
  primary key (product, order_id)
);
insert into order_product (order_id, product)
  select distinct o.id, line ->> 'product' from reseller_order o cross join lateral jsonb_array_elements(o.lines) line
   where line ->> 'product' is not null;
drop index reseller_order_products;

create function keep_order_products() returns trigger language plpgsql as $$
begin
  insert into order_product (order_id, product)
  select distinct new.id, line ->> 'product' from jsonb_array_elements(new.lines) line where line ->> 'product' is not null;
  return null;
end $$;
create trigger order_products after insert on reseller_order for each row execute function keep_order_products();
