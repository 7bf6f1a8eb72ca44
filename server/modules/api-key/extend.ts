import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { loadKey } from './load-for-change.ts';
import { HOUR_MS, overlaps } from './overlaps.ts';
import { keepTerms, requireOwnScopes } from './policy.ts';
import { keyRow } from './row.ts';

/**
 * Lets a key that another one replaces work on for longer: from now on, and never longer than it was to live before.
 * One whose overlap has ended stays ended. @throws not_found, conflict (not replaced, ended, or it works so long already),
 * forbidden (opens more than the actor may do), bad_input (longer than the provider lets keys live)
 */
export const extendKey = verb({
  procedure: 'keys.extendOverlap',
  permission: 'keys:manage',
  mode: 'write',
  input: z.object({ id: z.string().max(60), overlap: z.enum(['1h', '24h', '7d', '30d']).default('24h') }),
  run: async (ctx, { id, overlap }) => {
    const key = await loadKey(ctx, id);
    const { status, expiresAt: before } = keyRow(key, ctx.now);
    if (status !== 'replaced' || before === null)
      throw new ServiceError(
        'conflict',
        `This key is ${status}. Only one that was replaced and still works can be kept for longer.`,
      );
    requireOwnScopes(ctx, key.scopes);
    const asked = ctx.now.getTime() + overlaps[overlap] * HOUR_MS;
    const until = new Date(Math.min(asked, key.endsBy?.getTime() ?? asked));
    if (until.toISOString() <= before)
      throw new ServiceError('conflict', `This key works until ${before} already; it is not kept for longer by this.`);
    if (key.resellerId) await keepTerms(ctx, { expiresAt: until.toISOString() });
    key.expiresAt = until;
    record(ctx, {
      action: 'key.overlap_extended',
      subject: { type: 'key', id },
      resellerId: key.resellerId ?? null,
      before: { expiresAt: before },
      after: { expiresAt: until.toISOString() },
      event: { keyId: id, name: key.name },
    });
    await ctx.em.flush();
    return keyRow(key, ctx.now);
  },
});
