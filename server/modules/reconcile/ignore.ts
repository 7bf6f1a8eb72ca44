import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { shiftDay } from '../revenue/period.ts';
import { Difference } from './entity.ts';
import { differenceRow } from './row.ts';

/** Nobody remembers why after a year: then it is looked at again. */
const MOST_DAYS = 366;

/**
 * Lets a difference be until a day (UTC), with the reason: it is not open meanwhile, and changes nothing at the host. A
 * comparison on or after that day opens it again, and one that finds another amount at once.
 * @throws not_found, conflict (no longer open), bad_input (a day that is over, or too far off)
 */
export const ignoreDifference = verb({
  procedure: 'reconcile.ignore',
  permission: 'problems:repair',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    until: z.iso.date(),
    reason: z.string().trim().min(3, 'Say why: it is kept in the activity log.').max(500),
  }),
  run: async (ctx, { id, until, reason }) => {
    const { em, now } = ctx;
    const today = now.toISOString().slice(0, 10);
    if (until <= today || until > shiftDay(today, MOST_DAYS)) {
      throw new ServiceError('bad_input', 'Choose a day after today, at most a year ahead.', '/until');
    }
    const difference = await em.findOne(Difference, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!difference) throw new ServiceError('not_found', 'There is no such difference.');
    if (difference.status !== 'open') throw new ServiceError('conflict', 'This difference is no longer open.');
    em.assign(difference, { status: 'ignored', ignoredUntil: until, reason });
    record(ctx, {
      action: 'difference.ignored',
      subject: { type: difference.subjectType, id: difference.subjectId },
      resellerId: difference.resellerId,
      before: { status: 'open' },
      after: { status: 'ignored', until, kind: difference.kind },
      reason,
      internal: true,
    });
    await em.flush();
    return differenceRow(difference);
  },
});
