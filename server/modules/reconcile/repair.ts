import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Difference } from './entity.ts';
import { repairs } from './repairs.ts';
import { differenceRow } from './row.ts';

/**
 * Brings host and plugin back in line on one difference: our lock is set in the host, a line of an unpaid invoice is
 * corrected, a lost fact is booked. An invoice that is paid never changes: too much paid is given back as credit.
 * @throws not_found, conflict (closed already), host_refused, host_unreachable
 */
export const repairDifference = verb({
  procedure: 'reconcile.repair',
  permission: 'problems:repair',
  mode: 'steps',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const difference = await ctx.em.fork().findOne(Difference, { id });
    if (!difference) throw new ServiceError('not_found', 'There is no such difference.');
    if (difference.status !== 'open' && difference.status !== 'ignored')
      throw new ServiceError('conflict', 'This difference is closed already.');
    await repairs[difference.kind](ctx, difference);
    return close(ctx, id);
  },
});

async function close(ctx: ServiceContext, id: string) {
  return ctx.em.fork().transactional(async (em) => {
    const difference = await em.findOneOrFail(Difference, { id });
    em.assign(difference, { status: 'repaired', ignoredUntil: null, closedAt: ctx.now });
    record(
      { ...ctx, em },
      {
        action: 'difference.repaired',
        subject: { type: difference.subjectType, id: difference.subjectId },
        resellerId: difference.resellerId,
        before: { actual: difference.actual },
        after: { expected: difference.expected, kind: difference.kind },
      },
    );
    return differenceRow(difference);
  });
}
