import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { Customer } from './entity.ts';

/** One of the actor's own customers, locked for a change against the version it saw. @throws not_found, version_mismatch */
export async function loadCustomer(ctx: ServiceContext, id: string, version: number): Promise<Customer> {
  const customer = await ctx.em.findOne(Customer, { id, ...ownRows(ctx) }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!customer) throw new ServiceError('not_found', 'There is no customer with this id.');
  if (customer.version !== version) {
    throw new ServiceError(
      'version_mismatch',
      'Somebody changed this customer meanwhile. Load it again and repeat your change.',
    );
  }
  return customer;
}
