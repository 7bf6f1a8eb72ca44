import { z } from 'zod';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { loadKey } from './load-for-change.ts';
import { keyRow } from './row.ts';

/** Ends a key: once this has answered no process lets it in. A key that is revoked stays so. @throws not_found */
export const revokeKey = verb({
  procedure: 'keys.revoke',
  permission: 'keys:manage',
  mode: 'write',
  input: z.object({ id: z.string().max(60), reason: z.string().trim().max(300).nullable().default(null) }),
  run: async (ctx, { id, reason }) => {
    const key = await loadKey(ctx, id);
    if (key.revokedAt) return keyRow(key, ctx.now);
    key.revokedAt = ctx.now;
    record(ctx, {
      action: 'key.revoked',
      subject: { type: 'key', id },
      resellerId: key.resellerId ?? null,
      before: { name: key.name, prefix: key.prefix },
      reason,
      event: { keyId: id, name: key.name },
    });
    await ctx.em.flush();
    return keyRow(key, ctx.now);
  },
});
