import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { Reseller } from '../reseller/entity.ts';
import { readProgress } from './read-progress.ts';

/**
 * How a reseller stands in its tier: what is measured now and what of it counts, what the next tier takes, what is
 * missing, and when it is looked at again. A reseller asks about itself, an admin about any. @throws not_found
 */
export const getTierProgress = verb({
  procedure: 'tiers.progress',
  permission: 'tiers:read',
  mode: 'read',
  input: z.object({ resellerId: z.string().max(60).optional() }),
  run: async (ctx, input) => {
    const { em, actor } = ctx;
    const own = tenantOf(actor);
    const id = own ?? (actor.permissions.has('resellers:read') ? input.resellerId : undefined);
    // A reseller that names another one learns no more than from an id that is nobody's.
    const named = own !== null && input.resellerId !== undefined && input.resellerId !== own;
    const reseller = id === undefined || named ? null : await em.findOne(Reseller, id, { populate: ['tier'] });
    if (!reseller) throw new ServiceError('not_found', 'There is no reseller with this id.', '/resellerId');
    return readProgress(ctx, reseller);
  },
});
