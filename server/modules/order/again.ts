import { z } from 'zod';
import { type OrderItem, orderItem } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { parentLine } from '../catalogue/addons.ts';
import { Customer } from '../customer/entity.ts';
import { reviewQuote } from '../quote/review.ts';
import { loadStanding } from '../reseller/standing.ts';
import { Order } from './entity.ts';
import type { OrderLine } from './schemas.ts';

/**
 * The lines of an order at today's prices: a fresh quote of those that are still sold, and for each line what changed
 * since. Orders nothing. @throws not_found, and as quotes.review
 */
export const orderAgain = verb({
  procedure: 'orders.again',
  permission: 'orders:write',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { em } = ctx;
    const resellerId = actingReseller(ctx);
    const order = await em.findOne(Order, { id, resellerId });
    if (!order) throw new ServiceError('not_found', 'There is no order with this id.');
    const { currency, digits } = order;
    const lines = [];
    const items = order.lines.map((line) => orderItem.parse(line));
    const standing = await loadStanding(em, resellerId, ctx.now);
    const { products } = await ctx.catalogue.view(em, standing.catalogueReadAt);
    for (const [at, was] of order.lines.entries()) {
      const item = items[at]!;
      // An add-on is sold beside its product, and gone with it.
      const parent = items[parentLine(products.get(item.product)?.addonTo ?? [], items, at)];
      const now = await priceNow(ctx, currency, parent ? [item, parent] : [item]);
      lines.push({ item, ...compared(was, now, digits) });
    }
    const sold = lines.flatMap(({ item, now }) => (now ? [item] : []));
    const customer = order.customerId
      ? await em.findOne(Customer, { id: order.customerId, resellerId, status: 'active' })
      : null;
    return {
      customerId: customer?.id ?? null,
      currency,
      wasDueNow: order.dueNow,
      lines,
      quote: sold.length === 0 ? null : await reviewQuote(ctx, { currency, lines: sold }),
    };
  },
});

/** A line by itself, with what it needs beside it: one that is not sold any more must not hide what the others cost. */
async function priceNow(ctx: ServiceContext, currency: string, lines: OrderItem[]): Promise<OrderLine | string> {
  try {
    const priced = await reviewQuote(ctx, { currency, lines });
    return priced.lines[0]!;
  } catch (error) {
    const isGone = error instanceof ServiceError && (error.code === 'not_offered' || error.code === 'bad_input');
    if (isGone) return error.message;
    throw error;
  }
}

type Amounts = Pick<OrderLine, 'title' | 'unitPrice' | 'price' | 'setup' | 'renewal'>;
const amountsOf = ({ title, unitPrice, price, setup, renewal }: OrderLine): Amounts => ({
  title,
  unitPrice,
  price,
  setup,
  renewal,
});

function compared(was: OrderLine, now: OrderLine | string, digits: number) {
  if (typeof now === 'string') return { was: amountsOf(was), now: null, difference: null, notOffered: now };
  const due = ({ price, setup }: OrderLine) => parseAmount(price, digits) + parseAmount(setup, digits);
  return {
    was: amountsOf(was),
    now: amountsOf(now),
    /** What the line's first payment costs more (or, with a minus, less) than then. */
    difference: formatAmount(due(now) - due(was), digits),
    notOffered: null,
  };
}
