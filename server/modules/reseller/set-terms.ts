import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { Tier } from '../tier/entity.ts';
import { changeTerms } from './change-terms.ts';
import { findResellerRows } from './find-rows.ts';
import { loadForChange } from './load-for-change.ts';
import { discountBp } from './schemas.ts';
import { catchUp } from '../figures/catch-up.ts';

/**
 * Sets tier and own discount. New orders cost the new prices from now; running services become cheaper at
 * their next renewal by themselves, never dearer (pricing.md rule 20).
 * @throws not_found, conflict
 */
export const setTerms = verb({
  procedure: 'resellers.setTerms',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    tierId: z.string().max(60),
    ownDiscountBp: discountBp,
    /** Why. For the provider alone: in the log, and with the decision about the tier. */
    note: z.string().trim().max(2000).nullable().default(null),
  }),
  prepare: ({ em }) => catchUp(em),
  run: async (ctx, input) => {
    const reseller = await loadForChange(ctx, input.id, input.version);
    const tier = await ctx.em.findOne(Tier, input.tierId);
    if (!tier) throw new ServiceError('not_found', 'There is no such tier.', '/tierId');
    await changeTerms(ctx, [{ reseller, tier, ownDiscountBp: input.ownDiscountBp, cause: 'manual', note: input.note }]);
    const [row] = await findResellerRows(ctx.em, { where: 'r.id = ?', parameters: [reseller.id] });
    return row!;
  },
});
