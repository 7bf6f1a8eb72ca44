import { createKey } from '../../server/modules/api-key/create.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { addNote } from '../../server/modules/note/add.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { updateReseller } from '../../server/modules/reseller/update.ts';
import type { Programme } from './programme.ts';

/** In every name, address and text of the people whose traces these are. */
export const TRACE = 'zephyr|quill|5550199';

/** Writes a trace of its people into every table that may hold one. */
export async function leaveTraces(it: Programme, reseller: ResellerRow): Promise<void> {
  const { id, hostClientId } = reseller;
  const customer = await createCustomer(it.as(reseller), {
    name: 'Zephyrine Quillfeather',
    email: 'zephyrine@quill.example',
    phone: '+49 170 5550199',
    note: 'zephyr pays late',
    externalReference: 'zephyr-1',
  });
  await createCustomer(it.as(reseller), { name: 'Bo Quill', email: 'bo@quill.example' });
  await updateReseller(it.admin(), {
    id,
    version: 1,
    phone: '+49 170 5550199',
    address: 'Zephyrweg 7',
    contacts: [{ name: 'Zephyrine Quillfeather' }],
  });
  await addNote(it.admin(), { resellerId: id, text: 'zephyr called twice' });
  const key = await createKey(it.as(reseller), { name: 'zephyr shop', scopes: ['orders:read'] });
  const at = 'now()';
  const run = (sql: string, values: unknown[] = []) => it.sql(sql, values);
  await run(`update reseller set email = 'owner@quill.example', public_reason = 'zephyr did not pay' where id = ?`, [
    id,
  ]);
  await run(
    `insert into application (id, host_client_id, applicant_name, applicant_email, status, form_version, answers, business_name,
      phone_key, domain_keys, decision, reseller_id, last_change, created_at, updated_at, submitted_at, waiting_since, decided_at)
    values ('app_z', ?, 'Zephyrine', 'z@quill.example', 'approved', 1, '{"description": "zephyr"}', 'Zephyr Quill', '5550199',
      '{quill.example}', '{"by": {"kind": "admin", "id": "a", "name": "A"}, "automatic": false, "reason": "zephyr", "message": "zephyr", "terms": null}',
      ?, '{"step": "approve", "by": {"kind": "admin", "id": "a", "name": "A"}, "at": "2027-01-01T00:00:00Z"}', ${at}, ${at}, ${at}, ${at}, ${at})`,
    [hostClientId, id],
  );
  await run(`insert into application_submission values ('app_z', 1, ${at}, '{"description": "zephyr"}')`);
  await run(`insert into application_message values ('msg_z', 'app_z', ${at}, 'message', '{"kind": "client", "id": "c", "name": "Zephyrine"}', 'zephyr'),
    ('msg_n', 'app_z', ${at}, 'note', '{"kind": "admin", "id": "a", "name": "A"}', 'zephyr in private')`);
  await run(
    `insert into profile_change (id, reseller_id, fields, asked_by, asked_at) values ('pch_z', ?, '{"company": "Zephyr AG"}', 'x', ${at})`,
    [id],
  );
  await run(
    `insert into reseller_order (id, reseller_id, customer_id, status, via, currency, digits, tax, due_now, lines, note, refusal, cancel_reason,
      host_order_id, placed_at) values ('ord_z', ?, ?, 'paid', 'shop', 'USD', 2, 'net', '42.00',
      '[{"product": "product-0", "title": "Registration of zephyr.example", "domain": "zephyr.example", "price": "42.00", "own": {"price": "50.00"}}]',
      'for zephyr', 'zephyr', 'zephyr', 'host-z', ${at})`,
    [id, customer.id],
  );
  await run(
    `insert into order_journal (order_id, step, phase, detail, at) values ('ord_z', 'place', 'failed', '{"message": "zephyr"}', ${at})`,
  );
  await run(`update service set domain = 'zephyr.example', title = 'zephyr.example' where reseller_id = ?`, [id]);
  await run(
    `update invoice set lines = '[{"id": "l", "kind": "domain", "title": "zephyr.example", "net": "42.00"}]' where reseller_id = ?`,
    [id],
  );
  await run(
    `insert into order_draft (id, reseller_id, content, idempotency_key, created_at, updated_at)
    values ('drf_z', ?, '{"lines": [], "note": "zephyr"}', 'k', ${at}, ${at})`,
    [id],
  );
  await run(
    `insert into ticket_link (host_ticket_id, reseller_id, order_id, linked_at) values ('zephyr-ticket', ?, 'ord_z', ${at})`,
    [id],
  );
  await run(
    `insert into own_price_list (reseller_id, heading, note, updated_at) values (?, 'Zephyr hosting', 'call 5550199', ${at})`,
    [id],
  );
  await run(
    `insert into tier_decision (id, reseller_id, at, cause, outcome, from_tier, to_tier, inputs, note, actor)
    values ('tdc_z', ?, ${at}, 'pin', 'pinned', 'gold', 'gold', '{}', 'zephyr asked', '{"kind": "admin", "id": "a"}')`,
    [id],
  );
  await run(
    `insert into tier_standing (reseller_id, pin_reason) values (?, 'zephyr') on conflict (reseller_id) do update set pin_reason = 'zephyr'`,
    [id],
  );
  await run(`insert into reconcile_run (id, started_at) values ('rec_z', ${at})`);
  await run(
    `insert into difference (id, run_id, reseller_id, kind, subject_type, subject_id, detail, found_at)
    values ('dif_z', 'rec_z', ?, 'missing', 'service', 's', '{"title": "zephyr.example", "paid": true}', ${at})`,
    [id],
  );
  await run(
    `insert into problem (key, id, message, severity, reseller_id, note, first_at, last_at)
    values ('price_book.stale:' || ?, 'prb_z', 'Fixed prices of Zephyr Quill GmbH', 'info', null, 'zephyr', ${at}, ${at}),
      ('retail_missing:svc-1', 'prb_y', 'Service of Zephyr Quill GmbH', 'info', ?, null, ${at}, ${at})`,
    [id, id],
  );
  await run(
    `insert into network_figure values ('rankings:30d', ${at}, jsonb_build_object('top', jsonb_build_array(jsonb_build_object('reseller',
      jsonb_build_object('id', ?::text, 'company', 'Zephyr Quill GmbH')))))`,
    [id],
  );
  await run(
    `insert into task (id, kind, permission, reseller_id, input, result, created_by, created_at) values
      ('tsk_z', 'x', 'profile:read', ?, '{}', '{"name": "zephyr"}', '{}', ${at}),
      ('tsk_y', 'x', 'profile:read', null, '{}', jsonb_build_object('id', ?::text, 'name', 'zephyr'), '{}', ${at})`,
    [id, id],
  );
  await run(
    `insert into task_row (task_id, position, subject_id, detail) values ('tsk_y', 0, ?, '{"company": "Zephyr"}')`,
    [id],
  );
  await run(`insert into price_version (id, name, state, created_by, created_at, updated_by, updated_at)
    values ('prv_z', 'Spring', 'draft', 'a', ${at}, 'a', ${at})`);
  await run(
    `insert into price_preview (id, version_id, basis, state, started_by, started_at) values ('pre_z', 'prv_z', '', 'done', 'a', ${at})`,
  );
  await run(
    `insert into price_preview_reseller values ('pre_z', ?, 1, 'Zephyr Quill GmbH', true, 0, 0, 0, 0, 0, 0, 0, '[]')`,
    [id],
  );
  await run(`update api_key set allowlist = '["10.5.5.5/32"]', last_used_from = 'zephyr' where id = ?`, [key.id]);
  await run(
    `insert into api_call (at, key_id, reseller_id, method, path, status, outcome, duration_ms, request_id, source_address)
    values (${at}, ?, ?, 'GET', '/api/v1/orders', 200, 'ok', 1, 'r', 'zephyr')`,
    [key.id, id],
  );
  await run(
    `insert into api_idempotency (owner, key, request_hash, answer, created_at) values
      (?, 'k1', 'h', '{"output": {"name": "zephyr"}}', ${at}), ('key_provider', 'k2', 'h', jsonb_build_object('output',
      jsonb_build_object('id', ?::text, 'company', 'Zephyr')), ${at})`,
    [key.id, id],
  );
  await run(
    `insert into outbox (id, type, reseller_id, payload, created_at, published_at) values
      ('evt_z1', 'reseller.suspended', ?, '{"publicReason": "zephyr", "orderId": "ord_z"}', ${at}, null),
      ('evt_z2', 'application.approved', null, jsonb_build_object('hostClientId', ?::text, 'email', 'z@quill.example', 'company', 'Zephyr'), ${at}, null),
      ('evt_z3', 'customer.created', ?, '{"customerId": "cus_z", "externalReference": "zephyr-1"}', ${at}, ${at})`,
    [id, hostClientId, id],
  );
  await run(
    `insert into webhook_endpoint (id, reseller_id, url, description, events, active, secret, created_at) values
      ('whe_z', ?, 'https://zephyr.example/hook', 'zephyr', '{*}', true, 's', ${at}),
      ('whe_p', null, 'https://provider.example/hook', '', '{*}', true, 's', ${at})`,
    [id],
  );
  await run(`insert into webhook_delivery (id, endpoint_id, event_id, event_type, object_key, origin, state, created_at) values
      ('whd_z', 'whe_z', 'evt_z3', 'customer.created', 'k', 'event', 'delivered', ${at}),
      ('whd_p', 'whe_p', 'evt_z3', 'customer.created', 'k', 'event', 'delivered', ${at})`);
  await run(
    `insert into webhook_attempt values ('whd_z', 1, ${at}, 1, 200, null, 'hello zephyr'), ('whd_p', 1, ${at}, 1, 200, null, 'hello zephyr')`,
  );
  await run(
    `insert into notice (id, kind, reseller_id, host_client_id, cause, language, recipient, subject, body, state, created_at) values
      ('not_z', 'order_paid', ?, null, 'c1', 'en', 'owner@quill.example', 'zephyr', 'zephyr', 'sent', ${at}),
      ('not_y', 'application_received', null, ?, 'c2', 'en', 'z@quill.example', 'zephyr', 'zephyr', 'queued', ${at})`,
    [id, hostClientId],
  );
  await run(
    `insert into inbox (event_id, type, aggregate_type, aggregate_id, aggregate_version, outcome, body, received_at)
    values ('in_z', 'client.updated', '', '', 0, 'parked', jsonb_build_object('data', jsonb_build_object('client',
      jsonb_build_object('id', ?::text, 'email', 'z@quill.example'))), ${at}),
      ('in_y', 'order.created', '', '', 0, 'parked', jsonb_build_object('data', jsonb_build_object('order',
      jsonb_build_object('clientId', ?::text, 'note', 'zephyr set aside'))), ${at}),
      ('in_x', 'order.created', '', '', 0, 'parked', '{"data": {"order": {"clientId": "somebody else"}}}', ${at})`,
    [hostClientId, hostClientId],
  );
}

