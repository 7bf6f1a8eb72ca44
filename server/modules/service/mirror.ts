import type { HostService } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { record } from '../activity/record.ts';
import { Order } from '../order/entity.ts';
import { findByHostClient } from '../reseller/find-by-host-client.ts';
import { Service } from './entity.ts';
import { endLock, mirrorLock } from './mirror-lock.ts';

/** Keeps the newest report of a reseller's service with its lock. Null when the client is no reseller. */
export async function mirrorService(
  ctx: ServiceContext,
  host: HostService,
  hostVersion: number,
): Promise<Service | null> {
  const { em } = ctx;
  const reseller = await findByHostClient(em, host.clientId);
  if (!reseller) return null;
  const known = await em.findOne(Service, { hostServiceId: host.id });
  if (known && known.hostVersion > hostVersion) return known;
  const order = await em.findOne(Order, { hostOrderId: host.orderId });
  const facts = {
    resellerId: reseller.id,
    orderId: order?.id ?? null,
    product: host.product,
    // Of an erased reseller, nothing comes back that was taken away (person/erasures.ts).
    title: reseller.anonymisedAt ? host.product : host.title,
    domain: reseller.anonymisedAt ? null : host.domain,
    status: host.status,
    term: host.term,
    currency: host.money.currency,
    quantity: host.quantity,
    recurring: host.recurring,
    nextDueOn: host.nextDueOn,
    hostVersion,
  };
  const before = known?.status;
  const service = known
    ? em.assign(known, facts)
    : em.create(Service, {
        id: newId('srv'),
        hostServiceId: host.id,
        customerId: order?.customerId ?? null,
        createdAt: new Date(host.createdAt),
        ...facts,
      });
  if (before !== host.status) {
    record(ctx, {
      action: `service.${host.status}`,
      subject: { type: 'service', id: service.id },
      resellerId: reseller.id,
      ...(before ? { before: { status: before } } : {}),
      after: { status: host.status },
      event: { serviceId: service.id, status: host.status, orderId: service.orderId },
    });
  }
  if (host.status === 'cancelled') await endLock(ctx, host.id);
  else if (host.lock) await mirrorLock(ctx, reseller.id, host.lock);
  return service;
}
