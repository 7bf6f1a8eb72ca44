import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { loadKey } from './load-for-change.ts';
import { HOUR_MS, overlaps } from './overlaps.ts';
import { keepPolicy, requireOwnScopes } from './policy.ts';
import { keyRow } from './row.ts';
import { writeKey } from './write.ts';

/**
 * Makes a key that takes another one's place, with its name, mode, scopes, signing (by a secret of its own), addresses and length of life. The old one
 * stays good for the overlap, never longer than it was to live anyway; `keys.usage` tells who still uses it.
 * @throws not_found, conflict (revoked, run out, or replaced already), forbidden (opens more than its maker may do)
 */
export const regenerateKey = verb({
  procedure: 'keys.regenerate',
  permission: 'keys:manage',
  mode: 'write',
  input: z.object({ id: z.string().max(60), overlap: z.enum(['none', '1h', '24h', '7d', '30d']).default('none') }),
  run: async (ctx, { id, overlap }) => {
    const { em, now } = ctx;
    const old = await loadKey(ctx, id);
    if (keyRow(old, now).status !== 'active') {
      throw new ServiceError(
        'conflict',
        `This key is ${keyRow(old, now).status}. Only an active key can be replaced; make a new one.`,
      );
    }
    requireOwnScopes(ctx, old.scopes);
    const { name, mode, scopes, allowlist, resellerId = null } = old;
    const lives = old.expiresAt ? old.expiresAt.getTime() - old.createdAt.getTime() : null;
    const expiresAt = lives === null ? null : new Date(now.getTime() + lives);
    if (resellerId !== null) {
      const wanted = { scopes, allowlist, expiresAt: expiresAt?.toISOString() ?? null };
      await keepPolicy(ctx, resellerId, wanted, id);
    }
    const signed = Boolean(old.signingSecret);
    const made = writeKey(ctx, { resellerId, name, mode, signed, scopes, allowlist, expiresAt }, 'key.regenerated', id);
    await em.flush();
    const until = new Date(now.getTime() + overlaps[overlap] * HOUR_MS);
    em.assign(old, {
      replacedBy: made.stored.id,
      replacedAt: now,
      endsBy: old.expiresAt ?? null,
      ...(overlap === 'none' ? { revokedAt: now } : {}),
      ...(!old.expiresAt || until < old.expiresAt ? { expiresAt: until } : {}),
    });
    await em.flush();
    const { key, signingSecret } = made;
    return { ...keyRow(made.stored, now), key, signingSecret, replaces: keyRow(old, now) };
  },
});
