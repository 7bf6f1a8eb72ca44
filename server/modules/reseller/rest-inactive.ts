import type { ServiceContext } from '../../context.ts';
import { withRetry } from '../../platform/database/retry.ts';
import { ResellerPolicy } from '../policy/entity.ts';
import { changeStatus } from './change-status.ts';
import { loadForChange } from './load-for-change.ts';
import { catchUp } from '../figures/catch-up.ts';

const DAY_MS = 86_400_000;

/**
 * The inactivity rule: an active reseller without a new order for so many days becomes inactive, counted from its last
 * order, its approval or its last reactivation, whichever is latest. Whoever has running services stays active, unless the
 * provider wants it otherwise. Safe to run again. Returns how many became inactive.
 */
export async function restInactive(ctx: ServiceContext): Promise<number> {
  const em = ctx.em.fork();
  const { inactiveAfterDays, inactiveWithServices } = await em.findOneOrFail(ResellerPolicy, 1);
  if (!inactiveAfterDays) return 0;
  await catchUp(em);
  const since = new Date(ctx.now.getTime() - inactiveAfterDays * DAY_MS);
  const found = await em.execute<{ id: string; version: number }[]>(
    `select r.id, r.version from reseller r left join reseller_count n on n.reseller_id = r.id
      where r.status = 'active' and r.created_at < ? and coalesce(r.status_since, r.created_at) < ?
        and (? or coalesce(n.services_running, 0) = 0)
        and not exists (select from reseller_order o where o.reseller_id = r.id and o.placed_at >= ?
                           and o.status not in ('cancelled', 'not_accepted'))
      order by r.id`,
    [since, since, inactiveWithServices, since],
  );
  for (const { id, version } of found) {
    await withRetry(() =>
      ctx.em.fork().transactional(async (inside) => {
        const transaction = { ...ctx, em: inside };
        const reseller = await loadForChange(transaction, id, version);
        await changeStatus(transaction, reseller, {
          status: 'inactive',
          publicReason: `No new order for ${inactiveAfterDays} days.`,
          note: 'inactivity rule',
          locksEndOn: null,
        });
      }),
    );
  }
  return found.length;
}
