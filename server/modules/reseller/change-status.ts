import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { record } from '../activity/record.ts';
import { announcePrices } from '../price-list/announce.ts';
import { TierStanding } from '../tier/standing-entity.ts';
import type { Reseller } from './entity.ts';
import { gates } from './gates.ts';
import type { ResellerStatus } from './schemas.ts';
import { snapshot } from './snapshot.ts';

interface StatusChange {
  status: ResellerStatus;
  /** Shown to the reseller; asked for when suspending. */
  publicReason: string | null;
  /** For the activity log only. */
  note: string | null;
  /** When terminating: the day from which running services renew at retail; null keeps their locks. */
  locksEndOn: string | null;
}

/**
 * Moves a reseller, locked for a change, to another status. Terminating revokes its API keys. Runs in the caller's
 * transaction. @throws conflict, bad_input
 */
export async function changeStatus(ctx: ServiceContext, reseller: Reseller, change: StatusChange): Promise<void> {
  const { em, now } = ctx;
  if (!gates[reseller.status].next.includes(change.status)) {
    throw new ServiceError(
      'conflict',
      `A reseller that is ${reseller.status} cannot become ${change.status}.`,
      '/status',
    );
  }
  if (change.status === 'suspended' && !change.publicReason) {
    throw new ServiceError('bad_input', 'Enter the reason: the reseller sees it.', '/publicReason');
  }
  if (change.locksEndOn !== null && change.status !== 'terminated') {
    throw new ServiceError('bad_input', 'Only terminating ends price locks: leave the day out.', '/locksEndOn');
  }
  const before = snapshot(reseller);
  reseller.status = change.status;
  reseller.statusSince = now;
  reseller.locksEndOn = change.locksEndOn;
  reseller.publicReason = change.status === 'active' ? null : change.publicReason;
  record(ctx, {
    action: `reseller.${change.status === 'active' ? 'reactivated' : change.status}`,
    subject: { type: 'reseller', id: reseller.id },
    resellerId: reseller.id,
    before,
    after: { ...snapshot(reseller), note: change.note },
    event: { resellerId: reseller.id, status: reseller.status, publicReason: reseller.publicReason },
  });
  await em.flush();
  if (gates[change.status].tierReviews === 'held') {
    // Time away is no time below: its grace begins anew.
    await em.nativeUpdate(TierStanding, { resellerId: reseller.id }, { belowSince: null });
    await em.execute('insert into tier_dirty values (?) on conflict do nothing', [reseller.id]);
  }
  if (change.status === 'terminated') {
    await em.execute('update api_key set revoked_at = ? where reseller_id = ? and revoked_at is null', [
      now,
      reseller.id,
    ]);
  }
  await announcePrices(ctx);
}
