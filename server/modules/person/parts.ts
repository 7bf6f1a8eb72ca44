import { setAsideOf } from './set-aside.ts';

/** Of whom each part tells, and who may hold it in hand. */
interface Part {
  /** Reads it; the one parameter is the reseller's id. */
  sql: string;
  /** provider: the provider's own words about it. reseller: its own words and prices, which the provider never sees. */
  for: 'both' | 'provider' | 'reseller';
}

const APPLICATIONS =
  '(select id from application where host_client_id = (select host_client_id from reseller where id = ?))';
const both = (sql: string): Part => ({ sql, for: 'both' });
const provider = (sql: string): Part => ({ sql, for: 'provider' });
const reseller = (sql: string): Part => ({ sql, for: 'reseller' });

/** All that is held about a reseller and the people it named: what erasures.ts takes away, and the books that stay. */
export const PARTS: Readonly<Record<string, Part>> = {
  account:
    both(`select host_client_id, company, email, currency, tier_id, own_discount_bp, status, public_reason, status_since, created_at
                   from reseller where id = ?`),
  profile:
    both(`select registration_number, tax_id, country, address, phone, website, billing_email, language, contacts, payment_method
                   from reseller_profile where reseller_id = ?`),
  profileChanges: both(
    'select fields, status, asked_at, decided_at, reason from profile_change where reseller_id = ? order by asked_at',
  ),
  applications: both(
    `select id, applicant_name, applicant_email, business_name, phone_key, domain_keys, status, answers, facts, decision ->> 'message' as message, created_at, submitted_at, decided_at,
            (select jsonb_agg(jsonb_build_object('at', s.at, 'answers', s.answers) order by s.number) from application_submission s
              where s.application_id = a.id) as submissions,
            (select jsonb_agg(jsonb_build_object('at', m.at, 'from', m.author ->> 'kind', 'body', m.body) order by m.at) from application_message m
              where m.application_id = a.id and m.kind = 'message') as thread
       from application a where id in ${APPLICATIONS} order by created_at`,
  ),
  applicationNotes: provider(`select application_id, at, author ->> 'name' as author, body from application_message
                               where kind = 'note' and application_id in ${APPLICATIONS} order by at`),
  // The provider's alone: nobody else hears of an application's way.
  applicationEvents: provider(
    `select o.id, o.type, o.payload, o.created_at from outbox o join reseller r on r.host_client_id = o.payload ->> 'hostClientId'
      where r.id = ? and o.reseller_id is null order by o.sequence`,
  ),
  customers:
    both(`select id, name, company, email, phone, country, language, external_reference, host_client_id, status, created_at
                     from customer where reseller_id = ? order by id`),
  customerNotes: reseller('select id, note from customer where reseller_id = ? and note is not null order by id'),
  orders: both(
    `select id, number, customer_id, status, via, currency, due_now, note, refusal, cancel_reason, payment_method, placed_at,
            (select jsonb_agg(line - 'own' order by at) from jsonb_array_elements(lines) with ordinality as x(line, at)) as lines
       from reseller_order where reseller_id = ? order by id`,
  ),
  orderDrafts: reseller(
    'select id, customer_id, content, updated_at from order_draft where reseller_id = ? order by id',
  ),
  services:
    both(`select id, customer_id, product, title, domain, status, term, currency, recurring, created_at from service
                   where reseller_id = ? order by id`),
  tickets: both(
    'select host_ticket_id, order_id, service_id, linked_at from ticket_link where reseller_id = ? order by linked_at',
  ),
  invoices:
    both(`select host_invoice_id, number, status, currency, total, due_on, issued_at, paid_at, lines from invoice
                   where reseller_id = ? order by issued_at, host_invoice_id`),
  statements: both(
    `select month, currency, opening::text as opening, closing::text as closing, totals, closed_at from statement
      where reseller_id = ? order by month, currency`,
  ),
  accountEntries: both(
    `select day, currency, kind, number, amount::text as amount from account_entry where reseller_id = ? order by id`,
  ),
  revenue: both(
    'select day, currency, amount::text as minor_units, lines from revenue_rollup where reseller_id = ? order by day',
  ),
  ownPriceList: reseller('select heading, note, updated_at from own_price_list where reseller_id = ?'),
  ownPrices:
    reseller(`select product, component, group_id, term, currency, method, bp, amount, setup, ending from own_price_rule
                        where reseller_id = ? order by id`),
  ownPricesOfOrders: reseller(
    `select id, (select jsonb_agg(line -> 'own' order by at) from jsonb_array_elements(lines) with ordinality as x(line, at)) as lines
       from reseller_order where reseller_id = ? order by id`,
  ),
  tierDecisions: both(
    'select at, cause, outcome, from_tier, to_tier, inputs from tier_decision where reseller_id = ? order by at',
  ),
  apiKeys:
    both(`select name, prefix, scopes, allowlist, created_at, expires_at, revoked_at, last_used_at, last_used_from from api_key
                  where reseller_id = ? order by id`),
  apiCalls: both('select at, method, path, status, source_address from api_call where reseller_id = ? order by id'),
  webhookEndpoints: both(
    'select url, description, events, active, created_at from webhook_endpoint where reseller_id = ? order by created_at',
  ),
  webhookAnswers: both(
    `select d.event_id, t.at, t.status, t.answer from webhook_endpoint e join webhook_delivery d on d.endpoint_id = e.id
       join webhook_attempt t on t.delivery_id = d.id where e.reseller_id = ? order by d.position, t.number`,
  ),
  events: both('select id, type, payload, created_at from outbox where reseller_id = ? order by sequence'),
  // What the host reported and could not be taken in: nothing of it stands anywhere else.
  setAside: both(
    `select event_id, type, reason, received_at, body from inbox
      where ${setAsideOf('(select host_client_id from reseller where id = ?)')} order by received_at, event_id`,
  ),
  notices: both(
    'select kind, recipient, subject, body, state, created_at, read_at from notice where reseller_id = ? order by created_at, id',
  ),
  activity: both(
    `select at, actor ->> 'kind' as actor, action, subject_type, subject_id,
            case when actor ->> 'kind' in ('reseller', 'api_key', 'client') then before end as before,
            case when actor ->> 'kind' in ('reseller', 'api_key', 'client') then after end as after
       from activity where reseller_id = ? and not internal order by sequence`,
  ),
  internal: provider(
    `select p.manager, p.tags, s.pin_reason from reseller r left join reseller_profile p on p.reseller_id = r.id
       left join tier_standing s on s.reseller_id = r.id where r.id = ?`,
  ),
  notes: provider('select text, author, created_at from reseller_note where reseller_id = ? order by created_at'),
  problems: provider(
    `select p.message, p.note, p.state, p.first_at, p.last_at from problem p
       join reseller r on p.reseller_id = r.id or strpos(p.key, r.id) > 0 where r.id = ? order by p.first_at`,
  ),
  tierNotes: provider('select at, note from tier_decision where reseller_id = ? and note is not null order by at'),
};
