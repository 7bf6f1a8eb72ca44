import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { type ServiceContext, tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { type Permission, permissions } from '../../permissions.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Reseller } from '../reseller/entity.ts';
import { loadSettings } from '../settings/load.ts';
import { ApiKey } from './entity.ts';
import { keyDigest, newKey } from './format.ts';

/**
 * Makes a key, never with more rights than its maker has. The key itself is in the answer, once; only its digest is
 * kept. A reseller's key keeps to the provider's policy. @throws forbidden (more scopes than own, or than are offered),
 * not_found (reseller), conflict (as many keys as are allowed), bad_input (lives too long)
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
    const own = tenantOf(actor);
    // A reseller that names another one learns no more than from an id that is nobody's.
    if (own !== null && input.resellerId !== null && input.resellerId !== own) throw unknownReseller();
    const resellerId = own ?? input.resellerId;
    if (resellerId !== null) await keepPolicy(ctx, resellerId, input);
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

const unknownReseller = () => new ServiceError('not_found', 'There is no such reseller.', '/resellerId');

const DAY_MS = 86_400_000;

/** What the provider allows a reseller's keys. The reseller is locked, so that two at once cannot exceed the number. */
async function keepPolicy(
  { em, now }: ServiceContext,
  resellerId: string,
  wanted: { scopes: Permission[]; expiresAt: string | null },
): Promise<void> {
  if (!(await em.findOne(Reseller, resellerId, { lockMode: LockMode.PESSIMISTIC_WRITE }))) throw unknownReseller();
  const { maxKeys, maxLifetimeDays, scopesOffered } = await loadSettings(em, 'api');
  const live = { resellerId, revokedAt: null, $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] };
  if ((await em.count(ApiKey, live)) >= maxKeys)
    throw new ServiceError(
      'conflict',
      `There are ${maxKeys} keys already, as many as the provider allows. Revoke one first.`,
    );
  const withheld = wanted.scopes.filter((scope) => scopesOffered.length > 0 && !scopesOffered.includes(scope));
  if (withheld.length > 0)
    throw new ServiceError('forbidden', `The provider does not offer ${withheld.join(', ')} to keys.`, '/scopes');
  if (maxLifetimeDays === null) return;
  const latest = new Date(now.getTime() + maxLifetimeDays * DAY_MS);
  if (wanted.expiresAt === null || new Date(wanted.expiresAt) > latest)
    throw new ServiceError(
      'bad_input',
      `/expiresAt: keys live at most ${maxLifetimeDays} days; choose ${latest.toISOString().slice(0, 10)} or earlier`,
      '/expiresAt',
    );
}
