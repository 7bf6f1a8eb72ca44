import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { lockPrices } from '../price-list/lock.ts';
import { toldResellers } from './announce.ts';
import { loadForChange } from './find.ts';
import { countChanges, versionRow } from './row.ts';

/**
 * Takes a version back that has not begun. Resellers who were told get a second message. @throws not_found, conflict when
 * it has begun: go back by publishing an earlier version again
 */
export const withdrawVersion = verb({
  procedure: 'prices.withdraw',
  permission: 'prices:publish',
  mode: 'write',
  input: z.object({ id: z.string().max(60), version: z.int(), reason: z.string().trim().max(2000) }),
  run: async (ctx, input) => {
    const { em, now, actor } = ctx;
    await lockPrices(em);
    const version = await loadForChange(ctx, input.id, input.version, ['scheduled']);
    if (version.effectiveAt && version.effectiveAt <= now) {
      throw new ServiceError('conflict', 'This version has begun. Publish an earlier version again instead.');
    }
    em.assign(version, { state: 'withdrawn', endedAt: now, updatedBy: actor.id, updatedAt: now });
    const subject = { type: 'price_version', id: version.id };
    record(ctx, {
      action: 'price_version.withdrawn',
      subject,
      resellerId: null,
      before: { state: 'scheduled' },
      after: { state: 'withdrawn' },
      reason: input.reason,
    });
    for (const resellerId of version.announcedAt ? await toldResellers(em, version.id) : []) {
      record(ctx, {
        action: 'price_change.withdrawn',
        subject,
        resellerId,
        event: { priceVersion: version.number, effectiveAt: version.effectiveAt?.toISOString() ?? null },
      });
    }
    await em.flush();
    await ctx.enqueue(em, 'assign-prices', { resellerIds: null });
    return versionRow(version, (await countChanges(em, [version.id]))(version.id));
  },
});
