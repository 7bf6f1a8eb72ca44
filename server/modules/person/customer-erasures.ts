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

/** What takes one customer's name, contact and the words about it out of every table that may hold them. */
const ERASURES: readonly string[] = [
  `update webhook_attempt set answer = '' where delivery_id in
     (select d.id from webhook_delivery d join outbox o on o.id = d.event_id where o.${ITS_EVENTS})`,
  `update outbox set payload = (select coalesce(jsonb_object_agg(key, value) filter (where key like '%Id'), '{}') from jsonb_each(payload))
    where ${ITS_EVENTS}`,
  `delete from notice where reseller_id = {reseller} and (${named('subject')} or ${named('body')})`,
  `update api_idempotency set answer = '{"output": null}' where answer is not null
      and (strpos(answer::text, {id}) > 0 or exists (select from ${ORDERS} o where strpos(answer::text, o.id) > 0))`,
  `update task set result = null where strpos(result::text, {id}) > 0 or (reseller_id = {reseller} and ${named('result::text')})`,
  `delete from task_row where subject_id = {id}
      or (task_id in (select id from task where reseller_id = {reseller}) and ${named('detail::text')})`,
  `update order_journal set detail = null where order_id in ${ORDERS}`,
  'delete from order_draft where customer_id = {id}',
  `delete from ticket_link where order_id in ${ORDERS} or service_id in ${SERVICES}`,
  `update invoice set lines = (select jsonb_agg(case when ${ITS_LINE} then line || jsonb_build_object('title', line -> 'kind') else line end
          order by at) from jsonb_array_elements(lines) with ordinality as x(line, at))
    where reseller_id = {reseller} and exists (select from jsonb_array_elements(lines) line where ${ITS_LINE})`,
  `update difference set detail = detail - 'title', reason = null where reseller_id = {reseller} and
     (subject_id in (select host_service_id from service where customer_id = {id})
       or subject_id in (select host_order_id from reseller_order where customer_id = {id}))`,
  `update reseller_order set note = null, refusal = null, cancel_reason = null, version = version + 1,
          lines = (select coalesce(jsonb_agg((line - 'domain') || jsonb_build_object('title', line -> 'product') order by at), '[]')
                     from jsonb_array_elements(lines) with ordinality as x(line, at)) where customer_id = {id}`,
  'update service set domain = null, title = product where customer_id = {id}',
  `update customer set name = 'Erased', company = null, email = id || '@erased.invalid', external_reference = null, host_client_id = null,
          phone = null, country = null, language = null, note = null, status = 'archived', version = version + 1 where id = {id}`,
];

/** Runs them all, in the caller's transaction. */
export async function eraseCustomerEverywhere(em: EntityManager, erased: ErasedCustomer): Promise<void> {
  for (const statement of ERASURES) {
    const values: unknown[] = [];
    const sql = statement.replaceAll(/\{(id|reseller|name|company|email)\}/g, (_, key: keyof ErasedCustomer) => {
      values.push(erased[key]);
      return '?';
    });
    await em.execute(sql, values);
  }
}
