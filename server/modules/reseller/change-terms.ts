import type { ServiceContext } from '../../context.ts';
import { record } from '../activity/record.ts';
import { assignPrices } from '../price-list/assign.ts';
import { type Cause, recordDecision } from '../tier/record-decision.ts';
import type { Tier } from '../tier/entity.ts';
import type { Reseller } from './entity.ts';
import { snapshot } from './snapshot.ts';

export interface TermsChange {
  reseller: Reseller;
  tier: Tier;
  /** Basis points; null inherits. */
  ownDiscountBp: number | null;
  /** Why a tier changes. Thresholds and reviews write a decision of their own, with what they measured. */
  cause: Cause;
  /** For the provider alone. */
  note?: string | null;
}

/**
 * Gives resellers, locked for a change, new terms: the only way by which tier and own discount move. New orders cost the
 * new prices from now; running services become cheaper at their next renewal by themselves, never dearer
 * (pricing.md rule 20). Runs in the caller's transaction.
 */
export async function changeTerms(ctx: ServiceContext, changes: TermsChange[]): Promise<void> {
  const { em } = ctx;
  if (changes.length === 0) return;
  for (const { reseller, tier, ownDiscountBp, cause, note } of changes) {
    const before = snapshot(reseller);
    const from = reseller.tier;
    reseller.tier = tier;
    reseller.ownDiscountBp = ownDiscountBp;
    record(ctx, {
      action: 'reseller.terms_changed',
      subject: { type: 'reseller', id: reseller.id },
      resellerId: reseller.id,
      before,
      after: snapshot(reseller),
      reason: note,
      event: { resellerId: reseller.id, tier: tier.id, ownDiscountBp },
    });
    if (from.id !== tier.id && (cause === 'manual' || cause === 'tier_deleted')) {
      recordDecision(ctx, {
        resellerId: reseller.id,
        cause,
        outcome: 'moved',
        fromTier: from.id,
        toTier: tier.id,
        inputs: { ownDiscountBp },
        note: note ?? null,
      });
    }
  }
  await em.flush();
  const ids = changes.map(({ reseller }) => reseller.id);
  await assignPrices(ctx, ids, { lowerLocks: true });
}
