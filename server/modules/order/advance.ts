import type { CallRequest, HostOrder } from '../../../hooks/contract/index.ts';
import { HostError, pricedLine } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';
import { Customer } from '../customer/entity.ts';
import { requireMayOrder, type Standing, STANDING_COLUMNS } from '../reseller/standing.ts';
import { Order } from './entity.ts';
import { type Finished, finish } from './finish.ts';
import { journal, orJournal } from './journal.ts';
import type { Reserved } from './reserve.ts';
import { postpone, refuse } from './settle.ts';

const LOCK = prepared('order-lock', 'select pg_try_advisory_xact_lock(hashtextextended(?, 2)) as free');

const STATE = prepared(
  'order-state',
  `select o.status as "orderStatus", ${STANDING_COLUMNS}
     from reseller_order o join reseller r on r.id = o.reseller_id cross join programme g where o.id = ?`,
);

/**
 * Takes an order that is being placed as far as the host lets it: looks it up by our reference, creates it only if the
 * host does not have it, then has its invoice made. Safe to call again after any failure; two callers never work on the
 * same order (one advisory lock per order, over all processes). `reserved`: the order, by the caller who just wrote it
 * down. Answers what became of the order, or null when only its row tells.
 */
export async function advanceOrder(
  ctx: ServiceContext,
  orderId: string,
  reserved?: Reserved,
): Promise<Finished | null> {
  return ctx.em.fork().transactional(async (lock) => {
    const [row] = await executePrepared<{ free: boolean }>(lock, LOCK, [orderId]);
    if (!row?.free) return null;
    const order = reserved ?? (await ctx.em.fork().findOneOrFail(Order, orderId));
    if (order.status !== 'placing') return null;
    try {
      return await work(ctx, order, reserved !== undefined);
    } catch (error) {
      if (error instanceof HostError && !error.retryable) await refuse(ctx, order, error.message);
      else if (error instanceof ServiceError) await refuse(ctx, order, error.message);
      else {
        if (!(error instanceof HostError))
          ctx.log.error({ orderId, error: error instanceof Error ? error.message : 'unknown' }, 'placing order');
        await postpone(ctx, order);
      }
      return null;
    }
  });
}

/** `begun`: the journal has the beginning of "place" already. */
async function work(ctx: ServiceContext, order: Reserved, begun: boolean): Promise<Finished | null> {
  const { id, paymentMethod = null } = order;
  const found = await ctx.host['orders.find']({ reference: id });
  const placed = found.order ?? (await place(ctx, order, begun));
  if (!placed) return null;
  if (found.order) await journal(ctx, id, ['invoice', 'begin']);
  else await journal(ctx, id, ['place', 'done'], ['invoice', 'begin']);
  const { invoice } = await orJournal(ctx, id, 'invoice', () =>
    ctx.host['invoices.issue']({ orderId: placed.id, reference: id, paymentMethod }),
  );
  return finish(ctx, order, placed, invoice);
}

/** Null when another process was done with the order just before this one got its lock. */
async function place(ctx: ServiceContext, order: Reserved, begun: boolean): Promise<HostOrder | null> {
  const em = ctx.em.fork();
  const now = new Date();
  const [state] = await executePrepared<Standing & { orderStatus: string }>(em, STATE, [now, now, order.id]);
  if (state?.orderStatus !== 'placing') return null;
  if (!begun) await journal(ctx, order.id, ['place', 'begin']);
  return orJournal(ctx, order.id, 'place', async () => {
    // A quote binds the price, not the permission: who was suspended meanwhile does not get an order (pricing.md rule 23).
    requireMayOrder(state);
    const customer = order.customerId ? await em.findOne(Customer, order.customerId) : null;
    const answer = await ctx.host['orders.place'](hostRequest(order, state.hostClientId, customer));
    return answer.order;
  });
}

function hostRequest(order: Reserved, clientId: string, customer: Customer | null): CallRequest<'orders.place'> {
  return {
    reference: order.id,
    clientId,
    paymentMethod: order.paymentMethod ?? null,
    money: { currency: order.currency, digits: order.digits, tax: order.tax },
    customer: customer && {
      name: customer.company ?? customer.name,
      reference: customer.externalReference ?? customer.id,
    },
    note: order.note ?? null,
    stamp: { listHash: order.listHash ?? '', at: (order.pricedAt ?? order.placedAt).toISOString() },
    lines: order.lines.map((line) => pricedLine.parse(line)),
  };
}
