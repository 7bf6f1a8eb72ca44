import type { HostService, PriceLock as LockMessage } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import type { Reseller } from '../reseller/entity.ts';
import { mirrorService } from './mirror.ts';

/**
 * Services older than the approval keep their price (pricing.md rule 20): each is locked at what it renews at today.
 * Without a lock the guard would hold their next invoices. The host is told in a job, after commit.
 */
export async function lockRunningServices(
  ctx: ServiceContext,
  reseller: Reseller,
  services: HostService[],
): Promise<void> {
  let locked = 0;
  for (const service of services) {
    if (service.status === 'cancelled') continue;
    await mirrorService(ctx, { ...service, lock: service.lock ?? lockOf(ctx, service) }, 0);
    locked += 1;
  }
  if (locked > 0) await ctx.enqueue(ctx.em, 'publish-locks', { resellerId: reseller.id });
}

function lockOf({ now }: ServiceContext, service: HostService): LockMessage | null {
  if (service.recurring === null) return null;
  return {
    serviceId: service.id,
    clientId: service.clientId,
    product: service.product,
    term: service.term,
    currency: service.money.currency,
    quantity: service.quantity,
    unitPrice: service.recurring,
    components: [],
    listHash: null,
    lockedAt: now.toISOString(),
    status: service.status === 'pending' ? 'pending' : 'active',
  };
}
