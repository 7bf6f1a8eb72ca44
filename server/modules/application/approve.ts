import { z } from 'zod';
import { verb } from '../../verb.ts';
import { admitReseller, readAccount } from '../reseller/admit.ts';
import { discountBp } from '../reseller/schemas.ts';
import { findForReview, lockForReview } from './load.ts';
import { reviewRow } from './row.ts';
import { internalNote, message } from './schemas.ts';
import { settle } from './settle.ts';
import { requireStep, requireVersion } from './take-step.ts';
import { write } from './write.ts';

/**
 * Makes the applicant an active reseller now, on the terms given. Of two admins who decide at once one wins; the other
 * hears who did what. @throws not_found, conflict, duplicate (is a reseller already), host_unreachable
 */
export const approveApplication = verb({
  procedure: 'applications.approve',
  permission: 'applications:review',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    tierId: z.string().max(60).optional(),
    ownDiscountBp: discountBp.default(null),
    apiEnabled: z.boolean().optional(),
    /** Services that run already cost wholesale from their next renewal on (pricing.md rule 20). */
    moveToWholesale: z.boolean().default(false),
    message: message.nullable().default(null),
    reason: z.string().trim().max(500).nullable().default(null),
    note: internalNote,
  }),
  prepare: async (ctx, { id }) => {
    const application = await findForReview(ctx, id);
    requireStep(ctx, application, 'approve');
    return readAccount(ctx.host, application.hostClientId);
  },
  run: async (ctx, input, account) => {
    const application = await lockForReview(ctx, input.id);
    requireStep(ctx, application, 'approve');
    requireVersion(ctx, application, input.version);
    const { tierId, ownDiscountBp, apiEnabled, moveToWholesale } = input;
    const reseller = await admitReseller(ctx, account, {
      company: application.businessName,
      tierId,
      ownDiscountBp,
      apiEnabled,
      moveToWholesale,
    });
    settle(ctx, application, {
      step: 'approve',
      automatic: false,
      reason: input.reason,
      message: input.message,
      resellerId: reseller.id,
      terms: { tierId: reseller.tier.id, ownDiscountBp },
    });
    write(ctx, application, 'message', input.message);
    write(ctx, application, 'note', input.note);
    await ctx.em.flush();
    return reviewRow(application);
  },
});
