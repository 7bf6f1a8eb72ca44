import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { type Permission, permissions } from '../../permissions.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { allowlist } from './allowlist.ts';
import { loadKey } from './load-for-change.ts';
import { keepTerms, requireOwnScopes } from './policy.ts';
import { keyRow } from './row.ts';

/**
 * Changes a key that is in use: its name, what it may do, where it may be used from, when it ends. The key itself stays.
 * What was not named stays as it is. Holds from the moment this has answered.
 * @throws not_found, conflict (revoked, run out or replaced), forbidden (more scopes than own, or than are offered),
 * bad_input (without its addresses, ends in the past, or lives too long)
 */
export const updateKey = verb({
  procedure: 'keys.update',
  permission: 'keys:manage',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    name: z.string().trim().min(1, 'give the key a name').max(100).optional(),
    scopes: z
      .array(z.enum(permissions as [Permission, ...Permission[]]))
      .min(1, 'choose at least one scope')
      .optional(),
    allowlist: allowlist.optional(),
    /** UTC; null = without end. */
    expiresAt: z.iso.datetime().nullable().optional(),
  }),
  run: async (ctx, { id, ...input }) => {
    const { em, now } = ctx;
    const key = await loadKey(ctx, id);
    const { status } = keyRow(key, now);
    if (status !== 'active')
      throw new ServiceError('conflict', `This key is ${status}. Only an active key can be changed; make a new one.`);
    const before = facts(key);
    const wanted = {
      name: input.name ?? before.name,
      scopes: input.scopes ? [...new Set(input.scopes)] : before.scopes,
      allowlist: input.allowlist ? [...new Set(input.allowlist)] : before.allowlist,
      expiresAt: input.expiresAt === undefined ? before.expiresAt : input.expiresAt,
    };
    // What a key has already may stay in an older policy, or with a maker who could do more.
    const wider = wanted.scopes.filter((scope) => !before.scopes.includes(scope));
    requireOwnScopes(ctx, wider);
    if (wanted.expiresAt !== before.expiresAt && wanted.expiresAt !== null && new Date(wanted.expiresAt) <= now)
      throw new ServiceError('bad_input', '/expiresAt: choose a moment that is still to come', '/expiresAt');
    if (key.resellerId)
      await keepTerms(ctx, {
        scopes: wider,
        ...(input.allowlist ? { allowlist: wanted.allowlist } : {}),
        ...(wanted.expiresAt === before.expiresAt ? {} : { expiresAt: wanted.expiresAt }),
      });
    em.assign(key, { ...wanted, expiresAt: wanted.expiresAt === null ? null : new Date(wanted.expiresAt) });
    record(ctx, {
      action: 'key.updated',
      subject: { type: 'key', id },
      resellerId: key.resellerId ?? null,
      before,
      after: wanted,
      event: { keyId: id, name: wanted.name },
    });
    await em.flush();
    return keyRow(key, now);
  },
});

const facts = (key: { name: string; scopes: string[]; allowlist: string[]; expiresAt?: Date | null | undefined }) => ({
  name: key.name,
  scopes: key.scopes,
  allowlist: key.allowlist,
  expiresAt: key.expiresAt?.toISOString() ?? null,
});
