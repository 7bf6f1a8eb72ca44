import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { loadForChange } from '../reseller/load-for-change.ts';
import type { ServiceContext } from '../../context.ts';
import type { Reseller } from '../reseller/entity.ts';
import { recordDecision } from './record-decision.ts';
import { loadStandingRow } from './review.ts';

/** Pins a reseller to its tier, so that rules neither raise nor lower it, or lets them again. @throws not_found, conflict */
export const pinTier = verb({
  procedure: 'tiers.pin',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({
    resellerId: z.string().max(60),
    /** The reseller's. */
    version: z.int(),
    pinned: z.boolean(),
    /** For the provider alone. */
    reason: z.string().trim().max(500).nullable().default(null),
  }),
  run: async (ctx, { resellerId, version, pinned, reason }) => {
    const reseller = await loadForChange(ctx, resellerId, version);
    await setPinned(ctx, reseller, pinned, reason);
    return { resellerId, pinned };
  },
});

/** The same inside another change. @throws conflict when it is so already */
export async function setPinned(
  ctx: ServiceContext,
  reseller: Reseller,
  pinned: boolean,
  reason: string | null,
): Promise<void> {
  const { em, now, actor } = ctx;
  const standing = await loadStandingRow(ctx, reseller.id);
  if (Boolean(standing.pinnedAt) === pinned) {
    throw new ServiceError('conflict', pinned ? 'This reseller is pinned already.' : 'This reseller is not pinned.');
  }
  em.assign(standing, {
    standing: pinned ? 'pinned' : 'holding',
    pinnedAt: pinned ? now : null,
    pinnedBy: pinned ? actor.id : null,
    pinReason: pinned ? reason : null,
    // Time under a pin is no time below.
    belowSince: null,
    dueOn: null,
  });
  recordDecision(ctx, {
    resellerId: reseller.id,
    cause: 'pin',
    outcome: pinned ? 'pinned' : 'unpinned',
    fromTier: reseller.tier.id,
    toTier: reseller.tier.id,
    inputs: {},
    note: reason,
  });
  record(ctx, {
    action: pinned ? 'tier.pinned' : 'tier.unpinned',
    subject: { type: 'reseller', id: reseller.id },
    resellerId: reseller.id,
    before: { pinned: !pinned },
    after: { pinned, tier: reseller.tier.id },
    reason,
  });
  await em.flush();
  await em.execute('insert into tier_dirty values (?) on conflict do nothing', [reseller.id]);
}
