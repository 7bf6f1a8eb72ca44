import { z } from 'zod';
import { day } from '../../../hooks/contract/index.ts';
import { verb } from '../../verb.ts';
import { changeStatus } from './change-status.ts';
import { findResellerRows } from './find-rows.ts';
import { loadForChange } from './load-for-change.ts';
import { resellerStatus } from './schemas.ts';
import { catchUp } from '../figures/catch-up.ts';

/**
 * Moves a reseller to another status; what each allows is in `gates`. Suspended and inactive: no new orders, no API;
 * running services, renewals and payments go on at their locks. Terminated: an ordinary client from now
 * (pricing.md rule 26). @throws not_found, conflict, bad_input
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
    /** When terminating: from this day on running services renew at retail; null keeps their price locks. */
    locksEndOn: day.nullable().default(null),
  }),
  prepare: ({ em }) => catchUp(em),
  run: async (ctx, input) => {
    const reseller = await loadForChange(ctx, input.id, input.version);
    await changeStatus(ctx, reseller, input);
    const [row] = await findResellerRows(ctx.em, { where: 'r.id = ?', parameters: [reseller.id] });
    return row!;
  },
});
