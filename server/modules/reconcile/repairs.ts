import type { HostInvoice, PriceLock as LockMessage } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { mirrorInvoice } from '../invoice/mirror.ts';
import { Order } from '../order/entity.ts';
import { mirrorOrder } from '../order/mirror.ts';
import type { OrderLine } from '../order/schemas.ts';
import { Reseller } from '../reseller/entity.ts';
import { bookPayment } from '../revenue/book-payment.ts';
import { bookRefund } from '../revenue/book-refund.ts';
import { PriceLock } from '../service/entity.ts';
import { afterLock, lockMessage } from '../service/lock-message.ts';
import { endLock, mirrorLock } from '../service/mirror-lock.ts';
import { mirrorService } from '../service/mirror.ts';
import { correctLine } from './correct-line.ts';
import type { Difference } from './entity.ts';
import type { DifferenceKind } from './kinds.ts';
import { readHost } from './read-host.ts';

type Repair = (ctx: ServiceContext, difference: Difference) => Promise<void>;

/** How each kind of difference is mended. The type makes a kind without a repair an error. */
export const repairs: Record<DifferenceKind, Repair> = {
  recurring_changed: pinLock,
  quantity_changed: async (ctx, difference) =>
    difference.subjectType === 'service' ? pinLock(ctx, difference) : correctLine(ctx, difference),
  invoice_line_changed: correctLine,
  discount_on_invoice: correctLine,
  order_missing: forgetOrder,
  order_at_retail: lockOrder,
  invoice_cancelled: takeOver,
  status_changed: takeOver,
  service_gone: endService,
  service_moved: async () => {
    throw new ServiceError('conflict', 'Decide with the reseller whose service this is, and set it right in the host.');
  },
  event_lost: takeOver,
};

/** Our lock is right: the host is told so. */
async function pinLock(ctx: ServiceContext, { subjectId }: Difference): Promise<void> {
  const em = ctx.em.fork();
  const lock = await em.findOne(PriceLock, { hostServiceId: subjectId, status: { $in: ['pending', 'active'] } });
  if (!lock) throw new ServiceError('conflict', 'The lock of this service ended meanwhile. Run reconcile again.');
  const reseller = await em.findOneOrFail(Reseller, lock.resellerId);
  const { now: hostNow } = await ctx.host.describe({});
  await ctx.host['services.pin']({
    serviceId: subjectId,
    lock: lockMessage(lock, reseller, afterLock(lock, hostNow, ctx.now)),
    reason: 'Set to the price lock',
  });
}

/** The host has no such order: ours ends, and what it locked. */
async function forgetOrder(ctx: ServiceContext, { subjectId }: Difference): Promise<void> {
  await ctx.em.fork().transactional(async (em) => {
    const order = await em.findOneOrFail(Order, { id: subjectId });
    order.status = 'cancelled';
    order.refusal = 'The host no longer has this order.';
    const services = await em.execute<{ host_service_id: string }[]>(
      'select host_service_id from service where order_id = ?',
      [order.id],
    );
    for (const row of services) await endLock({ ...ctx, em }, row.host_service_id);
    await em.execute(`update service set status = 'cancelled' where order_id = ?`, [order.id]);
  });
}

/** The host has no such service: nothing renews at its lock any more, here or in the bridge's table. */
async function endService(ctx: ServiceContext, { subjectId, resellerId }: Difference): Promise<void> {
  const em = ctx.em.fork();
  const reseller = await em.findOneOrFail(Reseller, resellerId);
  const lock = await em.findOne(PriceLock, { hostServiceId: subjectId, status: { $in: ['pending', 'active'] } });
  if (lock) {
    const { now: hostNow } = await ctx.host.describe({});
    const ended = { ...lockMessage(lock, reseller, afterLock(lock, hostNow, ctx.now)), status: 'ended' as const };
    await ctx.host['locks.publish']({ locks: [ended] });
  }
  await ctx.em.fork().transactional(async (inside) => {
    await endLock({ ...ctx, em: inside }, subjectId);
    await inside.execute(`update service set status = 'cancelled' where host_service_id = ?`, [subjectId]);
  });
}

