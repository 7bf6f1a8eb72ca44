import type { HostInvoice, HostOrder, InvoiceLine } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { parseAmount } from '../../money.ts';
import { Order } from '../order/entity.ts';
import type { OrderLine } from '../order/schemas.ts';
import type { Reseller } from '../reseller/entity.ts';
import { PriceLock } from '../service/entity.ts';
import type { HostReport } from './read-host.ts';

/** What a line should charge, in minor units of the invoice's currency. */
export interface Expectation {
  quantity: number;
  unitPrice: bigint;
  amount: bigint;
}

export type Expect = (invoice: HostInvoice, line: InvoiceLine) => Expectation | null;

/**
 * What each line of the resellers' invoices should charge: a renewal its lock as it stood when the invoice went out, a
 * first line what our order says. Null where we pinned nothing, which other comparisons look at.
 */
export async function expectedLines(ctx: ServiceContext, resellers: Reseller[], report: HostReport): Promise<Expect> {
  const ids = resellers.map(({ id }) => id);
  const locks = await ctx.em.find(PriceLock, { resellerId: { $in: ids } }, { orderBy: { lockedAt: 'asc' } });
  const locksOf = Map.groupBy(locks, ({ hostServiceId }) => hostServiceId);
  const orders = await ctx.em.find(Order, {
    resellerId: { $in: ids },
    hostOrderId: { $ne: null },
    listHash: { $ne: null },
  });
  const orderOf = new Map(orders.map((order) => [order.hostOrderId, order]));
  const lineOf = servicesToLines(report.orders, orderOf);

  return (invoice, line) => {
    const { digits } = invoice.money;
    if (line.serviceId === null) return null;
    if (line.occasion === 'renewal') {
      const lock = lockAt(locksOf.get(line.serviceId) ?? [], invoice.issuedAt);
      return lock && expectation(parseAmount(lock.unitPrice, digits), lock.quantity, line);
    }
    const ordered = lineOf.get(line.serviceId);
    if (!ordered || line.occasion !== 'new') return null;
    if (line.kind === 'setup') {
      const setup = parseAmount(ordered.setup, digits);
      return { quantity: line.quantity, unitPrice: setup, amount: setup };
    }
    return expectation(parseAmount(ordered.unitPrice, digits), ordered.quantity, line);
  };
}

function expectation(unitPrice: bigint, quantity: number, { prorated }: InvoiceLine): Expectation {
  const whole = unitPrice * BigInt(quantity);
  if (!prorated) return { quantity, unitPrice, amount: whole };
  const [part, of] = [BigInt(prorated.numerator), BigInt(prorated.denominator)];
  return { quantity, unitPrice, amount: (whole * part * 2n + of) / (of * 2n) };
}

/** Our order lines by the service the host made of each: the host keeps the order of the lines. */
function servicesToLines(
  hostOrders: HostOrder[],
  orderOf: Map<string | null | undefined, Order>,
): Map<string, OrderLine> {
  const lines = new Map<string, OrderLine>();
  for (const hostOrder of hostOrders) {
    const order = orderOf.get(hostOrder.id);
    for (const [index, { serviceId }] of hostOrder.lines.entries()) {
      const line = order?.lines[index];
      if (line) lines.set(serviceId, line);
    }
  }
  return lines;
}

/** The lock that held when an invoice went out; the oldest one for an invoice from before all of them. */
function lockAt(locks: PriceLock[], issuedAt: string | null): PriceLock | null {
  const moment = issuedAt === null ? Number.POSITIVE_INFINITY : Date.parse(issuedAt);
  return locks.findLast(({ lockedAt }) => lockedAt.getTime() <= moment) ?? locks[0] ?? null;
}
