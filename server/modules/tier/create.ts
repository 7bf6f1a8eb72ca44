import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Tier } from './entity.ts';
import { loadTiersForChange } from './load-for-change.ts';
import { applyInput, checkLadder, tierInput, tierRow } from './schemas.ts';

/** Adds a tier above the others; `tiers.reorder` moves it. @throws duplicate (name), bad_input */
export const createTier = verb({
  procedure: 'tiers.create',
  permission: 'tiers:write',
  mode: 'write',
  input: tierInput,
  run: async (ctx, input) => {
    const { em } = ctx;
    const { tiers, digits } = await loadTiersForChange(ctx);
    const tier = em.create(Tier, {
      id: newId('tier'),
      name: input.name,
      position: (tiers.at(-1)?.position ?? 0) + 1,
      version: 1,
    });
    applyInput(tier, input, digits);
    checkLadder([...tiers, tier]);
    record(ctx, {
      action: 'tier.created',
      subject: { type: 'tier', id: tier.id },
      resellerId: null,
      after: tierRow(tier, digits),
    });
    await em.flush();
    await em.execute('insert into tier_dirty select id from reseller on conflict do nothing');
    return tierRow(tier, digits);
  },
});
