import {
  currency,
  customerId,
  DAYS,
  each,
  first,
  hostServiceId,
  orderId,
  PER_ORDER,
  resellerId,
  serviceId,
  type Size,
} from './size.ts';

const product = (k: string): string => `p.ids[1 + (${k}) % array_length(p.ids, 1)]`;
/** Products of the catalogue where there is one. */
const PRODUCTS = `(select coalesce(nullif(array_agg(id order by id), '{}'), array['product-0', 'product-1']) as ids
   from (select id from catalogue_product where removed_at is null order by position limit 20) c) p`;
const created = (k: string): string => `now() - ((${k}) * 7919 % ${DAYS}) * interval '1 day'`;

/** Resellers with profile, standing and an approved application each; terms and states mixed. */
export function resellers({ resellers: count }: Size): string[] {
  const n = `generate_series(1, ${count}) r`;
  return [
    `insert into reseller (id, host_client_id, company, email, currency, tier_id, own_discount_bp, status, created_at, status_since)
     select ${resellerId('r')}, 'seed-' || r, initcap(substr(md5(r::text), 1, 8)) || ' Hosting', 'r' || r || '@seed.example', ${currency('r')},
            t.ids[1 + r % array_length(t.ids, 1)], case when r % 10 = 0 then 1250 end,
            case when r % 20 = 7 then 'suspended' when r % 20 = 13 then 'inactive' else 'active' end, ${created('r')}, ${created('r')}
       from ${n}, (select array_agg(id order by position) as ids from tier) t`,
    `insert into reseller_profile (reseller_id, country, manager, tags)
     select ${resellerId('r')}, (array['DE', 'FR', 'PL', 'NL'])[1 + r % 4], 'Manager ' || r % 5, jsonb_build_array('group ' || r % 9) from ${n}`,
    `insert into application (id, host_client_id, applicant_name, applicant_email, status, form_version, answers, business_name, country,
       last_change, created_at, updated_at, submitted_at, waiting_since, decided_at, reseller_id)
     select 'app_seed' || lpad(r::text, 7, '0'), 'seed-' || r, 'Applicant ' || r, 'r' || r || '@seed.example', 'approved', 1, '{}',
            substr(md5(r::text), 1, 8) || ' hosting', 'DE', '{"kind":"system","id":"system","name":"Seed","action":"application.approved"}',
            ${created('r')}, ${created('r')}, ${created('r')}, ${created('r')}, ${created('r')}, ${resellerId('r')} from ${n}`,
  ];
}

/** Customers, orders and services with their price locks, for resellers from..until. */
export function holdings(size: Size, from: number, until: number): string[] {
  const { customers, services } = size;
  const ordersOf = `(${first('(r + 1)', services, size)} - ${first('r', services, size)} + ${PER_ORDER - 1}) / ${PER_ORDER}`;
  const customersOf = `(${first('(r + 1)', customers, size)} - ${first('r', customers, size)})`;
  // A service's own number within its reseller leads to its customer and its order.
  const own = `(k - ${first('r', services, size)})`;
  const ownerOf = (index: string): string => customerId(`${first('r', customers, size)} + (${index}) % ${customersOf}`);
  // Orders are numbered by the first of their services.
  const orderOf = orderId(`${first('r', services, size)} + ${own} / ${PER_ORDER}`);
  const price = (k: string): string => `(5 + (${k}) % 50)`;
  return [
    `insert into customer (id, reseller_id, name, email, status, created_at)
     select ${customerId('k')}, ${resellerId('r')}, initcap(substr(md5('c' || k), 1, 10)), 'c' || k || '@seed.example',
            case when k % 17 = 0 then 'archived' else 'active' end, ${created('k')} from ${each(customers, size, from, until)}`,
    `insert into reseller_order (id, reseller_id, customer_id, status, via, currency, digits, tax, due_now, lines, host_order_id,
                                 host_invoice_id, placed_at)
     select ${orderId('k')}, ${resellerId('r')}, ${ownerOf(`o`)}, case when k % 97 = 0 then 'pending' else 'paid' end, 'portal', ${currency('r')},
            2, 'net', ${price('k')} || '.00', jsonb_build_array(jsonb_build_object('product', ${product('k')}, 'title', 'Server ' || k % 20, 'retailPrice', null)),
            'seed-o' || k, 'seed-o' || k, ${created('k')}
       from generate_series(${from}, ${until}) r cross join lateral generate_series(0, ${ordersOf} - 1) o
       cross join lateral (select ${first('r', services, size)} + o as k) n, ${PRODUCTS}`,
    `insert into service (id, reseller_id, customer_id, order_id, host_service_id, product, title, domain, status, term, currency,
                          quantity, recurring, next_due_on, created_at)
     select ${serviceId('k')}, ${resellerId('r')}, ${ownerOf(`${own} / ${PER_ORDER}`)}, ${orderOf}, ${hostServiceId('k')}, ${product('k')},
            'Server ' || k % 20, 'web' || k || '.seed.example',
            case k % 25 when 0 then 'cancelled' when 1 then 'suspended' when 2 then 'pending' else 'active' end, '1M', ${currency('r')}, 1,
            ${price('k')} || '.00', current_date + (k % 31)::int, ${created('k')} from ${each(services, size, from, until)}, ${PRODUCTS}`,
    `insert into price_lock (id, reseller_id, host_service_id, product, term, currency, quantity, unit_price, components, status, locked_at)
     select 'lck_seed' || lpad(k::text, 9, '0'), ${resellerId('r')}, ${hostServiceId('k')}, ${product('k')}, '1M', ${currency('r')}, 1,
            ${price('k')} || '.00', '[]', 'active', ${created('k')} from ${each(services, size, from, until)}, ${PRODUCTS} where k % 25 <> 0`,
    `insert into activity (id, at, actor, action, subject_type, subject_id, reseller_id, after)
     select 'act_seed' || lpad(k::text, 9, '0'), ${created('k')}, '{"kind":"system","id":"system","name":"Seed"}', 'customer.created', 'customer',
            ${customerId('k')}, ${resellerId('r')}, '{}' from ${each(customers, size, from, until)}`,
    `insert into notice (id, kind, reseller_id, cause, language, recipient, subject, body, state, created_at, sent_at)
     select 'not_seed' || lpad(r::text, 7, '0') || '-' || n, 'order.paid', ${resellerId('r')}, 'seed-' || r || '-' || n, 'en',
            'r' || r || '@seed.example', 'Your order is paid', 'Thank you.', 'sent', ${created('n')}, ${created('n')}
       from generate_series(${from}, ${until}) r cross join generate_series(1, 20) n`,
  ];
}
