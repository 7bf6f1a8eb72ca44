import { z } from 'zod';
import { hostId } from '../../../hooks/contract/index.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { Application } from '../application/entity.ts';
import { admitReseller, readAccount } from './admit.ts';
import { discountBp } from './schemas.ts';

/**
 * Makes a client of the host a reseller now, without an application. Nothing the host knows is asked again.
 * @throws not_found (client or tier), duplicate (is a reseller), conflict (client closed, or its application waits),
 * host_unreachable
 */
export const createReseller = verb({
  procedure: 'resellers.create',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({
    hostClientId: hostId,
    company: z.string().trim().min(1, 'enter the company’s name').max(200),
    /** Left out: the programme's default tier. */
    tierId: z.string().max(60).optional(),
    ownDiscountBp: discountBp.default(null),
    /** Left out: as the programme says. */
    apiEnabled: z.boolean().optional(),
    /** Running services cost wholesale from their next renewal on, where that is cheaper; else they keep their price. */
    moveToWholesale: z.boolean().default(false),
  }),
  prepare: ({ host }, { hostClientId }) => readAccount(host, hostClientId),
  run: async (ctx, input, account) => {
    const waiting = await ctx.em.findOne(Application, {
      hostClientId: input.hostClientId,
      status: { $in: ['submitted', 'info_requested', 'answered'] },
    });
    if (waiting) {
      throw new ServiceError(
        'conflict',
        `This client has an application under way (${waiting.id}). Approve it there.`,
        '/hostClientId',
      );
    }
    return admitReseller(ctx, account, input);
  },
});
