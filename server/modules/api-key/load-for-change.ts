import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { ApiKey } from './entity.ts';

/** One of the actor's own keys (for an admin: any), locked for a change. @throws not_found */
export async function loadKey(ctx: ServiceContext, id: string): Promise<ApiKey> {
  const key = await ctx.em.findOne(ApiKey, { id, ...ownRows(ctx) }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!key) throw new ServiceError('not_found', 'There is no key with this id.');
  return key;
}
