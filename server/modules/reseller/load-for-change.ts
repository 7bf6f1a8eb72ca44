import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { Reseller } from './entity.ts';

/** A reseller, locked for a change against the version the caller saw. @throws not_found, version_mismatch */
export async function loadForChange({ em }: ServiceContext, id: string, version: number): Promise<Reseller> {
  const reseller = await em.findOne(Reseller, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!reseller) throw new ServiceError('not_found', 'There is no reseller with this id.');
  if (reseller.version !== version) {
    throw new ServiceError(
      'version_mismatch',
      'Somebody changed this reseller meanwhile. Load it again and repeat your change.',
    );
  }
  return reseller;
}
