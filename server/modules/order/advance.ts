import type { CallRequest, HostOrder } from '../../../hooks/contract/index.ts';
import { HostError, pricedLine } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import type { OneConnection } from '../../platform/database/one-connection.ts';
import { prepared } from '../../platform/database/prepared.ts';
import { calledOf } from '../customer/called.ts';
import { Customer } from '../customer/entity.ts';
import { requireMayOrder, type Standing, STANDING_COLUMNS } from '../reseller/standing.ts';
import { Order } from './entity.ts';
import { type Finished, finish } from './finish.ts';
import { journal, orJournal } from './journal.ts';
import { lockOrder } from './lock.ts';
import { registrantFor } from './registrant.ts';
import type { Reserved, Submitted } from './reserve.ts';
import { postpone, refuse } from './settle.ts';

const STATE = prepared(
  'order-state',
  `select o.status as "orderStatus", ${STANDING_COLUMNS}
     from reseller_order o join reseller r on r.id = o.reseller_id join programme g on g.id = 1 where o.id = ?`,
);

/**
 * Takes an order that is being placed as far as the host lets it: looks it up by our reference, creates it only if the
 * host does not have it, then has its invoice made. Safe to call again after any failure; two callers never work on the
 * same order (one advisory lock per order, over all processes).
 */
export async function advanceOrder(ctx: ServiceContext, connection: OneConnection, orderId: string): Promise<void> {
  if (!(await lockOrder(connection, orderId))) return;
  const now = new Date();
  const [state] = await connection.execute<Standing & { orderStatus: string }>(STATE, [now, now, orderId]);
  // Another process may have been done with the order just before this one got its lock.
  if (state?.orderStatus !== 'placing') return;
  const order = await ctx.em.fork().findOneOrFail(Order, orderId);
  await settled(ctx, order, () => work(ctx, connection, order, state, false));
}

/** The same for an order that the caller has just written down and locked. Null when only its row tells what became of it. */
export function placeReserved(
  ctx: ServiceContext,
  connection: OneConnection,
  { order, standing }: Reserved,
): Promise<Finished | null> {
  return settled(ctx, order, () => work(ctx, connection, order, standing, true));
}

/** A failure that passes is tried again later, one that does not ends the order. */
async function settled(
  ctx: ServiceContext,
  order: Submitted,
  place: () => Promise<Finished | null>,
): Promise<Finished | null> {
  try {
    return await place();
  } catch (error) {
    if (error instanceof HostError && !error.retryable) await refuse(ctx, order, error.message);
    else if (error instanceof ServiceError) await refuse(ctx, order, error.message);
    else {
      if (!(error instanceof HostError)) {
        const message = error instanceof Error ? error.message : 'unknown';
        ctx.log.error({ orderId: order.id, error: message }, 'placing order');
      }
      await postpone(ctx, order);
    }
    return null;
  }
}

/** `begun`: the journal has the beginning of "place" already. */
async function work(
  ctx: ServiceContext,
  connection: OneConnection,
  order: Submitted,
  standing: Standing,
  begun: boolean,
): Promise<Finished | null> {
  const { id, paymentMethod = null } = order;
  const found = await ctx.host['orders.find']({ reference: id });
  if (!found.order && !begun) await journal(connection, id, ['place', 'begin']);
  const placed = found.order ?? (await orJournal(connection, id, 'place', () => placeAtHost(ctx, order, standing)));
  if (found.order) await journal(connection, id, ['invoice', 'begin']);
  else await journal(connection, id, ['place', 'done'], ['invoice', 'begin']);
  const { invoice } = await orJournal(connection, id, 'invoice', () =>
    ctx.host['invoices.issue']({ orderId: placed.id, reference: id, paymentMethod }),
  );
  return finish(ctx, connection, order, placed, invoice);
}

async function placeAtHost(ctx: ServiceContext, order: Submitted, standing: Standing): Promise<HostOrder> {
  // A quote binds the price, not the permission: who was suspended meanwhile does not get an order (pricing.md rule 23).
  requireMayOrder(standing);
  const customer = order.customerId ? await ctx.em.fork().findOne(Customer, order.customerId) : null;
  const registrant = await registrantFor(ctx.host, order.lines, customer);
  const answer = await ctx.host['orders.place']({ ...hostRequest(order, standing.hostClientId, customer), registrant });
  return answer.order;
}

function hostRequest(order: Submitted, clientId: string, customer: Customer | null): CallRequest<'orders.place'> {
  return {
    reference: order.id,
    clientId,
    paymentMethod: order.paymentMethod ?? null,
    money: { currency: order.currency, digits: order.digits, tax: order.tax },
    customer: customer && {
      name: calledOf(customer),
      reference: customer.externalReference ?? customer.id,
    },
    note: order.note ?? null,
    stamp: { listHash: order.listHash ?? '', at: (order.pricedAt ?? order.placedAt).toISOString() },
    lines: order.lines.map((line) => pricedLine.parse(line)),
  };
}
