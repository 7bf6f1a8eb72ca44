import type { ServiceContext } from '../../context.ts';
import { changedBy } from '../settings/changed-by.ts';
import type { Application } from './entity.ts';
import { recordStep, takeStep } from './take-step.ts';

interface Outcome {
  step: 'approve' | 'reject';
  automatic: boolean;
  /** For the team and the log. */
  reason: string | null;
  /** For the applicant. */
  message: string | null;
  resellerId: string | null;
  terms: { tierId: string; ownDiscountBp: number | null } | null;
}

/** Writes down a decision: the step, who, when, why, and what the applicant hears of it. @throws conflict */
export function settle(ctx: ServiceContext, application: Application, outcome: Outcome): void {
  const { step, automatic, reason, message, terms, resellerId } = outcome;
  const before = { status: application.status };
  takeStep(ctx, application, step);
  application.decision = { by: changedBy(ctx), automatic, reason, message, terms };
  application.decidedAt = ctx.now;
  application.resellerId = resellerId;
  application.request = null;
  recordStep(ctx, application, {
    action: step === 'approve' ? 'application.approved' : 'application.rejected',
    before,
    after: { automatic, reason, resellerId, ...terms },
    event: {
      message,
      ...(terms ? { resellerId, tier: terms.tierId } : { reapplyAt: application.reapplyAt?.toISOString() ?? null }),
    },
  });
}
