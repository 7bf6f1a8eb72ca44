import { createHash } from 'node:crypto';
import { z } from 'zod';
import { hostId } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { withRetry } from '../../platform/database/retry.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Customer } from '../customer/entity.ts';
import { priceLines } from '../quote/price-lines.ts';
import { quoteRequest } from '../quote/schemas.ts';
import { orderDigest } from '../quote/token.ts';
import { loadStanding, requireMayOrder } from '../reseller/standing.ts';
import { advanceOrder } from './advance.ts';
import { Order } from './entity.ts';
import { orderRows } from './row.ts';

/** A process that dies while placing leaves the order to another one after this time. */
const TAKE_OVER_MS = 20_000;

const input = quoteRequest.extend({
  /** Made once per intention to order: the same key never makes a second order. */
  idempotencyKey: z.string().min(8).max(100),
  /** The quote whose prices the buyer saw. */
  quote: z.string().max(2000),
  customerId: z.string().max(60).nullable().default(null),
  paymentMethod: hostId.nullable().default(null),
  note: z.string().trim().max(1000).nullable().default(null),
});
type Input = z.output<typeof input>;

/**
 * Orders from the host at the quoted wholesale prices. The order is written down first and only then asked of the host,
 * so that a lost answer or a killed process ends in one order, or in none. An order still "placing" is being looked
 * after; call again with the same key to see how it ended.
 * @throws price_changed, conflict (same key, other order), not_found (customer), and as quotes.create
 */
export const placeOrder = verb({
  procedure: 'orders.place',
  permission: 'orders:write',
  mode: 'steps',
  input,
  run: async (ctx, request) => {
    const resellerId = actingReseller(ctx);
    const orderId = await withRetry(() => reserve(ctx, resellerId, request));
    await advanceOrder(ctx, orderId);
    const [row] = await orderRows(ctx.em.fork(), { id: orderId });
    return row!;
  },
});

async function reserve(ctx: ServiceContext, resellerId: string, request: Input): Promise<string> {
  return ctx.em.fork().transactional(async (em) => {
    // One order at a time per reseller and key: the second of two equal requests finds the first.
    await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 1))', [
      `${resellerId} ${request.idempotencyKey}`,
    ]);
    const requestHash = digestOf(request);
    const earlier = await em.findOne(Order, { resellerId, idempotencyKey: request.idempotencyKey });
    if (earlier) {
      if (earlier.requestHash === requestHash) return earlier.id;
      throw new ServiceError(
        'conflict',
        'This idempotency key was used for another order. Use a new key for a new order.',
        '/idempotencyKey',
      );
    }
    const standing = await loadStanding(em, resellerId, ctx.now);
    requireMayOrder(standing);
    const quote = ctx.quotes.verify(request.quote, { reseller: resellerId, order: orderDigest(request), now: ctx.now });
    if (await em.count(Order, { quoteId: quote.id })) {
      throw new ServiceError('price_changed', 'This quote was used by another order. Ask for a new one.', '/quote');
    }
    if (request.customerId && !(await em.count(Customer, { id: request.customerId, resellerId, status: 'active' }))) {
      throw new ServiceError('not_found', 'There is no such customer.', '/customerId');
    }
    const view = await ctx.catalogue.view(em, standing.catalogueReadAt);
    const priced = await priceLines(em, ctx.prices, view, quote.list, request);
    const order = em.create(Order, {
      id: newId('ord'),
      resellerId,
      customerId: request.customerId,
      status: 'placing',
      via: ctx.actor.kind === 'api_key' ? 'api' : 'portal',
      currency: request.currency,
      digits: priced.digits,
      tax: view.tax,
      dueNow: priced.dueNow,
      lines: priced.lines,
      listHash: quote.list,
      pricedAt: new Date(quote.at),
      quoteId: quote.id,
      idempotencyKey: request.idempotencyKey,
      requestHash,
      paymentMethod: request.paymentMethod,
      note: request.note,
      hostOrderId: null,
      hostInvoiceId: null,
      refusal: null,
      nextAttemptAt: new Date(ctx.now.getTime() + TAKE_OVER_MS),
      placedAt: ctx.now,
    });
    record(
      { ...ctx, em },
      {
        action: 'order.submitted',
        subject: { type: 'order', id: order.id },
        resellerId,
        after: {
          currency: order.currency,
          dueNow: order.dueNow,
          listHash: quote.list,
          quote: quote.id,
          customerId: request.customerId,
        },
      },
    );
    await em.flush();
    return order.id;
  });
}

function digestOf({ quote: _quote, ...request }: Input): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...request, lines: orderDigest(request) }))
    .digest('base64url');
}
