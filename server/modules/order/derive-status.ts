import type { HostInvoice, HostOrder } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { record } from '../activity/record.ts';
import { Invoice } from '../invoice/entity.ts';
import type { Order } from './entity.ts';
import type { OrderStatus } from './schemas.ts';

/** What an order is when its invoice is this. */
export const fromInvoice: Record<HostInvoice['status'], OrderStatus> = {
  draft: 'pending',
  unpaid: 'pending',
  paid: 'paid',
  part_refunded: 'part_refunded',
  refunded: 'refunded',
  cancelled: 'cancelled',
};

/**
 * Sets an order's status from what the host reported of order and invoice, whichever came last. "Paid" is derived from
 * the invoice, never taken from an order of the host (architecture.md section 6).
 */
export async function deriveStatus(ctx: ServiceContext, order: Order, hostStatus?: HostOrder['status']): Promise<void> {
  // While we place it, it is "placing" until its invoice stands: a killed process must find it there.
  if (!order.hostOrderId || (order.status === 'placing' && !order.hostInvoiceId)) return;
  const invoice = order.hostInvoiceId ? await ctx.em.findOne(Invoice, order.hostInvoiceId) : null;
  const billed = invoice ? fromInvoice[invoice.status] : 'pending';
  // An older report of the host does not undo what it cancelled for us.
  const cancelled =
    order.cancelState === 'done' ||
    hostStatus === 'cancelled' ||
    (hostStatus === undefined && order.status === 'cancelled');
  const status = billed === 'pending' && cancelled ? 'cancelled' : freeOrder(order, billed, hostStatus);
  if (status === order.status) return;
  const before = { status: order.status };
  order.status = status;
  order.nextAttemptAt = null;
  record(ctx, {
    action: `order.${status}`,
    subject: { type: 'order', id: order.id },
    resellerId: order.resellerId,
    before,
    after: { status },
    event: { orderId: order.id, status, hostOrderId: order.hostOrderId, hostInvoiceId: order.hostInvoiceId },
  });
}

/** An order that costs nothing has no invoice to be paid: it is paid once the host calls it active. */
function freeOrder(order: Order, billed: OrderStatus, hostStatus?: HostOrder['status']): OrderStatus {
  const free = !order.hostInvoiceId && /^0(\.0+)?$/.test(order.dueNow);
  return free && hostStatus === 'active' ? 'paid' : billed;
}
