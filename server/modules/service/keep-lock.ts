import type { ServiceContext } from '../../context.ts';
import { record } from '../activity/record.ts';
import { Service } from './entity.ts';
import type { lockMessage } from './lock-message.ts';
import { mirrorLock } from './mirror-lock.ts';

/** Writes down, after the host pinned it, what a service's renewals cost from now. */
export async function keepLock(
  ctx: ServiceContext,
  resellerId: string,
  lock: ReturnType<typeof lockMessage>,
  before: string,
  action: string,
): Promise<void> {
  await ctx.em.fork().transactional(async (em) => {
    const inside = { ...ctx, em };
    await mirrorLock(inside, resellerId, lock);
    await em.nativeUpdate(Service, { hostServiceId: lock.serviceId }, { recurring: lock.unitPrice });
    record(inside, {
      action,
      subject: { type: 'service', id: lock.serviceId },
      resellerId,
      before: { unitPrice: before },
      after: { unitPrice: lock.unitPrice, listHash: lock.listHash },
      event: { hostServiceId: lock.serviceId, unitPrice: lock.unitPrice, currency: lock.currency },
    });
  });
}
