import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { endCodes } from './codes.ts';
import { issueCode } from './issue-code.ts';
import { readPairing } from './state.ts';

/**
 * Makes a one-time code that brings the host new keys; a code from before ends. The present keys hold until it is entered,
 * unless they may have leaked: then nothing that is signed with them is taken from now on, and they end with the pairing.
 * The shop sells on from its own copy of the prices meanwhile, and keeps its events.
 * @returns the code, which is shown once: only its digest is kept
 * @throws conflict when this host is not paired by a code
 */
export const renewPairing = verb({
  procedure: 'pairing.renew',
  permission: 'settings:write',
  mode: 'write',
  input: z.object({
    /** The present keys may be known to somebody else: refuse them at once. */
    leaked: z.boolean().default(false),
    reason: z.string().trim().min(3).max(500),
  }),
  run: async (ctx, { leaked, reason }) => {
    const { em, now } = ctx;
    const pairing = await readPairing(em);
    if (!pairing) {
      throw new ServiceError('conflict', 'This host is not paired by a code: there are no keys to replace here.');
    }
    await endCodes(em, now);
    const { code, expiresAt } = await issueCode(em, now);
    if (leaked) await em.execute('update host_pairing set refused_at = coalesce(refused_at, ?)', [now]);
    record(ctx, {
      action: 'host.code_made',
      subject: { type: 'installation', id: pairing.installation },
      resellerId: null,
      after: { leaked, expiresAt: expiresAt.toISOString() },
      reason,
    });
    return { code, expiresAt: expiresAt.toISOString() };
  },
});
