import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Tier } from './entity.ts';
import { TierRules } from './rules-entity.ts';

/** All tiers, locked for a change of one, with the digits of the programme's currency. */
export async function loadTiersForChange({ em }: ServiceContext): Promise<{ tiers: Tier[]; digits: number }> {
  const { currency } = await em.findOneOrFail(TierRules, 1, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const tiers = await em.find(Tier, {}, { orderBy: { position: 'asc' } });
  return { tiers, digits: (await digitsOf(em))(currency ?? '') };
}

/** One of them, as the caller saw it. @throws not_found, version_mismatch */
export function pick(tiers: Tier[], id: string, version: number): Tier {
  const tier = tiers.find((one) => one.id === id);
  if (!tier) throw new ServiceError('not_found', 'There is no such tier.', '/id');
  if (tier.version !== version) {
    throw new ServiceError(
      'version_mismatch',
      'Somebody changed this tier meanwhile. Load it again and repeat your change.',
    );
  }
  return tier;
}
