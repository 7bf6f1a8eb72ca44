import type { ServiceContext } from '../../server/context.ts';

const RESELLERS = 200;

/**
 * Fills every table that lists read with so many rows that reading one from its beginning to its end shows: 60 for each of 200
 * resellers. Without triggers and references, which would take most of the time: the figures are not those of the rows.
 */
export async function fillTables({ em }: Pick<ServiceContext, 'em'>): Promise<void> {
  const each = `from reseller r cross join generate_series(1, 60) n`;
  await em.execute(`
    set session_replication_role = replica;
    insert into reseller (id, host_client_id, company, email, currency, tier_id, created_at)
      select 'rs_' || n, 'c' || n, 'Company ' || n, 'c' || n || '@example.org', 'USD', 'gold', now()
        from generate_series(1, ${RESELLERS}) n;
    insert into customer (id, reseller_id, name, email, created_at)
      select 'cus_' || r.id || '-' || n, r.id, md5(r.id || n), n || '@example.org', now() - n * interval '1 day' ${each};
    insert into reseller_order (id, reseller_id, customer_id, status, via, currency, digits, tax, due_now, lines,
                                host_order_id, host_invoice_id, placed_at)
      select 'ord_' || r.id || '-' || n, r.id, 'cus_' || r.id || '-' || n, case n % 4 when 0 then 'pending' else 'paid' end, 'portal', 'USD', 2,
             'net', '10.00', '[{"product": "vps-s", "title": "VPS", "retailPrice": null}]', 'o' || r.id || '-' || n, 'i' || r.id || '-' || n,
             now() - n * interval '1 day' ${each};
    insert into order_product (order_id, product) select id, case when id like '%-1' then 'vps-l' else 'vps-s' end from reseller_order;
    insert into service (id, reseller_id, customer_id, order_id, host_service_id, product, title, status, term, currency,
                         quantity, recurring, next_due_on, created_at)
      select 'srv_' || r.id || '-' || n, r.id, 'cus_' || r.id || '-' || n, 'ord_' || r.id || '-' || n, 's' || r.id || '-' || n, 'vps-s', 'VPS', 'active', '1M',
             'USD', 1, '10.00', current_date + n, now() ${each};
    insert into price_lock (id, reseller_id, host_service_id, product, term, currency, quantity, unit_price, components,
                            status, locked_at)
      select 'lck_' || r.id || '-' || n, r.id, 's' || r.id || '-' || n, 'vps-s', '1M', 'USD', 1, '10.00', '[]', 'active', now() from reseller r cross join generate_series(1, 120) n;
    insert into invoice (host_invoice_id, reseller_id, number, host_order_id, status, currency, total, due_on, issued_at, lines)
      select 'i' || r.id || '-' || n, r.id, 'N' || r.id || '-' || n, 'o' || r.id || '-' || n, case n % 4 when 0 then 'unpaid' else 'paid' end, 'USD', '10.00',
             current_date, now() - n * interval '1 day',
             jsonb_build_array(jsonb_build_object('serviceId', 's' || r.id || '-' || n, 'amount', '10.00', 'occasion', 'new')) ${each};
    insert into ledger (id, reseller_id, kind, host_invoice_id, host_line_id, payment_id, host_service_id, occasion, currency,
                        amount, day, occurred_at, booked_at)
      select 'led_' || r.id || '-' || n || '-' || m, r.id, 'paid', 'i' || r.id || '-' || n, 'l' || r.id || '-' || n || '-' || m, 'p', 's' || r.id || '-' || n,
             'new', 'USD', 1000, current_date - m, now(), now() ${each} cross join generate_series(1, 3) m;
    insert into order_draft (id, reseller_id, content, idempotency_key, created_at, updated_at)
      select 'drf_' || r.id || '-' || n, r.id, '{"lines": []}', 'k' || r.id || '-' || n, now(), now() ${each};
    insert into inbox (event_id, type, aggregate_type, aggregate_id, aggregate_version, outcome, received_at)
      select 'e' || r.id || '-' || n, 'order.created', 'order', 'o' || r.id || '-' || n, 1, 'applied', now() ${each};
    insert into reseller_total (reseller_id, currency, revenue, recent, previous)
select id, code, 5 * row_number() over (order by id), 3, 2 from reseller
         cross join (select 'USD' as code union all select 'X' || chr(65 + n / 26) || chr(65 + n % 26) from generate_series(0, 59) n) c
       where id <> 'rs_1' on conflict do nothing;
    insert into reseller_unpaid (reseller_id, currency, amount) select reseller_id, currency, revenue from reseller_total;
    insert into reconcile_run (id, started_at) values ('run', now());
    insert into reconcile_run (id, started_at, finished_at) select 'run' || n, now() - n * interval '1 day', now() from generate_series(1, 12060) n;
    insert into difference (id, run_id, reseller_id, kind, subject_type, subject_id, detail, status, found_at)
      select 'dif_' || r.id || '-' || n, 'run', r.id, 'missing', 'service', r.id || '-' || n, '{}',
             case when n % 20 = 0 then 'open' else 'gone' end, now() - n * interval '1 hour' ${each};
    insert into statement (id, reseller_id, currency, month, opening, closing, totals, lines, closed_at)
      select 'sta_' || r.id || '-' || n, r.id, 'USD', '2020-01-01'::date + n * interval '1 month', 0, 0, '{}', 1, now() ${each};
    insert into notice (id, kind, reseller_id, cause, language, recipient, subject, body, state, created_at)
      select 'not_' || r.id || '-' || n, 'order.paid', r.id, r.id || '-' || n, 'en', 'x@example.org', 's', 'b', 'sent', now() - n * interval '1 day' ${each};
    insert into activity (id, at, actor, action, subject_type, subject_id, reseller_id, after)
      select 'act_' || r.id || '-' || n, now() - n * interval '1 hour', '{"kind": "system", "id": "system", "name": "x"}',
             case n % 20 when 0 then 'price_change.announced' else 'order.paid' end, 'order', 'pvs_' || n % 30, r.id, '{}' ${each};
    insert into application (id, host_client_id, applicant_name, applicant_email, status, form_version, answers, business_name, last_change,
                             created_at, updated_at, submitted_at, waiting_since)
      select 'app_' || r.id || '-' || n, r.id || '-' || n, 'P', 'p@example.org', case n % 20 when 0 then 'submitted' else 'rejected' end, 1, '{}',
             md5(r.id || n), '{}', now(), now(), now(), now() - n * interval '1 hour' ${each};
    insert into profile_change (id, reseller_id, fields, status, asked_by, asked_at)
      select 'pch_' || r.id || '-' || n, r.id, '{}', case n when 1 then 'pending' else 'approved' end, 'x', now() - n * interval '1 hour' ${each};
    insert into reseller_note (id, reseller_id, text, author, created_at)
      select 'note_' || r.id || '-' || n, r.id, 'x', 'a', now() - n * interval '1 hour' ${each};
    insert into problem (key, id, message, severity, reseller_id, state, first_at, last_at)
      select 'k' || r.id || '-' || n, 'prb_' || r.id || '-' || n, 'm', 'warning', r.id, case n % 20 when 0 then 'open' else 'resolved' end, now(),
             now() - n * interval '1 hour' ${each};
    insert into tier_decision (id, reseller_id, at, cause, outcome, from_tier, to_tier, inputs, actor)
      select 'tdc_' || r.id || '-' || n, r.id, now() - n * interval '1 day', 'review', 'hold', 'gold', 'gold', '{}', '{"kind": "system", "id": "s"}' ${each};
    insert into tier_standing (reseller_id, revenue) select id, length(id) from reseller on conflict do nothing;
    insert into task (id, kind, permission, reseller_id, input, created_by, created_at)
      select 'tsk_' || r.id || '-' || n, 'k' || n % 30, case n % 2 when 0 then 'resellers:write' else 'profile:read' end,
             case n % 2 when 0 then null else r.id end, '{}', '{"kind": "system", "id": "s"}', now() - n * interval '1 hour' ${each};
    insert into task_row (task_id, position, subject_id, detail)
      select 'tsk_' || r.id || '-7', n, r.id, '{}' ${each};
    insert into api_key (id, reseller_id, name, digest, prefix, scopes, created_at)
      select 'key_' || r.id || '-' || n, r.id, 'k', sha256((r.id || '-' || n)::bytea), 'p', '[]', now() - n * interval '1 hour' ${each};
    insert into api_call (at, key_id, reseller_id, method, path, status, outcome, duration_ms, request_id)
      select now() - n * interval '1 minute', 'key_' || r.id || '-' || n, r.id, 'GET', '/x', 200, 'ok', 1, 'r' ${each};
    insert into webhook_endpoint (id, reseller_id, url, description, events, active, secret, created_at)
      select 'whe_' || r.id || '-' || n, r.id, 'https://x.example', '', '{*}', true, 's', now() - n * interval '1 hour' ${each};
    insert into webhook_delivery (id, endpoint_id, event_id, event_type, object_key, origin, state, created_at, finished_at)
      select 'whd_' || r.id || '-' || n, 'whe_' || r.id || '-1', 'evt', 'order.paid', 'k', 'event', 'delivered', now(), now() ${each};
    insert into webhook_replay (id, endpoint_id, range_from, range_to, missed_only, count, created_at)
      select 'rpl_' || r.id || '-' || n, 'whe_' || r.id || '-1', now(), now(), true, 1, now() - n * interval '1 hour' ${each};
    insert into outbox (id, type, reseller_id, payload, created_at, published_at, position)
      select 'evt_' || r.id || '-' || n, 'order.paid', r.id, '{}', now(), now(), 1000000 + row_number() over () ${each};
    insert into price_version (id, number, name, state, created_by, created_at, updated_by, updated_at, effective_at, rules)
      select 'pvs_' || n, 1000 + n, 'V', 'replaced', 'a', now() - n * interval '1 minute', 'a', now(), now(), '{}' from generate_series(1, 12000) n;
    insert into price_change (version_id, kind, rule_id, changed_by, changed_at)
      select 'pvs_' || n, 'discount', 'd' || m, 'a', now() from generate_series(1, 200) n cross join generate_series(1, 60) m;
    insert into price_preview (id, version_id, basis, state, started_by, started_at)
      select 'ppv_' || n, 'pvs_' || n, '', 'done', 'a', now() from generate_series(1, 200) n;
    insert into price_preview_product select 'ppv_' || n, 1, 'p' || m, 1, 0, 0, 0, 0, 0, m, null, 1
      from generate_series(1, 200) n cross join generate_series(1, 60) m;
    insert into price_preview_reseller select 'ppv_' || n, 'rs_' || m, 1, 'C', true, 1, 0, 0, 0, 0, m, 0, '[]'
      from generate_series(1, 200) n cross join generate_series(1, 60) m;
    insert into price_preview_service select 'ppv_' || n, 's' || m, 'rs_1', 't', 'vps-s', '1M', 'USD', 1, '1', '2', m
      from generate_series(1, 200) n cross join generate_series(1, 60) m;
    insert into settings_version (section, version, "values", at, by)
      select section, n + 10, '{}', now(), '{"kind": "system", "id": "s", "name": "s"}' from settings cross join generate_series(1, 2100) n where section <> 'form';
    insert into account_entry (reseller_id, currency, kind, host_invoice_id, reference, number, amount, at, day, statement_id)
      select r.id, 'USD', 'invoice', 'x' || r.id || '-' || n, '', 'N', 1, now(), current_date, 'sta_' || r.id || '-1' ${each};
    insert into own_price_rule (id, reseller_id, product, method, bp, changed_at)
      select 'opr_' || r.id || '-' || n, r.id, 'p' || n, 'markup', 100, now() ${each};
    insert into revenue_source (reseller_id, month, currency, host_service_id, host_invoice_id, amount)
      select r.id, date_trunc('month', current_date)::date, 'USD', 's' || r.id || '-' || n, '', 100 ${each};
    reset session_replication_role`);
  // Not within the statements above: it is what makes counts along an index cheap, as in a database that is in use.
  await em.execute('vacuum analyze');
}
