import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { rulesOf } from './ladder.ts';
import { tierRules } from './rules.ts';
import { TierRules } from './rules-entity.ts';

/**
 * Sets how tiers are reached and lost. Nobody moves while this is saved: the next look at everybody, within a minute,
 * upgrades at once where the rules say so; downgrades wait for a review after the grace. @throws conflict
 */
export const saveTierRules = verb({
  procedure: 'tiers.saveRules',
  permission: 'tiers:write',
  mode: 'write',
  input: tierRules.extend({ version: z.int() }),
  run: async (ctx, { version, ...rules }) => {
    const { em, now } = ctx;
    const held = await em.findOneOrFail(TierRules, 1);
    if (held.version !== version) {
      throw new ServiceError(
        'version_mismatch',
        'Somebody changed these rules meanwhile. Load them again and repeat your change.',
      );
    }
    const before = rulesOf(held);
    em.assign(held, { ...rules, updatedAt: now });
    // Another rhythm, or rules that were off: the next review is the first one.
    if (rules.reviewEvery !== before.reviewEvery || !before.automatic) held.lastReviewOn = null;
    record(ctx, {
      action: 'tiers.rules_changed',
      subject: { type: 'tier_rules', id: '1' },
      resellerId: null,
      before,
      after: rules,
    });
    await em.flush();
    await em.execute('insert into tier_dirty select id from reseller on conflict do nothing');
    return rulesOf(held);
  },
});
