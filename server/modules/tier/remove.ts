import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { changeTerms } from '../reseller/change-terms.ts';
import { Reseller } from '../reseller/entity.ts';
import { loadTiersForChange, pick } from './load-for-change.ts';
import { tierRow } from './schemas.ts';

/**
 * Deletes a tier that nobody holds, or moves its resellers to another one first, with their prices.
 * @throws not_found, conflict (held by resellers, has price rules, is the last)
 */
export const removeTier = verb({
  procedure: 'tiers.remove',
  permission: 'tiers:write',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    /** Where its resellers go. */
    targetId: z.string().max(60).nullable().default(null),
  }),
  run: async (ctx, { id, version, targetId }) => {
    const { em } = ctx;
    const { tiers, digits } = await loadTiersForChange(ctx);
    const tier = pick(tiers, id, version);
    if (tiers.length === 1) throw new ServiceError('conflict', 'This is the last tier. Every reseller has one.');
    const target = targetId === null ? null : tiers.find((one) => one.id === targetId && one !== tier);
    if (target === undefined) throw new ServiceError('not_found', 'There is no such tier to move to.', '/targetId');
    const [rules] = await em.execute<{ held: boolean }[]>(
      `select exists (select from price_discount where tier_id = ?) or exists (select from price_book_cell where tier_id = ?) as held`,
      [id, id],
    );
    if (rules?.held) {
      throw new ServiceError('conflict', `${tier.name} has price rules of its own. Remove them first.`, '/id');
    }
    const members = await em.find(
      Reseller,
      { tier: id },
      { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
    );
    if (members.length > 0 && target === null) {
      throw new ServiceError(
        'conflict',
        `${tier.name} is held by ${members.length} resellers. Choose the tier they go to.`,
        '/targetId',
      );
    }
    if (target) {
      await changeTerms(
        ctx,
        members.map((reseller) => ({
          reseller,
          tier: target,
          ownDiscountBp: reseller.ownDiscountBp ?? null,
          cause: 'tier_deleted' as const,
        })),
      );
    }
    record(ctx, {
      action: 'tier.removed',
      subject: { type: 'tier', id },
      resellerId: null,
      before: { ...tierRow(tier, digits), members: members.length },
      after: { movedTo: target?.id ?? null },
    });
    em.remove(tier);
    await em.flush();
    await em.execute('insert into tier_dirty select id from reseller on conflict do nothing');
    return { id, moved: members.length };
  },
});
