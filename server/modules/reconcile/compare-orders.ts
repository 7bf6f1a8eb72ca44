import { type HostOrder, orderItem } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { Order } from '../order/entity.ts';
import { dueNowOf } from '../order/host-lines.ts';
import { priceLines } from '../quote/price-lines.ts';
import { withWords } from '../quote/with-words.ts';
import type { Reseller } from '../reseller/entity.ts';
import { loadStanding } from '../reseller/standing.ts';
import { beforeApproval } from './before-approval.ts';
import type { Found } from './found.ts';
import type { HostReport } from './read-host.ts';

/** Orders the host lost, orders it made past the price list, and orders we never heard of. */
export async function compareOrders(ctx: ServiceContext, resellers: Reseller[], report: HostReport): Promise<Found[]> {
  const found: Found[] = [];
  for (const reseller of resellers) {
    const ours = await ctx.em.find(Order, { resellerId: reseller.id, hostOrderId: { $ne: null } });
    const theirs = new Map(
      report.orders.filter(({ clientId }) => clientId === reseller.hostClientId).map((order) => [order.id, order]),
    );
    for (const order of ours) {
      if (order.status !== 'cancelled' && !theirs.has(order.hostOrderId ?? '')) found.push(missing(reseller, order));
    }
    const known = new Set(ours.map(({ hostOrderId }) => hostOrderId));
    for (const order of theirs.values()) {
      if (order.status === 'cancelled' || beforeApproval(reseller, order.createdAt)) continue;
      if (order.stamp === null) {
        const difference = await atRetail(ctx, reseller, order, report);
        if (difference) found.push(difference);
      } else if (!known.has(order.id)) found.push(unheard(reseller, order));
    }
  }
  return found;
}

function missing(reseller: Reseller, order: Order): Found {
  return {
    resellerId: reseller.id,
    kind: 'order_missing',
    subjectType: 'order',
    subjectId: order.id,
    currency: order.currency,
    expected: order.dueNow,
    actual: formatAmount(0n, order.digits),
    amount: formatAmount(-parseAmount(order.dueNow, order.digits), order.digits),
    detail: { hostOrderId: order.hostOrderId, number: String(order.number) },
  };
}

function unheard(reseller: Reseller, order: HostOrder): Found {
  const total = dueNowOf(order.lines, order.money.digits);
  return {
    resellerId: reseller.id,
    kind: 'event_lost',
    subjectType: 'order',
    subjectId: order.id,
    currency: order.money.currency,
    expected: null,
    actual: total,
    amount: total,
    detail: { lost: 'order.created' },
  };
}

/** Null when the order costs what the list says, or was brought in line since: its services then have locks. */
async function atRetail(
  ctx: ServiceContext,
  reseller: Reseller,
  order: HostOrder,
  report: HostReport,
): Promise<Found | null> {
  const services = report.services.filter(({ orderId }) => orderId === order.id);
  if (services.length > 0 && services.every(({ lock }) => lock !== null)) return null;
  const { digits, currency } = order.money;
  const actual = dueNowOf(order.lines, digits);
  const standing = await loadStanding(ctx.em, reseller.id, ctx.now);
  const view = await ctx.catalogue.view(ctx.em, standing.catalogueReadAt);
  const lines = order.lines.map((line) => orderItem.parse(line));
  const priced = await priceLines(ctx.em, ctx.prices, view, standing.listHash, { currency, lines }).catch(
    (error: unknown) => {
      if (error instanceof ServiceError) return null;
      throw error;
    },
  );
  const expected = priced?.quote.dueNow ?? null;
  const wanted = priced && withWords(priced, { lines });
  return {
    resellerId: reseller.id,
    kind: 'order_at_retail',
    subjectType: 'order',
    subjectId: order.id,
    currency,
    expected,
    actual,
    amount: expected && formatAmount(parseAmount(actual, digits) - parseAmount(expected, digits), digits),
    detail: {
      listHash: standing.listHash,
      invoiceId: order.invoiceId,
      lines: order.lines.map(({ serviceId }, index) => ({ serviceId, line: wanted?.[index] ?? null })),
    },
  };
}
