import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import type { Permission } from '../../permissions.ts';
import { Reseller } from '../reseller/entity.ts';
import { loadSettings } from '../settings/load.ts';
import { ApiKey } from './entity.ts';

const DAY_MS = 86_400_000;

/** @throws forbidden when a key would open more than its maker may do */
export function requireOwnScopes({ actor }: ServiceContext, scopes: readonly string[]): void {
  const excess = scopes.filter((scope) => !actor.permissions.has(scope as Permission));
  if (excess.length > 0)
    throw new ServiceError('forbidden', `You do not have ${excess.join(', ')} yourself.`, '/scopes');
}

interface Wanted {
  scopes: readonly string[];
  expiresAt: string | null;
  allowlist: readonly string[];
}

/**
 * What the provider allows a reseller's keys. The reseller is locked, so that two at once cannot exceed the number; keys
 * whose place another one has taken do not count. @throws not_found, conflict, forbidden, bad_input
 */
export async function keepPolicy(
  ctx: ServiceContext,
  resellerId: string,
  wanted: Wanted,
  replacing: string | null = null,
): Promise<void> {
  const { em, now } = ctx;
  if (!(await em.findOne(Reseller, resellerId, { lockMode: LockMode.PESSIMISTIC_WRITE })))
    throw new ServiceError('not_found', 'There is no such reseller.', '/resellerId');
  const { maxKeys } = await loadSettings(em, 'api');
  const live = {
    resellerId,
    revokedAt: null,
    replacedBy: null,
    ...(replacing ? { id: { $ne: replacing } } : {}),
    $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }],
  };
  if ((await em.count(ApiKey, live)) >= maxKeys)
    throw new ServiceError(
      'conflict',
      `There are ${maxKeys} keys already, as many as the provider allows. Revoke one first.`,
    );
  await keepTerms(ctx, wanted);
}

/** What the provider allows of those terms of a key that are named. @throws forbidden, bad_input */
export async function keepTerms({ em, now }: ServiceContext, wanted: Partial<Wanted>): Promise<void> {
  const { maxLifetimeDays, scopesOffered, allowlistRequired } = await loadSettings(em, 'api');
  const withheld = (wanted.scopes ?? []).filter(
    (scope) => scopesOffered.length > 0 && !scopesOffered.includes(scope as Permission),
  );
  if (withheld.length > 0)
    throw new ServiceError('forbidden', `The provider does not offer ${withheld.join(', ')} to keys.`, '/scopes');
  if (allowlistRequired && wanted.allowlist?.length === 0)
    throw new ServiceError(
      'bad_input',
      '/allowlist: the provider asks for addresses that the key may be used from',
      '/allowlist',
    );
  if (maxLifetimeDays === null || wanted.expiresAt === undefined) return;
  const latest = new Date(now.getTime() + maxLifetimeDays * DAY_MS);
  if (wanted.expiresAt === null || new Date(wanted.expiresAt) > latest)
    throw new ServiceError(
      'bad_input',
      `/expiresAt: keys live at most ${maxLifetimeDays} days; choose ${latest.toISOString().slice(0, 10)} or earlier`,
      '/expiresAt',
    );
}
