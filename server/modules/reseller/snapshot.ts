import type { Reseller } from './entity.ts';

/** What the activity log keeps of a reseller, before and after a change. */
export function snapshot(reseller: Reseller) {
  const { company, email, currency, ownDiscountBp, status, publicReason, apiEnabled } = reseller;
  return { company, email, currency, tier: reseller.tier.id, ownDiscountBp, status, publicReason, apiEnabled };
}
