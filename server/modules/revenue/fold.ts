import type { ServiceContext } from '../../context.ts';
import { DAYS_TO_PAY } from './sources.ts';

const BATCH = 5000;
/** Only one at a time folds: the shared rollups have no other writer. */
const LOCK = 7_203_010;

/**
 * Folds what was booked since the last time into the rollups by network day, reseller month and product, service, and days
 * to pay. Each ledger row leaves the tail in the transaction that adds it, so it counts exactly once; reading a rollup
 * with the tail is exact before and after. Returns how many rows were folded.
 */
export async function foldRevenue(ctx: ServiceContext): Promise<number> {
  let folded = 0;
  for (;;) {
    const batch = await foldBatch(ctx);
    folded += batch;
    if (batch < BATCH) return folded;
  }
}

async function foldBatch({ em }: ServiceContext): Promise<number> {
  return em.fork().transactional(async (tx) => {
    await tx.execute('select pg_advisory_xact_lock(?)', [LOCK]);
    const [row] = await tx.execute<{ folded: number }[]>(
      `with taken as (
         delete from revenue_tail where ledger_id in (select ledger_id from revenue_tail limit ${BATCH}) returning *
       ), fact as (
         select l.*, t.opens, date_trunc('month', l.day)::date as month from taken t join ledger l on l.id = t.ledger_id
       ), network as (
         insert into revenue_network as n (day, currency, amount, lines)
         select day, currency, sum(amount), count(*) from fact group by 1, 2
         on conflict (day, currency) do update set amount = n.amount + excluded.amount, lines = n.lines + excluded.lines
       ), months as (
         insert into revenue_month as m (reseller_id, month, currency, product, amount, lines)
         select reseller_id, month, currency, coalesce(product, ''), sum(amount), count(*) from fact group by 1, 2, 3, 4
         on conflict (reseller_id, month, currency, product)
           do update set amount = m.amount + excluded.amount, lines = m.lines + excluded.lines
       ), sources as (
         insert into revenue_source as s (reseller_id, month, currency, host_service_id, host_invoice_id, amount)
         select reseller_id, month, currency, coalesce(host_service_id, ''),
                case when host_service_id is null then host_invoice_id else '' end, sum(amount)
           from fact group by 1, 2, 3, 4, 5
         on conflict (reseller_id, month, currency, host_service_id, host_invoice_id)
           do update set amount = s.amount + excluded.amount
       ), patterns as (
         insert into payment_pattern as p (reseller_id, month, days, invoices, late)
         select l.reseller_id, l.month, ${DAYS_TO_PAY}, count(*), count(*) filter (where i.due_on < l.day)
           from fact l join invoice i on i.host_invoice_id = l.host_invoice_id
          where l.opens and l.kind = 'paid' and i.issued_at is not null group by 1, 2, 3
         on conflict (reseller_id, month, days)
           do update set invoices = p.invoices + excluded.invoices, late = p.late + excluded.late
       )
       select count(*)::int as folded from taken`,
    );
    return row?.folded ?? 0;
  });
}