/** The same in the tables of test mode, which are other ones. */
export async function leaveTestTraces(it: Programme, { id }: ResellerRow): Promise<void> {
  await it.sql(
    `insert into test_mode.customer (id, reseller_id, name, email, status, created_at)
    values ('cus_t', ?, 'Zephyrine of test mode', 'test@quill.example', 'archived', now())`,
    [id],
  );
  await it.sql(
    `insert into test_mode.reseller_order (id, reseller_id, customer_id, status, via, currency, digits, tax, due_now, lines, note, placed_at)
    values ('ord_t', ?, 'cus_t', 'pending', 'api', 'USD', 2, 'net', '1.00', '[{"product": "p", "title": "t", "domain": "test.zephyr.example"}]', 'zephyr tests', now())`,
    [id],
  );
  await it.sql(
    `insert into test_mode.outbox (id, type, reseller_id, payload, created_at) values ('evt_t', 'customer.created', ?, '{"name": "zephyr tested"}', now())`,
    [id],
  );
  await it.sql(
    `insert into test_mode.webhook_endpoint (id, reseller_id, url, description, events, active, secret, created_at)
    values ('whe_t', ?, 'https://test.zephyr.example', '', '{*}', true, 's', now())`,
    [id],
  );
  await it.sql(`insert into test_mode.webhook_delivery (id, endpoint_id, event_id, event_type, object_key, origin, state, created_at)
    values ('whd_t', 'whe_t', 'evt_t', 'customer.created', 'k', 'event', 'delivered', now())`);
  await it.sql(
    `insert into test_mode.webhook_attempt values ('whd_t', 1, now(), 1, 200, null, 'hello zephyr of test mode')`,
  );
  await it.sql(
    `insert into test_mode.notice (id, kind, reseller_id, cause, language, recipient, subject, body, state, created_at)
    values ('not_t', 'order_paid', ?, 'c1', 'en', 'test-owner@quill.example', 'zephyr in test mode', 'zephyr in test mode', 'inbox', now())`,
    [id],
  );
}