/** An order made past the list: its services are locked at the list's price, and its unpaid invoice is corrected. */
async function lockOrder(ctx: ServiceContext, difference: Difference): Promise<void> {
  const em = ctx.em.fork();
  const reseller = await em.findOneOrFail(Reseller, difference.resellerId);
  const detail = difference.detail as {
    listHash: string | null;
    invoiceId: string | null;
    lines: { serviceId: string; line: OrderLine | null }[];
  };
  if (detail.lines.some(({ line }) => line === null)) {
    throw new ServiceError(
      'conflict',
      'The price list does not have what was ordered. Decide the price with the reseller.',
    );
  }
  const invoices = detail.invoiceId
    ? (await ctx.host['invoices.list']({ clientIds: [reseller.hostClientId], ids: [detail.invoiceId], limit: 1 }))
        .invoices
    : [];
  for (const { serviceId, line } of detail.lines) {
    if (!line) continue;
    if (line.renewal !== null) {
      const lock: LockMessage = {
        serviceId,
        clientId: reseller.hostClientId,
        product: line.product,
        term: line.term,
        currency: difference.currency ?? reseller.currency,
        quantity: line.quantity,
        unitPrice: line.renewal,
        listHash: detail.listHash,
        lockedAt: ctx.now.toISOString(),
        status: 'active',
        components: line.components.map(({ component, quantity, unit }) => ({ component, quantity, unit })),
      };
      await ctx.host['services.pin']({ serviceId, lock, reason: 'Set to the price list' });
      await ctx.em.fork().transactional(async (inner) => mirrorLock({ ...ctx, em: inner }, reseller.id, lock));
    }
    for (const invoice of invoices) await correctOrderLines(ctx, invoice, serviceId, line);
  }
  await refresh(ctx, reseller);
}

async function correctOrderLines(
  ctx: ServiceContext,
  invoice: HostInvoice,
  serviceId: string,
  line: OrderLine,
): Promise<void> {
  if (invoice.status !== 'unpaid' && invoice.status !== 'draft') return;
  for (const charged of invoice.lines.filter((candidate) => candidate.serviceId === serviceId)) {
    const unitPrice = charged.kind === 'setup' ? line.setup : line.unitPrice;
    if (charged.unitPrice === unitPrice) continue;
    await ctx.host['invoices.correctLine']({
      invoiceId: invoice.id,
      lineId: charged.id,
      unitPrice,
      reason: 'Set to the price list',
    });
  }
}

/** What the host says now is taken over: orders, invoices, payments and refunds whose events never came. */
async function takeOver(ctx: ServiceContext, { resellerId }: Difference): Promise<void> {
  await refresh(ctx, await ctx.em.fork().findOneOrFail(Reseller, resellerId));
}

/** Reports read from the host stand at the version we know; the next event, which carries the host's own, is newer. */
async function refresh(ctx: ServiceContext, reseller: Reseller): Promise<void> {
  const report = await readHost(ctx.host, [reseller.hostClientId]);
  await ctx.em.fork().transactional(async (em) => {
    const inside = { ...ctx, em };
    for (const invoice of report.invoices) {
      const known = await em.execute<{ host_version: string }[]>(
        'select host_version from invoice where host_invoice_id = ?',
        [invoice.id],
      );
      await mirrorInvoice(inside, invoice, Number(known[0]?.host_version ?? 0));
      if (invoice.payment) await bookPayment(inside, reseller.id, invoice, invoice.payment);
      for (const refund of invoice.refunds ?? []) await bookRefund(inside, reseller.id, invoice, refund);
    }
    for (const order of report.orders) {
      const known = await em.execute<{ host_version: string }[]>(
        'select host_version from reseller_order where host_order_id = ?',
        [order.id],
      );
      await mirrorOrder(inside, order, Number(known[0]?.host_version ?? 0));
    }
    for (const service of report.services) {
      const known = await em.execute<{ host_version: string }[]>(
        'select host_version from service where host_service_id = ?',
        [service.id],
      );
      await mirrorService(inside, service, Number(known[0]?.host_version ?? 0));
    }
  });
}
