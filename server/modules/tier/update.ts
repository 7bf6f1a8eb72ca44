import { z } from 'zod';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { assignPrices } from '../price-list/assign.ts';
import { Reseller } from '../reseller/entity.ts';
import { loadTiersForChange, pick } from './load-for-change.ts';
import { applyInput, checkLadder, tierInput, tierRow } from './schemas.ts';

/**
 * Changes a tier's name, rate and thresholds. A new rate is what its resellers' new orders cost from now; running
 * services become cheaper at their next renewal by themselves, never dearer (pricing.md rule 20).
 * @throws not_found, conflict, duplicate (name), bad_input
 */
export const updateTier = verb({
  procedure: 'tiers.update',
  permission: 'tiers:write',
  mode: 'write',
  input: tierInput.extend({ id: z.string().max(60), version: z.int() }),
  run: async (ctx, { id, version, ...input }) => {
    const { em } = ctx;
    const { tiers, digits } = await loadTiersForChange(ctx);
    const tier = pick(tiers, id, version);
    const before = tierRow(tier, digits);
    applyInput(tier, input, digits);
    checkLadder(tiers);
    record(ctx, {
      action: 'tier.updated',
      subject: { type: 'tier', id },
      resellerId: null,
      before,
      after: tierRow(tier, digits),
    });
    await em.flush();
    await em.execute('insert into tier_dirty select id from reseller on conflict do nothing');
    if (before.discountBp !== input.discountBp) {
      const members = await em.find(Reseller, { tier: id }, { fields: ['id'] });
      const ids = members.map((member) => member.id);
      if (ids.length > 0) await assignPrices(ctx, ids, { lowerLocks: true });
    }
    return tierRow(tier, digits);
  },
});
