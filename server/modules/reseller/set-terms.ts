import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { assignPrices } from '../price-list/assign.ts';
import { Tier } from '../tier/entity.ts';
import { findResellerRows } from './find-rows.ts';
import { loadForChange } from './load-for-change.ts';
import { discountBp } from './schemas.ts';
import { snapshot } from './snapshot.ts';

/**
 * Sets tier and own discount. New orders cost the new prices from now; running services become cheaper at
 * their next renewal by themselves, never dearer (pricing.md rule 20).
 * @throws not_found, conflict
 */
export const setTerms = verb({
  procedure: 'resellers.setTerms',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({ id: z.string().max(60), version: z.int(), tierId: z.string().max(60), ownDiscountBp: discountBp }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const reseller = await loadForChange(ctx, input.id, input.version);
    const tier = await em.findOne(Tier, input.tierId);
    if (!tier) throw new ServiceError('not_found', 'There is no such tier.', '/tierId');
    const before = snapshot(reseller);
    reseller.tier = tier;
    reseller.ownDiscountBp = input.ownDiscountBp;
    record(ctx, {
      action: 'reseller.terms_changed',
      subject: { type: 'reseller', id: reseller.id },
      resellerId: reseller.id,
      before,
      after: snapshot(reseller),
      event: { resellerId: reseller.id, tier: tier.id, ownDiscountBp: input.ownDiscountBp },
    });
    await em.flush();
    await assignPrices(ctx, [reseller.id], { lowerLocks: true });
    const [row] = await findResellerRows(em, { where: 'r.id = ?', parameters: [reseller.id] });
    return row!;
  },
});
