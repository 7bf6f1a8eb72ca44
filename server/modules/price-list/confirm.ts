import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceContext } from '../../context.ts';
import { endProblem, raiseProblem } from '../problem/raise.ts';

const PROBLEM = 'price_lists_unconfirmed';
const SIGN = 'price_lists';

/** Notes that the host asked which lists are current, and so confirms its own; at most one write a minute. */
export async function confirmLists(em: EntityManager, now: Date): Promise<void> {
  await em.execute(
    `insert into host_sign as h (name, at) values (?, ?)
     on conflict (name) do update set at = excluded.at where h.at < excluded.at - interval '1 minute'`,
    [SIGN, now],
  );
}

/**
 * Raises a problem when the host has not confirmed its price lists for 24 hours (pricing.md rule 24): after
 * `refuseStaleSeconds` its hooks refuse orders. Ends it when the host asks again.
 */
export async function watchLists(ctx: ServiceContext): Promise<void> {
  const [row] = await ctx.em.execute<{ hours: number | null; refused_after: number }[]>(
    `select floor(extract(epoch from ?::timestamptz - greatest(
              (select min(current_from) from price_list_version), (select at from host_sign where name = ?))) / 3600)::int as hours,
            refuse_stale_seconds / 3600 as refused_after
       from programme`,
    [ctx.now, SIGN],
  );
  const hours = row?.hours ?? null;
  if (hours === null || hours < 24) return endProblem(ctx, PROBLEM);
  await raiseProblem(ctx, {
    key: PROBLEM,
    message: `The host has not fetched price lists for ${hours} hours. After ${row!.refused_after} hours it refuses orders of resellers. Check its connection and its cron.`,
    severity: 'danger',
  });
}
