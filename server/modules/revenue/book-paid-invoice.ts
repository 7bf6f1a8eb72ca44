import type { EventOf } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { parseAmount } from '../../money.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';
import { newId } from '../../platform/ids.ts';
import { recordedActor } from '../activity/record.ts';
import { fromInvoice } from '../order/derive-status.ts';
import { ledgerLines, ROLL_UP, TO_TAIL } from './book.ts';
import { revenueLines } from './revenue-lines.ts';

/**
 * mirrorInvoice and bookPayment in one prepared statement, since payments are what a host reports most: entity by entity
 * they are twenty statements. An unknown invoice is inserted and not upserted: if another transaction makes it at the
 * same moment, the unique violation has the verb start again, and so see the order that came with it.
 */
const statement = (name: string, itsOrder: string) =>
  prepared(
    name,
    `with told as (
       select r.id as reseller_id, (t.occurred_at at time zone g.billing_zone)::date as day, t.*
         from jsonb_to_record(?::jsonb) as t(
           client text, invoice text, number text, host_order text, status text, order_status text, currency text, total text,
           due_on date, issued_at timestamptz, paid_at timestamptz, lines jsonb, version bigint, payment text,
           occurred_at timestamptz, now timestamptz, amounts jsonb, actor jsonb,
           request text, address text, ids text[])
         join reseller r on r.host_client_id = t.client join programme g on g.id = 1
     ), made as (
       insert into invoice (host_invoice_id, reseller_id, number, host_order_id, status, currency, total, due_on, issued_at,
                            paid_at, lines, host_version)
       select invoice, reseller_id, number, host_order, status, currency, total, due_on, issued_at, paid_at, lines, version
         from told where not exists (select from invoice i where i.host_invoice_id = told.invoice)
       returning host_invoice_id
     ), kept as (
       update invoice i
          set reseller_id = t.reseller_id, number = t.number, host_order_id = t.host_order, status = t.status,
              currency = t.currency, total = t.total, due_on = t.due_on, issued_at = t.issued_at, paid_at = t.paid_at,
              lines = t.lines, host_version = t.version
         from told t where i.host_invoice_id = t.invoice and i.host_version <= t.version
       returning i.host_invoice_id
     ), billed as (
       select o.id, o.status as before, t.invoice,
              case when t.order_status = 'pending' and o.status = 'cancelled' then o.status else t.order_status end as after
         from told t join reseller_order o on ${itsOrder}
        where exists (select from made union all select from kept) limit 1 for update of o
     ), moved as (
       update reseller_order o
          set host_invoice_id = b.invoice, status = b.after, version = o.version + 1,
              next_attempt_at = case when b.before = b.after then o.next_attempt_at end
         from billed b where o.id = b.id and (o.host_invoice_id is distinct from b.invoice or b.before <> b.after)
       returning o.id, o.reseller_id, b.before, o.status, o.host_order_id, o.host_invoice_id
     ), fact as (
       insert into ledger (id, reseller_id, kind, host_invoice_id, host_line_id, payment_id, host_service_id, product,
                           occasion, currency, amount, day, occurred_at, booked_at, line_kind)
       select x.id, t.reseller_id, 'paid', t.invoice, x.line, t.payment, x.service, x.product, x.occasion, t.currency,
              x.amount, t.day, t.occurred_at, t.now, x.kind
         from told t cross join lateral jsonb_to_recordset(t.amounts)
              as x(id text, line text, kind text, service text, product text, occasion text, amount bigint)
       on conflict (host_line_id, kind, payment_id) do nothing
       returning id, reseller_id, day, currency, amount
     ), rollup as (${ROLL_UP}
     ), tail as (${TO_TAIL}
     ), entry as (
       select t.ids[1] as activity, t.ids[2] as event, 'order.' || m.status as action, 'order' as subject, m.id, m.reseller_id,
              jsonb_build_object('status', m.before) as before, jsonb_build_object('status', m.status) as after,
              jsonb_build_object('orderId', m.id, 'status', m.status, 'hostOrderId', m.host_order_id,
                                 'hostInvoiceId', m.host_invoice_id) as payload
         from moved m cross join told t where m.before <> m.status
       union all
       select t.ids[3], t.ids[4], 'invoice.paid', 'invoice', t.invoice, t.reseller_id, null,
              jsonb_build_object('payment', t.payment, 'total', t.total, 'currency', t.currency, 'lines', booked.lines),
              jsonb_build_object('invoiceId', t.invoice, 'number', t.number, 'total', t.total, 'currency', t.currency)
         from told t cross join (select count(*) as lines from fact) booked where booked.lines > 0
     ), activities as (
       insert into activity (id, at, actor, action, subject_type, subject_id, reseller_id, before, after, request_id,
                             source_address)
       select e.activity, t.now, t.actor, e.action, e.subject, e.id, e.reseller_id, e.before, e.after, t.request,
              t.address
         from entry e cross join told t
     ), events as (
       insert into outbox (id, type, reseller_id, payload, created_at)
       select e.event, e.action, e.reseller_id, e.payload, t.now from entry e cross join told t
     )
     select exists (select from told) as ours`,
  );

const OF_ORDER = statement('book-paid-invoice', 'o.host_order_id = t.host_order');
const WITHOUT_ORDER = statement(
  'book-paid-invoice-without-order',
  'o.host_invoice_id = t.invoice and o.host_order_id is not null',
);

/**
 * Keeps a paid invoice, moves its order along, and books it as revenue dated when the host calls it paid: once, however
 * often and late it is told. False when the client is no reseller.
 */
export async function bookPaidInvoice(
  ctx: ServiceContext,
  { aggregate, data: { invoice, payment } }: EventOf<'invoice.paid'>,
): Promise<boolean> {
  const { digits, currency } = invoice.money;
  const told = {
    client: invoice.clientId,
    invoice: invoice.id,
    number: invoice.number,
    host_order: invoice.orderId,
    status: invoice.status,
    order_status: fromInvoice[invoice.status],
    currency,
    total: invoice.total,
    due_on: invoice.dueOn,
    issued_at: invoice.issuedAt,
    paid_at: invoice.paidAt,
    lines: invoice.lines,
    version: aggregate.version,
    payment: payment.id,
    occurred_at: payment.at,
    now: ctx.now,
    amounts: ledgerLines(revenueLines(invoice.lines).map((line) => ({ line, amount: parseAmount(line.net, digits) }))),
    actor: recordedActor(ctx),
    request: ctx.requestId,
    address: ctx.sourceAddress ?? null,
    ids: [newId('act'), newId('evt'), newId('act'), newId('evt')],
  };
  const [row] = await executePrepared<{ ours: boolean }>(ctx.em, invoice.orderId === null ? WITHOUT_ORDER : OF_ORDER, [
    JSON.stringify(told),
  ]);
  return row!.ours;
}
