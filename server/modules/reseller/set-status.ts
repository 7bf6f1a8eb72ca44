import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { announcePrices } from '../price-list/announce.ts';
import { findResellerRows } from './find-rows.ts';
import { loadForChange } from './load-for-change.ts';
import { type ResellerStatus, resellerStatus } from './schemas.ts';
import { snapshot } from './snapshot.ts';

/** Which status may follow which: one table for the whole product. Terminated is final. */
const gates: Record<ResellerStatus, readonly ResellerStatus[]> = {
  active: ['suspended', 'inactive', 'terminated'],
  suspended: ['active', 'inactive', 'terminated'],
  inactive: ['active', 'suspended', 'terminated'],
  terminated: [],
};

/**
 * Moves a reseller to another status. Suspended and inactive: no new orders; running services, renewals and payments go
 * on at their locks. Terminated: an ordinary client from now (pricing.md rule 26). @throws not_found, conflict, bad_input
 */
export const setStatus = verb({
  procedure: 'resellers.setStatus',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    status: resellerStatus,
    /** Shown to the reseller. */
    publicReason: z.string().trim().max(500).nullable().default(null),
    /** For the activity log only. */
    note: z.string().trim().max(2000).nullable().default(null),
  }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const reseller = await loadForChange(ctx, input.id, input.version);
    if (!gates[reseller.status].includes(input.status)) {
      throw new ServiceError(
        'conflict',
        `A reseller that is ${reseller.status} cannot become ${input.status}.`,
        '/status',
      );
    }
    if (input.status === 'suspended' && !input.publicReason) {
      throw new ServiceError('bad_input', 'Enter the reason: the reseller sees it.', '/publicReason');
    }
    const before = snapshot(reseller);
    reseller.status = input.status;
    reseller.publicReason = input.status === 'active' ? null : input.publicReason;
    record(ctx, {
      action: `reseller.${input.status === 'active' ? 'reactivated' : input.status}`,
      subject: { type: 'reseller', id: reseller.id },
      resellerId: reseller.id,
      before,
      after: { ...snapshot(reseller), note: input.note },
      event: { resellerId: reseller.id, status: reseller.status, publicReason: reseller.publicReason },
    });
    await em.flush();
    await announcePrices(ctx);
    const [row] = await findResellerRows(em, { where: 'r.id = ?', parameters: [reseller.id] });
    return row!;
  },
});
