import type { EntityManager } from '@mikro-orm/postgresql';
import { calledOf } from '../customer/called.ts';
import { Customer } from '../customer/entity.ts';
import { PriceLock, Service } from '../service/entity.ts';
import type { Invoice } from './entity.ts';

/** An invoice's lines with service, customer, and the lock that held when the invoice was made. */
export async function linesWithLocks(em: EntityManager, invoice: Invoice) {
  const hostIds = { $in: invoice.lines.flatMap(({ serviceId }) => serviceId ?? []) };
  const [services, locks] = await Promise.all([
    em.find(Service, { hostServiceId: hostIds, resellerId: invoice.resellerId }),
    em.find(
      PriceLock,
      { hostServiceId: hostIds, resellerId: invoice.resellerId },
      { orderBy: { lockedAt: 'asc', id: 'asc' } },
    ),
  ]);
  const customers = await em.find(Customer, {
    id: { $in: services.map(({ customerId }) => customerId).filter((id) => typeof id === 'string') },
  });
  const nameOf = new Map(customers.map((customer) => [customer.id, calledOf(customer)]));
  const serviceOf = new Map(services.map((service) => [service.hostServiceId, service]));
  return invoice.lines.map((line) => {
    const service = serviceOf.get(line.serviceId ?? '');
    const own = locks.filter(({ hostServiceId }) => hostServiceId === line.serviceId);
    // Locks are dated by the order, which may come a moment after its invoice's own date.
    const lock = own.findLast(({ lockedAt }) => !invoice.issuedAt || lockedAt <= invoice.issuedAt) ?? own[0];
    return {
      id: line.id,
      kind: line.kind,
      title: line.title,
      occasion: line.occasion,
      product: line.product,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      amount: line.amount,
      net: line.net,
      prorated: line.prorated,
      service: service ? { id: service.id, title: service.title, domain: service.domain ?? null } : null,
      customer: service?.customerId ? { id: service.customerId, name: nameOf.get(service.customerId) ?? '' } : null,
      lock: lock
        ? { unitPrice: lock.unitPrice, since: lock.lockedAt.toISOString(), listHash: lock.listHash ?? null }
        : null,
    };
  });
}
