import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { ProfileChange } from './entity.ts';
import { changeRow, companyOf, loadProfile, putCompany } from './load.ts';
import type { CompanyField } from './schemas.ts';

/**
 * Approves or rejects a reseller's change of checked company data. Approving puts in what was asked for, unless the
 * field changed since. @throws not_found, conflict, bad_input (a rejection without its reason)
 */
export const decideProfileChange = verb({
  procedure: 'profileChanges.decide',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    approve: z.boolean(),
    /** Shown to the reseller. */
    reason: z.string().trim().max(1000).nullable().default(null),
  }),
  run: async (ctx, { id, version, approve, reason }) => {
    const { em, now, actor } = ctx;
    const change = await em.findOne(ProfileChange, id);
    if (!change) throw new ServiceError('not_found', 'There is no such change.');
    if (change.status !== 'pending' || change.version !== version) {
      throw new ServiceError('conflict', `This change is ${change.status} by now. Load it again.`);
    }
    if (!approve && !reason) throw new ServiceError('bad_input', 'Enter the reason: the reseller sees it.', '/reason');
    const held = await loadProfile(em, change.resellerId);
    const before = companyOf(held);
    if (approve) {
      const names = Object.keys(change.fields) as CompanyField[];
      const moved = names.find((name) => JSON.stringify(before[name]) !== JSON.stringify(change.fields[name]!.from));
      if (moved) {
        throw new ServiceError(
          'conflict',
          `"${moved}" was changed since this was asked for. Reject it with a word on that.`,
        );
      }
      putCompany(held, Object.fromEntries(names.map((name) => [name, change.fields[name]!.to])), now);
    }
    em.assign(change, { status: approve ? 'approved' : 'rejected', decidedBy: actor.id, decidedAt: now, reason });
    record(ctx, {
      action: `profile_change.${change.status}`,
      subject: { type: 'profile_change', id },
      resellerId: change.resellerId,
      before: Object.fromEntries(Object.entries(change.fields).map(([name, { from }]) => [name, from])),
      after: approve
        ? Object.fromEntries(Object.entries(change.fields).map(([name, { to }]) => [name, to]))
        : { reason },
      event: { changeId: id, resellerId: change.resellerId, status: change.status, reason },
    });
    await em.flush();
    return changeRow(change);
  },
});
