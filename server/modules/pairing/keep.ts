import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { endCodes, openCodeUntil } from './codes.ts';
import { readPairing } from './state.ts';

/**
 * Goes back to the keys that the host has: the code ends, and a host that was refused is taken again.
 * @throws conflict when nothing is under way, so also when the host was paired meanwhile
 */
export const keepPairing = verb({
  procedure: 'pairing.keep',
  permission: 'settings:write',
  mode: 'write',
  input: z.object({}),
  run: async (ctx) => {
    const { em, now } = ctx;
    const pairing = await readPairing(em);
    if (!pairing || (pairing.refusedAt === null && (await openCodeUntil(em, now)) === null)) {
      throw new ServiceError('conflict', 'No new keys are on their way. Load the page again to see how it stands.');
    }
    await endCodes(em, now);
    await em.execute('update host_pairing set refused_at = null');
    record(ctx, {
      action: 'host.keys_kept',
      subject: { type: 'installation', id: pairing.installation },
      resellerId: null,
      before: { refusedAt: pairing.refusedAt?.toISOString() ?? null },
    });
    return { pairedAt: pairing.pairedAt.toISOString() };
  },
});
