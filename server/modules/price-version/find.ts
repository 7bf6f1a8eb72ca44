import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import type { RuleChange } from '../../pricing/rule-changes.ts';
import { PriceChange, PriceVersion } from './entity.ts';

/** @throws not_found */
export async function findVersion(em: EntityManager, id: string): Promise<PriceVersion> {
  const found = await em.findOne(PriceVersion, { id });
  if (!found) throw new ServiceError('not_found', 'There is no such price version.', '/id');
  return found;
}

/** A version locked for a change against the version the caller saw, in one of these states. @throws not_found, conflict, version_mismatch */
export async function loadForChange(
  { em }: ServiceContext,
  id: string,
  version: number,
  states: readonly PriceVersion['state'][] = ['draft'],
): Promise<PriceVersion> {
  const found = await em.findOne(PriceVersion, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!found) throw new ServiceError('not_found', 'There is no such price version.', '/id');
  if (!states.includes(found.state)) {
    const wanted = states.join(' or ');
    throw new ServiceError('conflict', `This version is ${found.state}, not ${wanted} any more. Load it again.`);
  }
  if (found.version !== version) {
    const message = 'Somebody changed this version meanwhile. Load it again and repeat your change.';
    throw new ServiceError('version_mismatch', message, '/version');
  }
  return found;
}

/** What a version does, in the order of kinds and rule ids. */
export async function changesOf(em: EntityManager, versionId: string): Promise<(RuleChange & { before: unknown })[]> {
  const rows = await em.find(
    PriceChange,
    { versionId },
    { orderBy: { kind: 'asc', ruleId: 'asc' }, disableIdentityMap: true },
  );
  return rows.map(({ kind, ruleId, before, after }) => ({ kind, id: ruleId, before, after }) as never);
}
