import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { type Permission, permissions } from '../../permissions.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Reseller } from '../reseller/entity.ts';
import { ApiKey } from './entity.ts';
import { keyDigest, newKey } from './format.ts';

/**
 * Makes a key, never with more rights than its maker has. The key itself is in the answer, once; only its digest is
 * kept. @throws forbidden (more scopes than own), not_found (reseller)
 */
export const createKey = verb({
  procedure: 'keys.create',
  permission: 'keys:manage',
  mode: 'write',
  input: z.object({
    name: z.string().trim().min(1, 'give the key a name').max(100),
    scopes: z.array(z.enum(permissions as [Permission, ...Permission[]])).min(1, 'choose at least one scope'),
    /** For an admin: whose key; null = a key of the provider's own automation. */
    resellerId: z.string().max(60).nullable().default(null),
    expiresAt: z.iso.datetime().nullable().default(null),
  }),
  run: async (ctx, input) => {
    const { em, actor, now } = ctx;
    const excess = input.scopes.filter((scope) => !actor.permissions.has(scope));
    if (excess.length > 0)
      throw new ServiceError('forbidden', `You do not have ${excess.join(', ')} yourself.`, '/scopes');
    const resellerId = tenantOf(actor) ?? input.resellerId;
    if (resellerId && !(await em.count(Reseller, resellerId)))
      throw new ServiceError('not_found', 'There is no such reseller.', '/resellerId');
    const key = newKey('live');
    const stored = em.create(ApiKey, {
      id: newId('key'),
      resellerId,
      name: input.name,
      digest: keyDigest(key),
      prefix: key.slice(0, 14),
      scopes: input.scopes,
      createdAt: now,
      expiresAt: input.expiresAt ? new Date(input.expiresAt) : null,
      revokedAt: null,
    });
    record(ctx, {
      action: 'key.created',
      subject: { type: 'key', id: stored.id },
      resellerId,
      after: { name: stored.name, prefix: stored.prefix, scopes: stored.scopes, expiresAt: input.expiresAt },
      event: { keyId: stored.id, name: stored.name },
    });
    await em.flush();
    return { id: stored.id, key, prefix: stored.prefix };
  },
});
