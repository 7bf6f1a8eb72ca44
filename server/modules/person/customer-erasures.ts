import type { EntityManager } from '@mikro-orm/postgresql';

/** Who is erased, as the statements name it in braces. Texts as they stood until now: for what names them. */
export interface ErasedCustomer {
  id: string;
  reseller: string;
  name: string;
  company: string | null;
  email: string;
}

const ORDERS = '(select id from reseller_order where customer_id = {id})';
const SERVICES = '(select id from service where customer_id = {id})';
/** A line of an invoice of the reseller that is about this customer's order or service. */
const ITS_LINE = `(line ->> 'serviceId' in (select host_service_id from service where customer_id = {id})
    or line ->> 'orderId' in (select host_order_id from reseller_order where customer_id = {id}))`;
const ITS_EVENTS = `reseller_id = {reseller} and (payload ->> 'customerId' = {id} or payload ->> 'orderId' in ${ORDERS}
    or payload ->> 'serviceId' in ${SERVICES})`;
const named = (text: string): string =>
  `(strpos(${text}, {name}) > 0 or strpos(${text}, {email}) > 0 or coalesce(strpos(${text}, {company}), 0) > 0)`;

/** Rows of a table that hold something of the customer, and what becomes of them: null = they go as a whole. */
interface Erasure {
  table: string;
  where: string;
  set: string | null;
}

/** What takes one customer's name, contact and the words about it out of every table that may hold them. */
const ERASURES: readonly Erasure[] = [
  {
    table: 'webhook_attempt',
    where: `delivery_id in (select d.id from webhook_delivery d join outbox o on o.id = d.event_id where o.${ITS_EVENTS})`,
    set: `answer = ''`,
  },
  {
    table: 'outbox',
    where: ITS_EVENTS,
    set: `payload = (select coalesce(jsonb_object_agg(key, value) filter (where key like '%Id'), '{}') from jsonb_each(payload))`,
  },
  { table: 'notice', where: `reseller_id = {reseller} and (${named('subject')} or ${named('body')})`, set: null },
  {
    table: 'api_idempotency',
    where: `answer is not null and (strpos(answer::text, {id}) > 0
      or exists (select from ${ORDERS} o where strpos(answer::text, o.id) > 0))`,
    set: `answer = '{"output": null}'`,
  },
  {
    table: 'task',
    where: `strpos(result::text, {id}) > 0 or (reseller_id = {reseller} and ${named('result::text')})`,
    set: 'result = null',
  },
  {
    table: 'task_row',
    where: `subject_id = {id}
      or (task_id in (select id from task where reseller_id = {reseller}) and ${named('detail::text')})`,
    set: null,
  },
  { table: 'order_journal', where: `order_id in ${ORDERS}`, set: 'detail = null' },
  { table: 'order_draft', where: 'customer_id = {id}', set: null },
  { table: 'ticket_link', where: `order_id in ${ORDERS} or service_id in ${SERVICES}`, set: null },
  {
    table: 'invoice',
    where: `reseller_id = {reseller} and exists (select from jsonb_array_elements(lines) line where ${ITS_LINE})`,
    set: `lines = (select jsonb_agg(case when ${ITS_LINE} then line || jsonb_build_object('title', line -> 'kind') else line end
            order by at) from jsonb_array_elements(lines) with ordinality as x(line, at))`,
  },
  {
    table: 'difference',
    where: `reseller_id = {reseller} and
     (subject_id in (select host_service_id from service where customer_id = {id})
       or subject_id in (select host_order_id from reseller_order where customer_id = {id}))`,
    set: `detail = detail - 'title', reason = null`,
  },
  {
    table: 'reseller_order',
    where: 'customer_id = {id}',
    set: `note = null, refusal = null, cancel_reason = null, version = version + 1,
          lines = (select coalesce(jsonb_agg((line - 'domain') || jsonb_build_object('title', line -> 'product') order by at), '[]')
                     from jsonb_array_elements(lines) with ordinality as x(line, at))`,
  },
  { table: 'service', where: 'customer_id = {id}', set: 'domain = null, title = product' },
  {
    table: 'customer',
    where: 'id = {id}',
    set: `name = 'Erased', company = null, email = id || '@erased.invalid', external_reference = null, host_client_id = null,
          phone = null, country = null, language = null, note = null, status = 'archived', version = version + 1`,
  },
];

/** Runs them all, in the caller's transaction. */
export async function eraseCustomerEverywhere(em: EntityManager, erased: ErasedCustomer): Promise<void> {
  for (const { table, where, set } of ERASURES) {
    const change = set === null ? `delete from ${table}` : `update ${table} set ${set}`;
    const { sql, values } = bound(`${change} where ${where}`, erased);
    await em.execute(sql, values);
  }
}

/** How many rows of each table they would reach, by the same conditions; tables without any are left out. */
export async function countErasures(em: EntityManager, erased: ErasedCustomer): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { table, where } of ERASURES) {
    const { sql, values } = bound(`select count(*)::int as n from ${table} where ${where}`, erased);
    const [row] = await em.execute<{ n: number }[]>(sql, values);
    if (row && row.n > 0) counts.set(table, row.n);
  }
  return counts;
}

function bound(statement: string, erased: ErasedCustomer): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const sql = statement.replaceAll(/\{(id|reseller|name|company|email)\}/g, (_, key: keyof ErasedCustomer) => {
    values.push(erased[key]);
    return '?';
  });
  return { sql, values };
}
