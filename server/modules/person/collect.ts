import type { EntityManager } from '@mikro-orm/postgresql';

/** What is held about a reseller and the people it named, by table; `own` leaves out what it never sees. */
const PARTS: Record<string, { sql: string; own: boolean }> = {
  account: {
    sql: `select host_client_id, company, email, currency, tier_id, own_discount_bp, status, public_reason, status_since, created_at
            from reseller where id = ?`,
    own: true,
  },
  profile: {
    sql: `select registration_number, tax_id, country, address, phone, website, billing_email, language, contacts, payment_method
            from reseller_profile where reseller_id = ?`,
    own: true,
  },
  profileChanges: {
    sql: 'select fields, status, asked_at, decided_at, reason from profile_change where reseller_id = ? order by asked_at',
    own: true,
  },
  customers: {
    sql: `select id, name, company, email, external_reference, status, created_at from customer where reseller_id = ? order by id`,
    own: true,
  },
  orders: {
    sql: `select id, number, customer_id, status, via, currency, due_now, lines, note, placed_at from reseller_order
           where reseller_id = ? order by id`,
    own: true,
  },
  services: {
    sql: `select id, customer_id, product, title, domain, status, term, currency, recurring, created_at from service
           where reseller_id = ? order by id`,
    own: true,
  },
  invoices: {
    sql: `select host_invoice_id, number, status, currency, total, due_on, issued_at, paid_at, lines from invoice
           where reseller_id = ? order by issued_at, host_invoice_id`,
    own: true,
  },
  revenue: {
    sql: 'select day, currency, amount::text as minor_units, lines from revenue_rollup where reseller_id = ? order by day',
    own: true,
  },
  tierDecisions: {
    sql: 'select at, cause, outcome, from_tier, to_tier, inputs from tier_decision where reseller_id = ? order by at',
    own: true,
  },
  apiKeys: {
    sql: 'select name, prefix, scopes, created_at, expires_at, revoked_at from api_key where reseller_id = ? order by id',
    own: true,
  },
  internal: {
    sql: 'select manager, tags from reseller_profile where reseller_id = ?',
    own: false,
  },
  notes: {
    sql: 'select text, author, created_at from reseller_note where reseller_id = ? order by created_at',
    own: false,
  },
};

/** Everything held about one reseller and its people; for the reseller itself without the provider's own notes. */
export async function collectData(
  em: EntityManager,
  resellerId: string,
  forProvider: boolean,
  progress: (done: number, total: number) => Promise<void>,
): Promise<Record<string, unknown[]>> {
  const parts = Object.entries(PARTS).filter(([, { own }]) => own || forProvider);
  const data: Record<string, unknown[]> = {};
  for (const [index, [name, { sql }]] of parts.entries()) {
    data[name] = await em.execute<object[]>(sql, [resellerId]);
    await progress(index + 1, parts.length);
  }
  return data;
}
