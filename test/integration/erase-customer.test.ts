import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { getCustomer } from '../../server/modules/customer/get.ts';
import { collectNotices } from '../../server/modules/notice/collect.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import { eraseCustomer } from '../../server/modules/person/erase-customer.ts';
import { previewEraseCustomer } from '../../server/modules/person/preview-erase-customer.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor } from '../support/orders.ts';

/** In every name, address and text of the one who is erased. */
const TRACE = 'zephyr|quill';

let it: Installation;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller();
});
afterAll(() => it.stop());

const sql = <Row = unknown>(text: string, values: unknown[] = []) =>
  it.service.orm.em.fork().execute<Row[]>(text, values);
/** Tables with a row that holds a trace. */
async function traces(pattern = TRACE): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema = 'public'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await sql<{ found: boolean }>(`select exists (select from ${name} t where t::text ~* ?) as found`, [
      pattern,
    ]);
    if (row!.found) found.push(name);
  }
  return found.toSorted();
}

test('one customer is erased wherever it is named, and nobody else is', async () => {
  const own = it.as(reseller);
  const person = await createCustomer(own, {
    name: 'Zephyrine Quillfeather',
    company: 'Zephyr Quill GmbH',
    email: 'zephyrine@quill.example',
    note: 'zephyr pays late',
    externalReference: 'zephyr-1',
  });
  await createCustomer(own, { name: 'Bo Amber', email: 'bo@amber.example', note: 'amber' });
  const placed = await placeFor(it.as(reseller), { customerId: person.id });
  const shop = await it.login('reseller');
  await shop.pay(placed.hostInvoiceId!);
  await it.settle();
  const [service] = await sql<{ id: string; host_service_id: string }>(
    'select id, host_service_id from service where customer_id = ?',
    [person.id],
  );
  await sql(`update service set domain = 'zephyr.example', title = 'zephyr.example' where id = ?`, [service!.id]);
  await sql(
    `update reseller_order set note = 'for zephyr',
      lines = (select jsonb_agg(line || '{"title": "zephyr.example", "domain": "zephyr.example"}') from jsonb_array_elements(lines) line)
    where customer_id = ?`,
    [person.id],
  );
  await sql(
    `update invoice set lines = (select jsonb_agg(line || '{"title": "zephyr.example"}') from jsonb_array_elements(lines) line)
      where reseller_id = ?`,
    [reseller.id],
  );
  await sql(
    `insert into order_journal (order_id, step, phase, detail, at) values (?, 'place', 'failed', '{"message": "zephyr"}', now())`,
    [placed.id],
  );
  await sql(
    `insert into order_draft (id, reseller_id, customer_id, content, idempotency_key, created_at, updated_at)
     values ('drf_z', ?, ?, '{"lines": [], "note": "zephyr"}', 'k', now(), now())`,
    [reseller.id, person.id],
  );
  await sql(
    `insert into ticket_link (host_ticket_id, reseller_id, order_id, linked_at) values ('zephyr-ticket', ?, ?, now())`,
    [reseller.id, placed.id],
  );
  await sql(
    `insert into task (id, kind, permission, reseller_id, input, result, created_by, created_at)
     values ('tsk_z', 'x', 'profile:read', ?, '{}', '{"name": "Zephyrine Quillfeather"}', '{}', now())`,
    [reseller.id],
  );
  await sql(
    `insert into api_idempotency (owner, key, request_hash, answer, created_at)
     values ('key_x', 'k1', 'h', jsonb_build_object('output', jsonb_build_object('id', ?::text, 'name', 'Zephyrine')), now())`,
    [person.id],
  );
  await sql(
    `insert into outbox (id, type, reseller_id, payload, created_at)
     values ('evt_z', 'service.active', ?, jsonb_build_object('serviceId', ?::text, 'title', 'zephyr.example'), now())`,
    [reseller.id, service!.id],
  );
  await collectNotices(it.system());
  const before = await traces();
  expect(before).toEqual(
    expect.arrayContaining(['customer', 'invoice', 'order_draft', 'outbox', 'reseller_order', 'service']),
  );
  const [sums] = await sql('select count(*), sum(due_now::numeric) from reseller_order');

  const { version } = await getCustomer(own, { id: person.id });
  const erase = (confirm: string) => eraseCustomer(it.as(reseller), { id: person.id, version, confirm });
  await expect(erase('Zephyrine')).rejects.toMatchObject({ code: 'bad_input', path: '/confirm' });
  await expect(erase('Zephyrine Quillfeather')).rejects.toMatchObject({ code: 'conflict' });
  expect((await previewEraseCustomer(own, { id: person.id })).blocked).toContain('1 of its services still run');
  await sql(`update service set status = 'cancelled' where customer_id = ?`, [person.id]);
  await sql(`update reseller_order set status = 'paid' where customer_id = ?`, [person.id]);
  const preview = await previewEraseCustomer(own, { id: person.id });
  expect(preview).toMatchObject({
    cleaned: { orders: 1, services: 1, invoices: 1 },
    removed: { drafts: 1, ticketLinks: 1 },
    blocked: null,
  });
  const [events] = await sql<{ n: number }>("select count(*)::int as n from outbox where payload::text ~* 'zephyr'");
  expect(preview.cleaned.events).toBeGreaterThanOrEqual(events!.n);
  // It counted and did nothing.
  expect(await traces()).toEqual(before);
  expect(await erase('Zephyrine Quillfeather')).toEqual({ id: person.id, erased: true });

  expect(await traces()).toEqual(['activity']);
  expect(await traces('amber')).toContain('customer');
  expect(await getCustomer(it.as(reseller), { id: person.id })).toMatchObject({ name: 'Erased', status: 'archived' });
  expect(await sql('select count(*), sum(due_now::numeric) from reseller_order')).toEqual([sums]);
  expect((await listOrders(it.as(reseller), { customerId: person.id })).total).toBe(1);
});

test('a customer with running services is not erased, nor one of somebody else', async () => {
  const other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
  const person = await createCustomer(it.as(reseller), { name: 'Ines', email: 'ines@weber.example' });
  const input = { id: person.id, version: person.version, confirm: 'Ines' };
  await expect(eraseCustomer(it.as(other), input)).rejects.toMatchObject({ code: 'not_found' });
  await expect(eraseCustomer(it.as(other), { ...input, id: 'cus_none' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(previewEraseCustomer(it.as(other), { id: person.id })).rejects.toMatchObject({ code: 'not_found' });
  expect((await getCustomer(it.as(reseller), { id: person.id })).name).toBe('Ines');
  expect(await eraseCustomer(it.admin(), input)).toMatchObject({ erased: true });
});
