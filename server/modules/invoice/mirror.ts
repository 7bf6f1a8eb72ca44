import type { HostInvoice } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { Order } from '../order/entity.ts';
import { deriveStatus } from '../order/derive-status.ts';
import { findByHostClient } from '../reseller/find-by-host-client.ts';
import { Invoice } from './entity.ts';

/** Keeps the newest report of a reseller's invoice and moves its order along. Null when the client is no reseller. */
export async function mirrorInvoice(
  ctx: ServiceContext,
  host: HostInvoice,
  hostVersion: number,
): Promise<Invoice | null> {
  const { em } = ctx;
  const reseller = await findByHostClient(em, host.clientId);
  if (!reseller) return null;
  const known = await em.findOne(Invoice, host.id);
  if (known && known.hostVersion > hostVersion) return known;
  const facts = {
    resellerId: reseller.id,
    number: host.number,
    hostOrderId: host.orderId,
    status: host.status,
    currency: host.money.currency,
    total: host.total,
    dueOn: host.dueOn,
    issuedAt: host.issuedAt === null ? null : new Date(host.issuedAt),
    paidAt: host.paidAt === null ? null : new Date(host.paidAt),
    // Of an erased reseller, nothing comes back that was taken away (person/erasures.ts).
    lines: reseller.anonymisedAt ? host.lines.map((line) => ({ ...line, title: line.kind })) : host.lines,
    hostVersion,
  };
  const invoice = known ? em.assign(known, facts) : em.create(Invoice, { hostInvoiceId: host.id, ...facts });
  await em.flush();
  const order = await em.findOne(
    Order,
    host.orderId === null ? { hostInvoiceId: host.id } : { hostOrderId: host.orderId },
  );
  if (order) {
    if (host.orderId !== null) order.hostInvoiceId = host.id;
    await deriveStatus(ctx, order);
  }
  return invoice;
}
