import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { changedBy } from '../settings/changed-by.ts';
import { ApplicationMatch } from './entity.ts';
import { lockForReview } from './load.ts';
import { recordStep } from './take-step.ts';

/** Remembers that a like record is no duplicate of this application. @throws not_found */
export const dismissMatch = verb({
  procedure: 'applications.dismissMatch',
  permission: 'applications:review',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    otherType: z.enum(['application', 'reseller']),
    otherId: z.string().max(60),
  }),
  run: async (ctx, { id, otherType, otherId }) => {
    const application = await lockForReview(ctx, id);
    const found = await ctx.em.find(ApplicationMatch, { applicationId: id, otherType, otherId, dismissedAt: null });
    if (found.length === 0) throw new ServiceError('not_found', 'This record is not listed as a like one.', '/otherId');
    for (const match of found) {
      match.dismissedBy = changedBy(ctx);
      match.dismissedAt = ctx.now;
    }
    const reasons = found.map(({ reason }) => reason);
    recordStep(ctx, application, {
      action: 'application.match_dismissed',
      after: { otherType, otherId, reasons },
      event: null,
    });
    return { dismissed: reasons };
  },
});
