import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { loadForChange } from './find.ts';
import { countChanges, versionRow, versionSnapshot } from './row.ts';
import { runningServices } from './schemas.ts';

/**
 * When a draft takes effect and what it does to running services. `effectiveAt` (UTC, whole seconds) null is the moment
 * of publishing; `servicesFrom` goes with running services that move on a date. @throws not_found, conflict, bad_input (a
 * moment that is over, a date before it or none where one is needed)
 */
export const updateDraft = verb({
  procedure: 'prices.updateDraft',
  permission: 'prices:write',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    name: z.string().trim().min(1, 'give it a name').max(100),
    effectiveAt: z.iso.datetime().nullable(),
    running: runningServices,
    /** With "on_date": renewals that are billed from then on cost the new price. */
    servicesFrom: z.iso.datetime().nullable().default(null),
    /** Days between the notice to resellers and the first renewal that may cost more. */
    noticeDays: z.int().min(0).max(365),
    reason: z.string().trim().max(2000).nullable(),
  }),
  run: async (ctx, { id, version, effectiveAt, servicesFrom, ...facts }) => {
    const draft = await loadForChange(ctx, id, version);
    const before = versionSnapshot(draft);
    const moment = wholeSecond(effectiveAt);
    if (moment !== null && moment <= ctx.now) {
      throw new ServiceError('bad_input', 'This moment is over. Choose a later one, or none for now.', '/effectiveAt');
    }
    const servicesDate = facts.running === 'on_date' ? wholeSecond(servicesFrom) : null;
    if (facts.running === 'on_date' && (servicesDate === null || servicesDate < (moment ?? ctx.now))) {
      const message =
        servicesDate === null
          ? 'Say from which date running services cost the new price.'
          : 'Running services cannot move before the new prices take effect. Choose a later date.';
      throw new ServiceError('bad_input', message, '/servicesFrom');
    }
    ctx.em.assign(draft, {
      ...facts,
      effectiveAt: moment,
      servicesFrom: servicesDate,
      updatedBy: ctx.actor.id,
      updatedAt: ctx.now,
    });
    record(ctx, {
      action: 'price_version.changed',
      subject: { type: 'price_version', id },
      resellerId: null,
      before,
      after: versionSnapshot(draft),
    });
    await ctx.em.flush();
    return versionRow(draft, (await countChanges(ctx.em, [id]))(id));
  },
});

function wholeSecond(moment: string | null): Date | null {
  return moment === null ? null : new Date(Math.floor(Date.parse(moment) / 1000) * 1000);
}
