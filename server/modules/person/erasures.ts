import type { EntityManager } from '@mikro-orm/postgresql';
import { setAsideOf } from './set-aside.ts';
import { inTestMode } from './test-mode.ts';

/** Who is erased, as the statements name it in braces. */
interface Erased {
  reseller: string;
  /** Its account in the host: the host's to erase, and the only thread to it that stays. */
  client: string;
  /** As they stood until now: for texts that name them. */
  company: string;
  email: string;
  now: Date;
}

const KEYS = '(select id from api_key where reseller_id = {reseller})';
const ORDERS = '(select id from reseller_order where reseller_id = {reseller})';
const ITS_EVENTS = `(reseller_id = {reseller} or (reseller_id is null and payload ->> 'hostClientId' = {client}))`;
const NEW_NAME = `'Erased ' || {reseller}`;

/** A list of objects with each of them, `line`, changed. */
const lines = (column: string, change: string) =>
  `(select coalesce(jsonb_agg(${change} order by at), '[]') from jsonb_array_elements(${column}) with ordinality as x(line, at))`;

/**
 * What takes names, addresses and free text out of every table that may hold them, in this order: what is found by the old
 * name goes before the name itself.
 */
const ERASURES: readonly string[] = [
  // What was made to be looked at, and names it.
  `update network_figure set body = replace(body::text, to_jsonb({company}::text)::text, to_jsonb(${NEW_NAME})::text)::jsonb
    where strpos(body::text, {reseller}) > 0`,
  `update price_preview_reseller set company = ${NEW_NAME} where reseller_id = {reseller}`,
  `update problem set message = replace(replace(message, {company}, ${NEW_NAME}), {email}, ${NEW_NAME}), note = null, version = version + 1
    where reseller_id = {reseller} or strpos(key, {reseller}) > 0
       or key in (select 'retail_missing:' || host_service_id from service where reseller_id = {reseller})`,
  `update task set result = null where input ->> 'resellerId' = {reseller} or strpos(result::text, {reseller}) > 0`,
  'delete from task_row where task_id in (select id from task where reseller_id = {reseller}) or subject_id = {reseller}',
  'delete from task where reseller_id = {reseller}',
  // Its events keep ids: a receiver that has seen an object can find it, and nobody else learns who it was.
  `update webhook_attempt set answer = '' where delivery_id in
     (select d.id from webhook_delivery d join outbox o on o.id = d.event_id
       where o.reseller_id = {reseller} or (o.reseller_id is null and o.payload ->> 'hostClientId' = {client}))`,
  'delete from webhook_endpoint where reseller_id = {reseller}',
  `update outbox set payload = (select coalesce(jsonb_object_agg(key, value) filter (where key like '%Id'), '{}') from jsonb_each(payload))
    where ${ITS_EVENTS}`,
  'delete from notice where reseller_id = {reseller} or host_client_id = {client}',
  `update inbox set body = null where ${setAsideOf('{client}')}`,
  // The API: that a key called stays, not from where and not what it was answered.
  `update api_idempotency set answer = '{"output": null}' where answer is not null
      and (owner in ${KEYS} or strpos(answer::text, {reseller}) > 0)`,
  'update api_call set source_address = null where reseller_id = {reseller}',
  `update api_key set name = 'Erased', allowlist = '[]', last_used_from = null, revoked_at = coalesce(revoked_at, {now})
    where reseller_id = {reseller}`,
  // What was sold: numbers stay, words go.
  `update order_journal set detail = null where order_id in ${ORDERS}`,
  'delete from order_draft where reseller_id = {reseller}',
  'delete from ticket_link where reseller_id = {reseller}',
  `update reseller_order set note = null, refusal = null, cancel_reason = null, version = version + 1,
          lines = ${lines('lines', "(line - 'domain') || jsonb_build_object('title', line -> 'product')")} where reseller_id = {reseller}`,
  'update service set domain = null, title = product where reseller_id = {reseller}',
  `update invoice set lines = ${lines('lines', "line || jsonb_build_object('title', line -> 'kind')")} where reseller_id = {reseller}`,
  `update difference set detail = detail - 'title', reason = null where reseller_id = {reseller}`,
  'update own_price_list set heading = null, note = null where reseller_id = {reseller}',
  'update tier_decision set note = null where reseller_id = {reseller}',
  'update tier_standing set pin_reason = null where reseller_id = {reseller}',
  // The people.
  'delete from reseller_profile where reseller_id = {reseller}',
  'delete from profile_change where reseller_id = {reseller}',
  'delete from reseller_note where reseller_id = {reseller}',
  `update customer set name = 'Erased', company = null, email = id || '@erased.invalid', external_reference = null, host_client_id = null,
          phone = null, country = null, language = null, note = null, version = version + 1 where reseller_id = {reseller}`,
  `update reseller set company = ${NEW_NAME}, email = id || '@erased.invalid', public_reason = null, anonymised_at = {now},
          version = version + 1 where id = {reseller}`,
];

/** Runs them all, in the caller's transaction: over the live tables, then over those that test keys wrote (0017_test_mode.sql). */
export async function eraseEverywhere(em: EntityManager, erased: Erased): Promise<void> {
  await runAll(em, ERASURES, erased);
  await inTestMode(em, (own) =>
    runAll(
      em,
      ERASURES.filter((statement) => own.has(/^(?:update|delete from) (\w+)/.exec(statement)?.[1] ?? '')),
      erased,
    ),
  );
}

async function runAll(em: EntityManager, statements: readonly string[], erased: Erased): Promise<void> {
  for (const statement of statements) {
    const values: unknown[] = [];
    const sql = statement.replaceAll(/\{(reseller|client|company|email|now)\}/g, (_, name: keyof Erased) => {
      values.push(erased[name]);
      return '?';
    });
    await em.execute(sql, values);
  }
}
