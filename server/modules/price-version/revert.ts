import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { diffRules, ruleIndex } from '../../pricing/rule-changes.ts';
import { verb } from '../../verb.ts';
import { loadTimeline } from '../price-list/timeline.ts';
import { startDraft } from './create-draft.ts';
import { PriceVersion } from './entity.ts';
import { keepChanges } from './save-changes.ts';
import { countChanges, versionRow } from './row.ts';

/**
 * A draft that brings back the rules of an earlier version (0 = before the first one). It is looked at and published like
 * any other; orders placed in between keep their prices. @throws not_found, conflict when nothing would change
 */
export const revertTo = verb({
  procedure: 'prices.revert',
  permission: 'prices:write',
  mode: 'write',
  input: z.object({ number: z.int().min(0) }),
  run: async (ctx, { number }) => {
    const { em } = ctx;
    const wanted = await em.findOne(PriceVersion, { number }, { populate: ['rules'] });
    if (!wanted?.rules) throw new ServiceError('not_found', `Version ${number} was never live.`, '/number');
    const { last } = await loadTimeline(em);
    const tiers = new Set(last.tiers.map(({ id }) => id));
    // A tier that was removed since has no resellers: what was set for it is not brought back.
    const changes = diffRules(last, wanted.rules).filter(
      ({ after }) => !(after && 'for' in after && 'tier' in after.for && !tiers.has(after.for.tier)),
    );
    if (changes.length === 0) throw new ServiceError('conflict', `The rules are those of version ${number} already.`);
    const draft = await startDraft(ctx, `Back to version ${number}`, number);
    await em.flush();
    await keepChanges(ctx, draft, changes, ruleIndex(last));
    return versionRow(draft, (await countChanges(em, [draft.id]))(draft.id));
  },
});
