import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { loadTiersForChange } from './load-for-change.ts';
import { checkLadder } from './schemas.ts';

/** Sets the order of the tiers, from lowest to highest. @throws conflict when it does not name each of them once, bad_input */
export const reorderTiers = verb({
  procedure: 'tiers.reorder',
  permission: 'tiers:write',
  mode: 'write',
  input: z.object({ ids: z.array(z.string().max(60)).min(1).max(100) }),
  run: async (ctx, { ids }) => {
    const { em } = ctx;
    const { tiers } = await loadTiersForChange(ctx);
    const before = tiers.map(({ id }) => id);
    if (before.toSorted().join() !== ids.toSorted().join()) {
      throw new ServiceError('conflict', 'Name every tier once. Load the list again: it may have changed.', '/ids');
    }
    // Positions are unique at the end of the transaction, not between two of its statements.
    await em.execute('set constraints tier_position_key deferred');
    for (const tier of tiers) tier.position = ids.indexOf(tier.id) + 1;
    checkLadder(tiers);
    record(ctx, {
      action: 'tiers.reordered',
      subject: { type: 'tier_rules', id: '1' },
      resellerId: null,
      before: { ids: before },
      after: { ids },
    });
    await em.flush();
    await em.execute('insert into tier_dirty select id from reseller on conflict do nothing');
    return { ids };
  },
});
