import type { HostInvoice, HostOrder } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import type { OneConnection } from '../../platform/database/one-connection.ts';
import { prepared } from '../../platform/database/prepared.ts';
import { withRetry } from '../../platform/database/retry.ts';
import { recordedActor } from '../activity/record.ts';
import { mirrorInvoice } from '../invoice/mirror.ts';
import { fromInvoice } from './derive-status.ts';
import type { Order } from './entity.ts';
import { mirrorOrder } from './mirror.ts';

/** What placing an order changed about it. */
export type Finished = Pick<Order, 'status' | 'hostOrderId' | 'hostInvoiceId' | 'version'>;

/*
 * The usual end of placing, in one prepared statement: invoice, order, locks, activity, event and the journal's last
 * line, where no event of the host has told any of it yet. Entity by entity it is fifteen statements.
 */
const FINISH = prepared(
  'order-finish',
  `with told as (
     select t.*, o.reseller_id
       from jsonb_to_record(?::jsonb) as t(
         id text, client text, host_order text, invoice text, number text, invoice_order text, status text, order_status text,
         currency text, total text, due_on date, issued_at timestamptz, paid_at timestamptz, lines jsonb, locks jsonb,
         lock_ids text[], actor jsonb, request text, address text, now timestamptz, activity text, event text)
       join reseller_order o on o.id = t.id join reseller r on r.id = o.reseller_id and r.host_client_id = t.client
   ), made as (
     insert into invoice (host_invoice_id, reseller_id, number, host_order_id, status, currency, total, due_on, issued_at,
                          paid_at, lines)
     select invoice, reseller_id, number, invoice_order, status, currency, total, due_on, issued_at, paid_at, lines from told
     on conflict do nothing returning host_invoice_id
   ), moved as (
     update reseller_order o
        set host_order_id = t.host_order, host_invoice_id = t.invoice, status = t.order_status, next_attempt_at = null,
            version = o.version + 1
       from told t
      where o.id = t.id and o.status = 'placing' and o.host_version = 0 and exists (select from made)
     returning o.version
   ), locked as (
     insert into price_lock (id, reseller_id, host_service_id, product, term, currency, quantity, unit_price, components,
                             list_hash, status, locked_at)
     select t.lock_ids[x.at], t.reseller_id, l."serviceId", l.product, l.term, l.currency, l.quantity, l."unitPrice",
            l.components, l."listHash", l.status, l."lockedAt"
       from told t cross join lateral jsonb_array_elements(t.locks) with ordinality as x(lock, at)
      cross join lateral jsonb_to_record(x.lock) as l("serviceId" text, product text, term text, currency text,
              quantity integer, "unitPrice" text, components jsonb, "listHash" text, status text, "lockedAt" timestamptz)
      where exists (select from moved)
        -- Counted, so that each lock is looked up by index: as "not exists" it is joined by reading all locks there are.
        and (select count(*) from price_lock p where p.host_service_id = l."serviceId" and
                    (p.locked_at >= l."lockedAt" or p.status in ('pending', 'active'))) = 0
     on conflict do nothing returning id
   ), activities as (
     insert into activity (id, at, actor, action, subject_type, subject_id, reseller_id, request_id, source_address, before,
                           after)
     select t.activity, t.now, t.actor, 'order.' || t.order_status, 'order', t.id, t.reseller_id, t.request, t.address,
            jsonb_build_object('status', 'placing'), jsonb_build_object('status', t.order_status)
       from told t cross join moved
   ), events as (
     insert into outbox (id, type, reseller_id, payload, created_at)
     select t.event, 'order.' || t.order_status, t.reseller_id,
            jsonb_build_object('orderId', t.id, 'status', t.order_status, 'hostOrderId', t.host_order,
                               'hostInvoiceId', t.invoice), t.now
       from told t cross join moved
   ), line as (
     insert into order_journal (order_id, step, phase, at) values (?, 'invoice', 'done', ?)
   )
   select (select version from moved) as version, (select count(*)::int from locked) as locks,
          pg_advisory_unlock(hashtextextended(?, 2)) as unlocked, set_config('synchronous_commit', 'off', true) as unhurried`,
);

/** Writes down what the host made of an order. Null when events of the host were there first: then read the order. */
export async function finish(
  ctx: ServiceContext,
  connection: OneConnection,
  order: Pick<Order, 'id'>,
  placed: HostOrder,
  invoice: HostInvoice,
): Promise<Finished | null> {
  const status = fromInvoice[invoice.status];
  const told = {
    id: order.id,
    client: placed.clientId === invoice.clientId && placed.status !== 'cancelled' ? placed.clientId : null,
    host_order: placed.id,
    invoice: invoice.id,
    number: invoice.number,
    invoice_order: invoice.orderId,
    status: invoice.status,
    order_status: status,
    currency: invoice.money.currency,
    total: invoice.total,
    due_on: invoice.dueOn,
    issued_at: invoice.issuedAt,
    paid_at: invoice.paidAt,
    lines: invoice.lines,
    locks: placed.locks,
    lock_ids: placed.locks.map(() => newId('lck')),
    actor: recordedActor(ctx),
    request: ctx.requestId,
    address: ctx.sourceAddress ?? null,
    now: ctx.now,
    activity: newId('act'),
    event: newId('evt'),
  };
  // The host's own events may be taken in at the same moment.
  const [row] = await withRetry(() =>
    connection.execute<{ version: number | null; locks: number }>(FINISH, [
      JSON.stringify(told),
      order.id,
      new Date(),
      order.id,
    ]),
  );
  connection.unlocked();
  if (row?.version && row.locks === placed.locks.length) {
    return { status, hostOrderId: placed.id, hostInvoiceId: invoice.id, version: row.version };
  }
  await withRetry(() =>
    ctx.em.fork().transactional(async (em) => {
      const inside = { ...ctx, em };
      // Version 0: whatever event of the host came or comes says more than these answers.
      await mirrorInvoice(inside, invoice, 0);
      await mirrorOrder(inside, { ...placed, invoiceId: invoice.id }, 0);
    }),
  );
  return null;
}
