import type { ServiceContext } from '../../context.ts';
import { systemActor } from '../../actors.ts';
import { admitReseller, type HostAccount } from '../reseller/admit.ts';
import type { AutomaticApproval } from '../settings/sections/applications.ts';
import { unmetConditions } from './automatic.ts';
import type { Application } from './entity.ts';
import { isDuplicate } from './find-matches.ts';
import { settle } from './settle.ts';

/** Approves a submitted application when every condition holds, in the name of the service; else it waits for a person. */
export async function approveByItself(
  ctx: ServiceContext,
  application: Application,
  account: HostAccount,
  rule: AutomaticApproval,
): Promise<void> {
  const unmet = unmetConditions(rule, {
    facts: application.facts ?? null,
    taxIdCheck: application.taxIdCheck,
    country: application.country ?? null,
    isDuplicate: await isDuplicate(ctx, application),
    at: ctx.now,
  });
  if (unmet.length > 0) return;
  const system = { ...ctx, actor: systemActor };
  const reseller = await admitReseller(system, account, { company: application.businessName, ownDiscountBp: null });
  settle(system, application, {
    step: 'approve',
    automatic: true,
    reason: null,
    message: null,
    resellerId: reseller.id,
    terms: { tierId: reseller.tier.id, ownDiscountBp: reseller.ownDiscountBp },
  });
}
