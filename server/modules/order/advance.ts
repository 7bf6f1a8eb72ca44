import type { HostOrder } from '../../../hooks/contract/index.ts';
import { HostError } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { mirrorInvoice } from '../invoice/mirror.ts';
import { loadStanding, requireMayOrder } from '../reseller/standing.ts';
import { withRetry } from '../../platform/database/retry.ts';
import { Customer } from '../customer/entity.ts';
import { Order } from './entity.ts';
import { journaled } from './journal.ts';
import { mirrorOrder } from './mirror.ts';
import { postpone, refuse } from './settle.ts';

/**
 * Takes an order that is being placed as far as the host lets it: looks it up by our reference, creates it only if the
 * host does not have it, then has its invoice made. Safe to call again after any failure; two callers never work on the
 * same order (one advisory lock per order, over all processes).
 */
export async function advanceOrder(ctx: ServiceContext, orderId: string): Promise<void> {
  await ctx.em.fork().transactional(async (lock) => {
    const [row] = await lock.execute<{ free: boolean }[]>(
      'select pg_try_advisory_xact_lock(hashtextextended(?, 2)) as free',
      [orderId],
    );
    if (!row?.free) return;
    const order = await ctx.em.fork().findOneOrFail(Order, orderId);
    if (order.status !== 'placing') return;
    try {
      await finish(ctx, order, await findOrPlace(ctx, order));
    } catch (error) {
      if (error instanceof HostError && !error.retryable) await refuse(ctx, order, error.message);
      else if (error instanceof ServiceError) await refuse(ctx, order, error.message);
      else {
        if (!(error instanceof HostError))
          ctx.log.error({ orderId, error: error instanceof Error ? error.message : 'unknown' }, 'placing order');
        await postpone(ctx, order);
      }
    }
  });
}

async function findOrPlace(ctx: ServiceContext, order: Order): Promise<HostOrder> {
  const found = await journaled(ctx, order.id, 'find', () => ctx.host['orders.find']({ reference: order.id }));
  if (found.order) return found.order;
  const em = ctx.em.fork();
  // A quote binds the price, not the permission: who was suspended meanwhile does not get an order (pricing.md rule 23).
  const standing = await loadStanding(em, order.resellerId, new Date());
  requireMayOrder(standing);
  const customer = order.customerId ? await em.findOne(Customer, order.customerId) : null;
  const { order: placed } = await journaled(ctx, order.id, 'place', () =>
    ctx.host['orders.place']({
      reference: order.id,
      clientId: standing.hostClientId,
      paymentMethod: order.paymentMethod ?? null,
      money: { currency: order.currency, digits: order.digits, tax: order.tax },
      customer: customer && {
        name: customer.company ?? customer.name,
        reference: customer.externalReference ?? customer.id,
      },
      note: order.note ?? null,
      stamp: { listHash: order.listHash ?? '', at: (order.pricedAt ?? order.placedAt).toISOString() },
      lines: order.lines.map(
        ({ product, term, quantity, options, action, domain, unitPrice, price, setup, renewal, components }) => ({
          product,
          term,
          quantity,
          options,
          ...(action ? { action } : {}),
          ...(domain ? { domain } : {}),
          unitPrice,
          price,
          setup,
          renewal,
          components: components.map(({ component, quantity: count, unit, amount }) => ({
            component,
            quantity: count,
            unit,
            amount,
          })),
        }),
      ),
    }),
  );
  return placed;
}

async function finish(ctx: ServiceContext, order: Order, placed: HostOrder): Promise<void> {
  const { invoice } = await journaled(ctx, order.id, 'invoice', () =>
    ctx.host['invoices.issue']({ orderId: placed.id, reference: order.id, paymentMethod: order.paymentMethod ?? null }),
  );
  // The host's own events may be taken in at the same moment.
  await withRetry(() =>
    ctx.em.fork().transactional(async (em) => {
      const inside = { ...ctx, em };
      // Version 0: whatever event of the host came or comes says more than these answers.
      await mirrorInvoice(inside, invoice, 0);
      await mirrorOrder(inside, { ...placed, invoiceId: invoice.id }, 0);
    }),
  );
}
