import type { HostOrder } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { record } from '../activity/record.ts';
import { findByHostClient } from '../reseller/find-by-host-client.ts';
import { mirrorLock } from '../service/mirror-lock.ts';
import { Order } from './entity.ts';
import { dueNowOf, linesOf } from './host-lines.ts';
import { deriveStatus } from './derive-status.ts';

/**
 * Brings our record of an order in line with the host's: makes it when the order came from the host's own shop or staff,
 * finds it by our reference when we placed it. Null when the client is no reseller.
 */
export async function mirrorOrder(ctx: ServiceContext, host: HostOrder, hostVersion: number): Promise<Order | null> {
  const { em } = ctx;
  const reseller = await findByHostClient(em, host.clientId);
  if (!reseller) return null;
  const known =
    (await em.findOne(Order, { hostOrderId: host.id })) ??
    (host.reference === null ? null : await em.findOne(Order, { id: host.reference, resellerId: reseller.id }));
  const order = known ?? createFromHost(ctx, reseller.id, reseller.anonymisedAt ? nameless(host) : host);
  if (order.hostVersion <= hostVersion) {
    order.hostVersion = hostVersion;
    order.hostOrderId = host.id;
    order.hostInvoiceId = host.invoiceId ?? order.hostInvoiceId;
    await em.flush();
    await deriveStatus(ctx, order, host.status);
  }
  for (const lock of host.locks) await mirrorLock(ctx, reseller.id, lock);
  return order;
}

/** Of an erased reseller, nothing comes back that was taken away (person/erasures.ts). */
function nameless(host: HostOrder): HostOrder {
  const lines = host.lines.map(({ domain: _domain, ...line }) => ({ ...line, title: line.product }));
  return { ...host, note: null, lines };
}

function createFromHost(ctx: ServiceContext, resellerId: string, host: HostOrder): Order {
  const order = ctx.em.create(Order, {
    id: newId('ord'),
    resellerId,
    customerId: null,
    status: 'pending',
    via: host.placedBy === 'staff' ? 'staff' : 'shop',
    currency: host.money.currency,
    digits: host.money.digits,
    tax: host.money.tax,
    dueNow: dueNowOf(host.lines, host.money.digits),
    lines: linesOf(host.lines),
    listHash: host.stamp?.listHash ?? null,
    pricedAt: host.stamp ? new Date(host.stamp.at) : null,
    quoteId: null,
    idempotencyKey: null,
    requestHash: null,
    paymentMethod: null,
    note: host.note,
    hostOrderId: host.id,
    hostInvoiceId: host.invoiceId,
    refusal: null,
    cancelState: null,
    cancelReason: null,
    nextAttemptAt: null,
    placedAt: new Date(host.createdAt),
  });
  record(ctx, {
    action: 'order.created',
    subject: { type: 'order', id: order.id },
    resellerId,
    after: {
      hostOrderId: host.id,
      via: order.via,
      currency: order.currency,
      dueNow: order.dueNow,
      listHash: order.listHash,
    },
    event: { orderId: order.id, status: order.status, currency: order.currency, dueNow: order.dueNow },
  });
  return order;
}
