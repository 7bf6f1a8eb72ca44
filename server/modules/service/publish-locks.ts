import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { Reseller } from '../reseller/entity.ts';
import { PriceLock } from './entity.ts';
import { lockMessage } from './lock-message.ts';

const BATCH = 500;
const job = z.object({ resellerId: z.string() });

/** Writes all live locks of a reseller into the bridge's table; the newer lock of a service wins there. */
export async function publishLocks({ em, host }: ServiceContext, data: unknown): Promise<void> {
  const { resellerId } = job.parse(data);
  const reseller = await em.findOneOrFail(Reseller, resellerId);
  const locks = await em.find(
    PriceLock,
    { resellerId, status: { $in: ['pending', 'active'] } },
    { orderBy: { id: 'asc' } },
  );
  for (let start = 0; start < locks.length; start += BATCH) {
    await host['locks.publish']({
      locks: locks.slice(start, start + BATCH).map((lock) => lockMessage(lock, reseller)),
    });
  }
}
