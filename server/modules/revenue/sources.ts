/**
 * Revenue as the procedures read it: a rollup and the part of the ledger that it does not hold yet, in one statement and so
 * in one view of the database. What commits is in the figures at once, and each fact exactly once. `?` stands for nothing
 * here: filter what these answer, PostgreSQL pushes the filter into both parts.
 */

/** Whole days (UTC) from issue to payment, ten years at most. Of `ledger l` and `invoice i`. */
export const DAYS_TO_PAY = 'least(greatest(l.occurred_at::date - i.issued_at::date, 0), 3650)';
/** From the tail, which is short, to its facts (offset 0 keeps PostgreSQL from the other way: all facts of the reseller). */
const TAIL = 'from revenue_tail t cross join lateral (select * from ledger where id = t.ledger_id offset 0) l';

/** reseller_id, day, currency, amount. This one is written with the ledger itself: it has no tail. */
export const BY_RESELLER_DAY = '(select reseller_id, day, currency, amount from revenue_rollup)';

/** day, currency, amount, lines of the whole network. */
export const BY_NETWORK_DAY = `(select day, currency, amount, lines from revenue_network
  union all select l.day, l.currency, l.amount, 1 ${TAIL})`;

/** reseller_id, month, currency, product ('' = none), amount, lines. */
export const BY_RESELLER_MONTH = `(select reseller_id, month, currency, product, amount, lines from revenue_month
  union all select l.reseller_id, date_trunc('month', l.day)::date, l.currency, coalesce(l.product, ''), l.amount, 1 ${TAIL})`;

/** reseller_id, month, currency, host_service_id, host_invoice_id (where there is no service), amount. */
export const BY_SOURCE_MONTH = `(select reseller_id, month, currency, host_service_id, host_invoice_id, amount from revenue_source
  union all select l.reseller_id, date_trunc('month', l.day)::date, l.currency, coalesce(l.host_service_id, ''),
         case when l.host_service_id is null then l.host_invoice_id else '' end, l.amount ${TAIL})`;

/** reseller_id, month, days from issue to payment, invoices, and how many of them were late. */
export const BY_PAYMENT = `(select reseller_id, month, days, invoices, late from payment_pattern
  union all select l.reseller_id, date_trunc('month', l.day)::date, ${DAYS_TO_PAY}, 1, (coalesce(i.due_on < l.day, false))::int
    ${TAIL} join invoice i on i.host_invoice_id = l.host_invoice_id
    where t.opens and l.kind = 'paid' and i.issued_at is not null)`;
